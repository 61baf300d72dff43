/** The smallest HTTP client: JSON both ways, failures as codes. Knows no schemas, so every page can afford it. */
import type { ErrorCode } from '../../shared/protocol/errors';

/** What went wrong; `offline`: the server could not be reached at all. */
export interface Problem {
  ok: false;
  error: ErrorCode | 'offline';
  retryAt?: number;
  fields?: string[];
}
export type Result<T> = { ok: true; value: T } | Problem;

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Sends a request to `/api`. The value of a success is still unchecked. */
export async function request(method: Method, path: string, body?: unknown): Promise<Result<unknown>> {
  let response: Response;
  try {
    response = await fetch(`/api${path}`, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
      credentials: 'same-origin',
      cache: 'no-store',
    });
  } catch {
    return { ok: false, error: 'offline' };
  }
  const value: unknown = await response.json().catch(() => null);
  return response.ok ? { ok: true, value } : problemOf(value, response.status);
}

function problemOf(value: unknown, status: number): Problem {
  const failure = value as Partial<Problem> | null;
  if (failure?.ok === false && typeof failure.error === 'string') return failure as Problem;
  if (status === 404) return { ok: false, error: 'not_found' };
  // A proxy in front of a server that is away answers in its stead.
  return { ok: false, error: status >= 502 && status <= 504 ? 'offline' : 'failed' };
}
