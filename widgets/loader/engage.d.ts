/**
 * What a website may call, and what it may listen to. Copy this file into your project.
 *
 * Before the script has loaded, calls may be left in an array:
 * `(window.Engage = window.Engage || []).push(['open', 'contact'])`.
 */
export type EngageView =
  | 'home'
  | 'contact'
  | 'messages'
  | 'conversation'
  /** The running conversation, or the form that begins one. */
  | 'chat'
  /** The form for a call-back. */
  | 'callback'
  | `article:${string}`
  | `search:${string}`;

export interface EngageSettings {
  /** The site's public key. */
  site: string;
  /** Where Engage lives; taken from the script's own address. */
  host: string;
  position?: 'right' | 'left';
  accent?: string;
  launcher_text?: string;
  greeting?: string;
  /** Of the panel's corners, in pixels. */
  radius?: number;
  locale?: string;
  hide_launcher?: boolean;
}

export type EngageOverrides = Partial<Omit<EngageSettings, 'site' | 'host'>>;

export interface EngageEvents {
  /** The chat has loaded, which happens when somebody needs it. */
  ready: undefined;
  open: undefined;
  close: undefined;
  message: { conversation_id: string };
  unread: { count: number };
  /** `position` 1 is next; null when he does not wait any more. */
  queue: { conversation_id: string; position: number | null; expected_wait_seconds: number | null };
  /** `code` is a word for a program, such as `identity_expired`, `frame_silent` or `not_available_here`. */
  error: { code: string };
}

export type EngageEventName = keyof EngageEvents;
export type EngageListener<Name extends EngageEventName> = (payload: EngageEvents[Name]) => void;

export interface EngageApi {
  boot(settings?: Partial<EngageSettings>): void;
  /** Who the visitor is: a JWT that your server signed for him a moment ago. Never put it into an address. */
  identify(jwt: string): void;
  update(overrides: EngageOverrides): void;
  open(view?: EngageView): void;
  close(): void;
  startChat(): void;
  search(words: string): void;
  /** Shows the form for a call-back; what a site does not offer is said there. */
  requestCallback(): void;
  /** These two answer with the event `error`, code `not_available_here`, until their channels exist. */
  startCall(): void;
  startCobrowse(): void;
  /** Returns how to stop listening. */
  on<Name extends EngageEventName>(name: Name, listener: EngageListener<Name>): () => void;
  off<Name extends EngageEventName>(name: Name, listener: EngageListener<Name>): void;
  /** To be called when he signs out: takes everything out of the page, and this browser forgets who he was. */
  shutdown(): void;
  push(call: EngageCall): void;
}

export type EngageCall = [keyof EngageApi, ...unknown[]];

declare global {
  interface Window {
    Engage?: EngageApi | EngageCall[];
  }
}
