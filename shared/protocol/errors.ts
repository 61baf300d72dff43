/** Errors are codes with context; the words for people live in `client/i18n`. */
import { z } from './zod';

export const ERROR_CODES = [
  'invalid', // the message has not the documented shape
  'code_unknown', // wrong, expired, withdrawn or used: one answer for all four
  'limited', // too many attempts; `retryAt` says when to come back
  'busy', // rendezvous already in use, take another number
  'not_allowed', // signed in, but the permit does not cover it
  'signed_out', // no valid sign-in
  'bad_login', // unknown ID or wrong password: one answer for both
  'locked', // three failures; `retryAt` says when it ends
  'session_gone', // that session is over or was never yours
  'conflict', // the name or ID exists already
  'not_found',
  'version', // the page is older than the server: reload
  'too_large',
  'failed', // our fault; the server's log has the details
] as const;
export const ErrorCode = z.enum(ERROR_CODES);
export type ErrorCode = z.infer<typeof ErrorCode>;

export const Failure = z.object({
  ok: z.literal(false),
  error: ErrorCode,
  /** Epoch milliseconds. */
  retryAt: z.number().int().optional(),
  /** Names of the fields that were refused, for the form to point at. */
  fields: z.array(z.string().max(60)).max(20).optional(),
});
export type Failure = z.infer<typeof Failure>;

/** Every acknowledgement on a socket: the value, or a failure. */
export type Ack<T> = ({ ok: true } & T) | Failure;

/** The same failure as an exception, for code that has not answered yet. */
export class ProtocolError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly details: { retryAt?: number; fields?: string[] } = {},
  ) {
    super(code);
    this.name = 'ProtocolError';
  }

  toFailure(): Failure {
    return { ok: false, error: this.code, ...this.details };
  }
}
