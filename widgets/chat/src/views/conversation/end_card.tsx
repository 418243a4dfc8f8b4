import { useState } from 'preact/hooks';
import type { Conversation } from '../../state/state';
import { useApp } from '../../ui/context';
import { Icon } from '../../ui/icon';

/** After the end: how it was, and the way to a new conversation. */
export function EndCard({ conversation }: { conversation: Conversation }) {
  const { state, engine, texts, spoken } = useApp();
  const { id, agent, rating, channel } = conversation.summary;
  const rule = state.home.status === 'ready' ? state.home.value.rating : null;
  const asks = agent !== null && channel === 'webchat' && rule?.on !== false;
  return (
    <div class="end-card">
      {asks && rating === null && <Rating id={id} name={agent.name} faces={rule?.style === 'faces'} />}
      {rating !== null && (
        <p role="status">
          <strong {...spoken('rateThanks')}>{texts.rateThanks}</strong>
          <br />
          <span class="note">{texts.rated(rating)}</span>
        </p>
      )}
      <button
        type="button"
        class="button quiet"
        onClick={() => engine.go({ view: 'contact', channel: 'webchat' })}
      >
        {texts.startNew}
      </button>
    </div>
  );
}

/** Drawn by us: a visitor's fonts may lack one of the five. */
const FACES = ['angry', 'frown', 'meh', 'smile', 'laugh'] as const;

function Rating({ id, name, faces }: { id: string; name: string; faces: boolean }) {
  const { engine, texts, spoken } = useApp();
  const [score, setScore] = useState(0);
  const [comment, setComment] = useState('');
  const [status, setStatus] = useState<'asking' | 'busy' | 'failed'>('asking');

  async function send(): Promise<void> {
    setStatus('busy');
    try {
      await engine.rate(id, score, comment.trim());
    } catch {
      setStatus('failed');
    }
  }

  return (
    <form
      class="rating"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <fieldset>
        <legend {...spoken('rateAsk')}>
          {texts.rateAsk || (name ? texts.rateQuestion(name) : texts.rateQuestionTeam)}
        </legend>
        <div class={faces ? 'stars faces' : 'stars'}>
          {texts.rateStars.map((label, at) => (
            <label key={label} class={(faces ? at === score - 1 : at < score) ? 'is-lit' : ''} title={label}>
              <input
                type="radio"
                name={`rating-${id}`}
                value={at + 1}
                checked={score === at + 1}
                onChange={() => setScore(at + 1)}
              />
              <span class="visually-hidden">{label}</span>
              <Icon name={(faces && FACES[at]) || 'star'} size={faces ? 30 : 28} />
            </label>
          ))}
        </div>
        <p class="note stars-word" aria-hidden="true">
          {texts.rateStars[score - 1] ?? '\u00a0'}
        </p>
      </fieldset>
      {score > 0 && (
        <>
          <input
            class="field"
            aria-label={texts.rateComment}
            placeholder={texts.rateComment}
            maxLength={1_000}
            value={comment}
            onInput={(event) => setComment(event.currentTarget.value)}
          />
          {status === 'failed' && (
            <p class="complaint" role="alert">
              {texts.endFailed}
            </p>
          )}
          <button type="submit" class="button primary" disabled={status === 'busy'}>
            {texts.rateSend}
          </button>
        </>
      )}
    </form>
  );
}
