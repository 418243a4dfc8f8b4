/** What somebody has on his screen. */
export interface Shown {
  id: string;
  text: string;
}

/** One side of a conversation, with all that the real program does for him behind his back. */
export interface Person {
  /** Begins the conversation; its id. */
  starts(text: string): Promise<string>;
  /** Accepts the conversation when it rings. */
  takes(conversationId: string): Promise<void>;
  /** Into his outbox: whether and when it goes out is the program's business. */
  says(text: string): void;
  isOnline(): boolean;
  /** Messages in his outbox that the server has not answered for. */
  waiting(): number;
  /** Why the last attempts of those failed. */
  troubles(): string[];
  scrollsToTheStart(): Promise<void>;
  shown(): Shown[];
}

export const until = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
