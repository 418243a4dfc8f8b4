import { useState } from 'preact/hooks';
import { isCallOpen, isOver, isWaiting } from '../../state/conversation';
import type { Conversation } from '../../state/state';
import type { Texts } from '../../texts';
import { useApp } from '../../ui/context';
import { Menu, type MenuItem } from '../../ui/menu';
import { Bar, Face, IconButton } from '../../ui/parts';
import { EndSheet, TranscriptSheet } from './sheets';

type Sheet = 'none' | 'end' | 'transcript';

export function ConversationHeader({ conversation }: { conversation: Conversation }) {
  const { state, engine, texts, standsAlone } = useApp();
  const [sheet, setSheet] = useState<Sheet>('none');
  const { agent, id } = conversation.summary;
  const name = agent?.name ?? texts.team;

  const items: MenuItem[] = [
    {
      icon: state.muted ? 'sound' : 'silent',
      label: state.muted ? texts.soundOn : texts.soundOff,
      run: () => engine.mute(!state.muted),
    },
    { icon: 'mail', label: texts.transcript, run: () => setSheet('transcript') },
  ];
  // A call in the calendar is cancelled on its card.
  if (!isOver(conversation) && conversation.summary.state !== 'closed') {
    items.push({ icon: 'leave', label: texts.endConversation, run: () => setSheet('end') });
  }
  const close = () => setSheet('none');
  return (
    <>
      <Bar
        actions={
          <>
            {!standsAlone && hasWindows() && (
              <IconButton icon="window" label={texts.ownWindow} onClick={engine.moveOut} />
            )}
            <Menu label={texts.menu} items={items} />
          </>
        }
      >
        <Face name={name} picture={agent?.picture ?? null} />
        <div class="who">
          <h1 class="clip">{name}</h1>
          <p class={`who-state ${conversation.summary.state === 'active' ? 'is-here' : ''}`}>
            {stateWords(conversation, texts)}
          </p>
        </div>
      </Bar>
      {sheet === 'end' && <EndSheet id={id} onClose={close} />}
      {sheet === 'transcript' && <TranscriptSheet id={id} onClose={close} />}
    </>
  );
}

/** A phone shows one thing at a time. */
const hasWindows = () => matchMedia('(hover: hover) and (pointer: fine)').matches;

function stateWords(conversation: Conversation, texts: Texts): string {
  const { summary, typing, call } = conversation;
  if (typing !== null) return texts.typing(typing);
  if (call !== null && isCallOpen(call)) return texts.calls[call.state];
  if (isOver(conversation)) return texts.endedState;
  if (summary.channel === 'email') return texts.byMail;
  if (isWaiting(conversation)) return texts.inQueue;
  return summary.state === 'parked' ? texts.pausedState : texts.withYou;
}
