export interface FieldError {
  path: string;
  message: string;
}

/** The server's own description of what went wrong (RFC 9457). */
export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  errors?: FieldError[];
}

const WORTH_REPEATING = new Set([408, 425, 429]);

/** A request that did not succeed; `status` is 0 when no answer came at all. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors: readonly FieldError[];
  /** What the server asked us to wait, from `Retry-After`. */
  readonly retryAfterMs: number | null;
  /** The whole answer, for the few problems that carry more than the standard members. */
  readonly body: unknown;

  constructor(
    parts: Omit<ProblemBody, 'type'> & { body?: unknown; retryAfterMs?: number | null; cause?: unknown },
  ) {
    super(parts.detail || parts.title, { cause: parts.cause });
    this.name = 'Problem';
    this.status = parts.status;
    this.code = parts.code;
    this.title = parts.title;
    this.detail = parts.detail;
    this.errors = parts.errors ?? [];
    this.retryAfterMs = parts.retryAfterMs ?? null;
    this.body = parts.body ?? null;
  }

  /** No answer, an overloaded or a failing server: the same request may succeed later. */
  get isTransient(): boolean {
    return this.status === 0 || this.status >= 500 || WORTH_REPEATING.has(this.status);
  }

  get isUnreachable(): boolean {
    return this.status === 0;
  }
}

/** The server itself says that it does not know us; a proxy's 401 says nothing about that. */
export function isSignedOut(failure: unknown): boolean {
  return failure instanceof Problem && failure.status === 401 && failure.code === 'not_signed_in';
}

export function unreachable(cause: unknown): Problem {
  return new Problem({ status: 0, code: 'unreachable', title: 'No connection', detail: '', cause });
}

export function timedOut(): Problem {
  return new Problem({ status: 0, code: 'timed_out', title: 'No answer in time', detail: '' });
}

/** Reads an answer that is not 2xx; an answer without problem+json (a proxy's page) still becomes a Problem. */
export function problemFrom(status: number, text: string, retryAfter: string | null): Problem {
  const body = parsed(text);
  const seconds = retryAfter === null ? NaN : Number(retryAfter);
  return new Problem({
    status,
    code: stringIn(body, 'code') ?? `http_${status}`,
    title: stringIn(body, 'title') ?? `HTTP ${status}`,
    detail: stringIn(body, 'detail') ?? '',
    errors: fieldErrorsIn(body),
    retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : null,
    body,
  });
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function stringIn(body: Record<string, unknown>, key: string): string | null {
  const value = body[key];
  return typeof value === 'string' ? value : null;
}

function fieldErrorsIn(body: Record<string, unknown>): FieldError[] {
  if (!Array.isArray(body.errors)) return [];
  return body.errors.filter(
    (error): error is FieldError =>
      typeof error === 'object' &&
      error !== null &&
      typeof (error as FieldError).path === 'string' &&
      typeof (error as FieldError).message === 'string',
  );
}
