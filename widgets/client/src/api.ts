/** Every REST route by its path, with the types that the server's own document gives it. */
import type { Query, RequestOptions, Rest } from './rest';
import type { paths } from './schema';

type Method = 'get' | 'post' | 'put' | 'delete';
type PathOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<M, object> ? P : never;
}[keyof paths];
type Operation<P extends keyof paths, M extends Method> = NonNullable<paths[P][M]>;

type Json<T> = T extends { content: { 'application/json': infer Body } } ? Body : undefined;
export type Answer<P extends keyof paths, M extends Method> =
  Operation<P, M> extends { responses: infer R }
    ? R extends { 200: infer Ok }
      ? Json<Ok>
      : R extends { 201: infer Made }
        ? Json<Made>
        : undefined
    : undefined;
export type Body<P extends keyof paths, M extends Method> =
  Operation<P, M> extends { requestBody: { content: { 'application/json': infer B } } } ? B : undefined;

interface Asked extends Pick<RequestOptions, 'signal' | 'headers'> {
  path?: Record<string, string>;
  query?: Query;
}

/** `{name}` in a path is filled from `path`, escaped. */
export function filled(path: string, values: Record<string, string> = {}): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`${path} wants ${name}`);
    return encodeURIComponent(value);
  });
}

export function createApi(rest: Rest, prefix = '/api/v1') {
  const at = (path: string, asked: Asked | undefined) => filled(path, asked?.path).slice(prefix.length);
  return {
    get: <P extends PathOf<'get'>>(path: P, asked?: Asked) =>
      rest.get<Answer<P, 'get'>>(at(path, asked), asked),
    post: <P extends PathOf<'post'>>(path: P, body: Body<P, 'post'>, asked?: Asked) =>
      rest.post<Answer<P, 'post'>>(at(path, asked), body ?? {}, asked),
    put: <P extends PathOf<'put'>>(path: P, body: Body<P, 'put'>, asked?: Asked) =>
      rest.put<Answer<P, 'put'>>(at(path, asked), body ?? {}, asked),
    /** A file in a form, to a path that takes one. */
    upload: <P extends PathOf<'post'>>(path: P, file: File, asked?: Asked) =>
      rest.upload<Answer<P, 'post'>>(at(path, asked), file),
    delete: <P extends PathOf<'delete'>>(path: P, asked?: Asked) => rest.delete(at(path, asked), asked),
  };
}
export type Api = ReturnType<typeof createApi>;
