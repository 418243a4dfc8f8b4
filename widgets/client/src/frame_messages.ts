/** What the loader on the host's page and the chat in its frame say to each other over their MessagePort. */

/** `article:SLUG` and `search:WORDS` carry what to show. */
export type ViewName =
  | 'home'
  | 'contact'
  | 'messages'
  | 'conversation'
  | 'chat'
  | 'callback'
  | `article:${string}`
  | `search:${string}`;

/** Only what changed, so that several tabs never overwrite each other's; null where something is gone. */
export type Changes = Record<string, string | null>;

export interface Look {
  accent?: string;
  greeting?: string;
}

export interface HostPage {
  url: string;
  title: string;
}

export interface VisitedPage extends HostPage {
  at: string;
}

/** Sent with the port itself, by window.postMessage to the frame's exact origin. */
export interface ConnectMessage {
  type: 'engage:connect';
  page: HostPage & { referrer: string };
}

/** From the frame up to the loader. */
export type UpMessage =
  | { type: 'ready' }
  | { type: 'open'; view?: ViewName }
  | { type: 'close' }
  | { type: 'unread'; n: number }
  /** Somebody wrote while the panel was not looked at. */
  | { type: 'message'; conversation_id: string; name: string; text: string }
  | {
      type: 'queue';
      conversation_id: string;
      position: number | null;
      expected_wait_seconds: number | null;
    }
  | { type: 'error'; code: string }
  | { type: 'resize'; wide: boolean }
  /** A text to alternate with the page's own title, or null to stop. */
  | { type: 'title'; text: string | null }
  /** Whether the next page should start the frame at once, because a conversation is going on. */
  | { type: 'running'; running: boolean }
  /** Only where the browser refuses storage to the frame. */
  | { type: 'keep'; changes: Changes };

/** From the loader down to the frame. */
export type DownMessage =
  /** Quiet: the page has no focus to give, as in a preview beside a form, and nothing here may take it. */
  | { type: 'open'; view: ViewName | null; quiet?: boolean }
  | { type: 'close' }
  /** The site's signed word for who he is. */
  | { type: 'identity'; jwt: string }
  /** He signed out of the site: forget who he was. */
  | { type: 'left' }
  | { type: 'page'; page: VisitedPage }
  | { type: 'trail'; items: VisitedPage[] }
  | { type: 'locale'; locale: string }
  /** What the page wants to look different from the site's settings. */
  | { type: 'look'; look: Look }
  /** All that is kept at first, afterwards what another tab has changed. */
  | { type: 'kept'; changes: Changes };
