import { Check, LogOut, X } from 'lucide-react';
import type { PartyView, WorkItem } from '@engage/client/src/agent';
import { useDesk } from '../../state/desk_context';
import { useStore } from '../../state/store';
import { partOf } from '../../state/workspace';
import { texts, voice } from '../../texts';
import { Avatar } from '../../ui/avatar';
import { Button } from '../../ui/button';
import { Elapsed } from '../../ui/time';
import { handOver, sendAway } from './party_acts';
import './party_bar.css';

/** Who is at it beside the holder, and what can be done about it. Nobody: no bar. */
export function PartyBar({ item }: { item: WorkItem }) {
  const { work } = useDesk();
  const myId = useStore(work.store, (state) => state.me.id);
  const isMine = item.agent?.id === myId;
  const part = partOf(item, myId);
  if (item.parties.length === 0) return null;
  return (
    <section className="party-bar" aria-label={texts.parties.bar}>
      {part !== null && <MyPart item={item} myId={myId} part={part} />}
      {isMine && item.parties.map((party) => <Row key={party.agent.id} item={item} party={party} />)}
      {!isMine && <Others item={item} myId={myId} />}
    </section>
  );
}

function Row({ item, party }: { item: WorkItem; party: PartyView }) {
  const desk = useDesk();
  const words = texts.parties;
  const { agent, joined_at: joinedAt } = party;
  const isIn = joinedAt !== null;
  const said = !isIn ? words.rings : party.role === 'consult' ? words.consulted : words.in_conference;
  return (
    <p className="party-row" data-rings={!isIn}>
      <Avatar name={agent.name} picture={agent.picture} size={24} />
      <span className="party-words truncate">
        {said(agent.name)}
        {isIn && (
          <small className="numbers">
            <Elapsed since={joinedAt} words={(time) => ` · ${time}`} />
          </small>
        )}
      </span>
      {isIn && (
        <Button
          icon={Check}
          aria-label={words.hand_over_to(agent.name)}
          onClick={() => void handOver(desk, item, agent)}
        >
          {words.hand_over}
        </Button>
      )}
      <Button
        look="quiet"
        icon={X}
        aria-label={(isIn ? words.let_go_of : words.take_back_from)(agent.name)}
        onClick={() => void sendAway(desk, item, agent.id)}
      >
        {isIn ? words.let_go : words.take_back}
      </Button>
    </p>
  );
}

function MyPart({ item, myId, part }: { item: WorkItem; myId: string; part: PartyView['role'] }) {
  const desk = useDesk();
  const words = texts.parties;
  const holder = item.agent?.name ?? texts.nobody;
  return (
    <p className="party-row">
      <Avatar name={holder} picture={item.agent?.picture ?? null} size={24} />
      <span className="party-words">{(part === 'consult' ? words.i_advise : words.i_sit_in)(holder)}</span>
      <Button icon={LogOut} aria-label={words.leave_talk} onClick={() => void sendAway(desk, item, myId)}>
        {words.leave}
      </Button>
    </p>
  );
}

function Others({ item, myId }: { item: WorkItem; myId: string }) {
  const names = item.parties
    .filter((one) => one.agent.id !== myId && one.joined_at)
    .map((one) => one.agent.name);
  if (names.length === 0) return null;
  return (
    <p className="party-row party-others">
      {texts.parties.also_here(new Intl.ListFormat(voice.locale).format(names))}
    </p>
  );
}
