import { Problem, type Article } from '@engage/client';
import { useEffect, useRef, useState } from 'preact/hooks';
import { date } from '../texts/times';
import { useApp } from '../ui/context';
import { Icon } from '../ui/icon';
import { Bar, Failed, IconButton, Skeleton, useFocusOnShow } from '../ui/parts';

const ROOM_PX = 700;

type Shown =
  { status: 'loading' } | { status: 'ready'; article: Article } | { status: 'failed'; missing: boolean };

export function ArticleView({ slug }: { slug: string }) {
  const { engine, texts, standsAlone } = useApp();
  const [shown, setShown] = useState<Shown>({ status: 'loading' });
  const [wide, setWide] = useState(false);
  // The frame itself is as narrow as a phone; only the screen tells whether it could grow.
  const hasRoom = !standsAlone && screen.width >= ROOM_PX;

  function load(): void {
    setShown({ status: 'loading' });
    engine.site.article(slug).then(
      (article) => {
        setShown({ status: 'ready', article });
        engine.readArticle(slug, article.title);
      },
      (failure: unknown) => {
        setShown({ status: 'failed', missing: failure instanceof Problem && failure.status === 404 });
      },
    );
  }
  useEffect(load, [slug]);
  useEffect(() => () => engine.widen(false), [engine]);

  const widen = () => {
    setWide(!wide);
    engine.widen(!wide);
  };
  return (
    <div class="view">
      <Bar
        actions={
          hasRoom && (
            <IconButton
              icon={wide ? 'narrower' : 'wider'}
              size={18}
              label={wide ? texts.narrower : texts.wider}
              onClick={widen}
            />
          )
        }
      >
        {shown.status === 'ready' && (
          <span class="clip" dir="auto">
            {shown.article.category}
          </span>
        )}
      </Bar>
      <main class="scroll padded">
        {shown.status === 'loading' && <Skeleton rows={6} />}
        {shown.status === 'failed' && (
          <Failed text={shown.missing ? texts.articleMissing : texts.articleFailed} onRetry={load} />
        )}
        {shown.status === 'ready' && <Body article={shown.article} />}
      </main>
    </div>
  );
}

function Body({ article }: { article: Article }) {
  const { state, engine, texts } = useApp();
  const heading = useFocusOnShow<HTMLHeadingElement>();
  return (
    <>
      <article>
        <h1 ref={heading} tabIndex={-1} dir="auto">
          {article.title}
        </h1>
        <p class="note">{texts.updated(date(article.updated_at, state.locale))}</p>
        {/* The server has sanitised it, and the page's policy runs no inline script. */}
        <div
          class="prose"
          dir="auto"
          onClick={(event) => follow(event, (slug) => engine.go({ view: 'article', slug }))}
          dangerouslySetInnerHTML={{ __html: article.html }}
        />
      </article>
      <Helpful slug={article.slug} />
      <button
        type="button"
        class="row card still"
        onClick={() => engine.go({ view: 'contact', channel: 'webchat' })}
      >
        <span class="row-icon">
          <Icon name="chat" />
        </span>
        <span class="row-text">
          <span class="row-title">{texts.stillNeedHelp}</span>
          <span class="row-line">{texts.talkToUs}</span>
        </span>
        <Icon name="forward" size={16} />
      </button>
    </>
  );
}

/** Links to other answers open here; all others in a tab of their own, for the frame is no place for them. */
function follow(event: MouseEvent, open: (slug: string) => void): void {
  const link = (event.target as Element).closest('a');
  if (!link?.href) return;
  event.preventDefault();
  const { protocol } = new URL(link.href, location.href);
  const slug = link.dataset.article;
  if (slug) open(slug);
  else if (/^(https?|mailto|tel):$/.test(protocol)) window.open(link.href, '_blank', 'noopener');
}

type Verdict = 'none' | 'helpful' | 'not_helpful' | 'told';

function Helpful({ slug }: { slug: string }) {
  const { engine, texts } = useApp();
  const [verdict, setVerdict] = useState<Verdict>('none');
  const [comment, setComment] = useState('');
  /** A "no" is told once: with its comment, or without one when the reader goes away. */
  const untold = useRef(false);
  const comments = useRef<HTMLInputElement>(null);

  function tell(helpful: boolean, words: string): void {
    untold.current = false;
    // A verdict that is lost is no harm to the reader, so he is not troubled with it.
    engine.site.feedback(slug, helpful, words === '' ? undefined : words).catch(() => {});
  }

  function judge(helpful: boolean): void {
    setVerdict(helpful ? 'helpful' : 'not_helpful');
    if (helpful) tell(true, '');
    else untold.current = true;
  }

  useEffect(() => comments.current?.focus(), [verdict]);
  useEffect(() => () => void (untold.current && tell(false, '')), []);

  if (verdict === 'helpful' || verdict === 'told') {
    return (
      <p class="helpful" role="status">
        {verdict === 'helpful' ? texts.thanksHelpful : texts.thanksNotHelpful}
      </p>
    );
  }
  if (verdict === 'not_helpful') {
    return (
      <form
        class="helpful"
        onSubmit={(event) => {
          event.preventDefault();
          tell(false, comment.trim());
          setVerdict('told');
        }}
      >
        <input
          class="field"
          aria-label={texts.feedbackPlaceholder}
          placeholder={texts.feedbackPlaceholder}
          maxLength={500}
          value={comment}
          onInput={(event) => setComment(event.currentTarget.value)}
          ref={comments}
        />
        <button type="submit" class="button quiet">
          {texts.sendFeedback}
        </button>
      </form>
    );
  }
  return (
    <div class="helpful" role="group" aria-label={texts.wasHelpful}>
      <span>{texts.wasHelpful}</span>
      <button type="button" class="button quiet" onClick={() => judge(true)}>
        {texts.yes}
      </button>
      <button type="button" class="button quiet" onClick={() => judge(false)}>
        {texts.no}
      </button>
    </div>
  );
}
