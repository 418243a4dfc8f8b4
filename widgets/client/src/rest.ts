import { Problem, problemFrom, timedOut, unreachable } from './problem';

export const TIMEOUT_MS = 10_000;

export interface RestConfig {
  /** Where the API lives, without a slash at the end: `/api/v1` or `https://host/api/v1`. */
  base: string;
  /** Asked for each request, so that a new token is used at once. */
  headers?: () => Record<string, string>;
  credentials?: RequestCredentials;
  timeoutMs?: number;
  /** Sees every failure once, e.g. to close a line that is probably dead too. */
  onProblem?: (problem: Problem) => void;
}

export type Query = Record<string, string | number | boolean | null | undefined>;

export interface RequestOptions {
  query?: Query;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  timeoutMs?: number;
}

export interface UploadOptions {
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
  fields?: Record<string, string>;
}

/** Typed by its caller: the paths and their answers are written down in `visitor.ts` and `agent.ts`. */
export interface Rest {
  get<T>(path: string, options?: RequestOptions): Promise<T>;
  post<T = void>(path: string, body?: unknown, options?: RequestOptions): Promise<T>;
  put<T = void>(path: string, body?: unknown, options?: RequestOptions): Promise<T>;
  delete<T = void>(path: string, options?: RequestOptions): Promise<T>;
  blob(path: string, options?: RequestOptions): Promise<Blob>;
  upload<T>(path: string, file: File, options?: UploadOptions): Promise<T>;
}

export function createRest(config: RestConfig): Rest {
  const headers = () => config.headers?.() ?? {};

  /** The time allowed holds until the whole body is here: a connection may die after the first line. */
  async function request<T>(
    method: string,
    path: string,
    body: unknown,
    options: RequestOptions,
    read: (response: Response) => Promise<T>,
  ): Promise<T> {
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), options.timeoutMs ?? config.timeoutMs ?? TIMEOUT_MS);
    const giveUp = () => deadline.abort();
    options.signal?.addEventListener('abort', giveUp);
    try {
      const response = await fetch(config.base + path + queryString(options.query), {
        method,
        credentials: config.credentials ?? 'same-origin',
        headers: {
          Accept: 'application/json',
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers(),
          ...options.headers,
        },
        body: body === undefined ? null : JSON.stringify(body),
        signal: deadline.signal,
      });
      if (response.ok) return await read(response);
      throw problemFrom(response.status, await response.text(), response.headers.get('Retry-After'));
    } catch (failure) {
      if (options.signal?.aborted) throw failure;
      throw reported(deadline.signal.aborted ? timedOut() : failure);
    } finally {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', giveUp);
    }
  }

  function reported(failure: unknown): Problem {
    const problem = failure instanceof Problem ? failure : unreachable(failure);
    config.onProblem?.(problem);
    return problem;
  }

  function json<T>(method: string, path: string, body: unknown, options: RequestOptions = {}): Promise<T> {
    return request(method, path, body, options, async (response) => {
      const text = await response.text();
      return (text === '' ? undefined : JSON.parse(text)) as T;
    });
  }

  return {
    get: (path, options) => json('GET', path, undefined, options),
    post: (path, body = {}, options = {}) => json('POST', path, body, options),
    put: (path, body = {}, options = {}) => json('PUT', path, body, options),
    delete: (path, options) => json('DELETE', path, undefined, options),
    blob: (path, options = {}) => request('GET', path, undefined, options, (response) => response.blob()),
    async upload<T>(path: string, file: File, options: UploadOptions = {}): Promise<T> {
      try {
        return await upload<T>(config.base + path, file, { headers: headers(), ...options });
      } catch (failure) {
        throw options.signal?.aborted ? failure : reported(failure);
      }
    },
  };
}

export function queryString(query: Query | undefined): string {
  if (!query) return '';
  const parts = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== null && value !== undefined) parts.set(key, String(value));
  }
  const text = parts.toString();
  return text === '' ? '' : `?${text}`;
}

/** XMLHttpRequest, because fetch cannot tell how much of a body has left. */
function upload<T>(
  url: string,
  file: File,
  options: UploadOptions & { headers: Record<string, string> },
): Promise<T> {
  return new Promise((resolve, reject) => {
    const form = new FormData();
    for (const [key, value] of Object.entries(options.fields ?? {})) form.set(key, value);
    form.set('file', file);
    const request = new XMLHttpRequest();
    request.open('POST', url);
    for (const [key, value] of Object.entries(options.headers)) request.setRequestHeader(key, value);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) options.onProgress?.(event.loaded / event.total);
    };
    request.onerror = () => reject(unreachable(null));
    request.onabort = () => reject(new DOMException('The upload was cancelled', 'AbortError'));
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as T);
      else
        reject(problemFrom(request.status, request.responseText, request.getResponseHeader('Retry-After')));
    };
    options.signal?.addEventListener('abort', () => request.abort());
    request.send(form);
  });
}
