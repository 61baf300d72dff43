/**
 * Peer to peer: the data channel `session`. Ordered and reliable; every message is sealed again with the channel's
 * own subkeys. When it is full, the newest `ping` is skipped; nothing else may be skipped.
 */
import { z } from './zod';
import { EndReason, Party } from './common';
import { Grants } from './helper';

/** Longest message in bytes, seal included (a browser accepts 262 144). */
export const MAX_CHANNEL_BYTES = 16_384;

export const SessionMessage = z.discriminatedUnion('t', [
  /** Round trip; `at` is the sender's own clock in milliseconds and comes back unchanged. */
  z.strictObject({ t: z.literal('ping'), at: z.number() }),
  /** `now` is the answering side's clock, for the offset between the two. */
  z.strictObject({ t: z.literal('pong'), at: z.number(), now: z.number() }),
  /** Viewer → sharer: prefer sharp text or smooth motion. */
  z.strictObject({ t: z.literal('quality'), prefer: z.enum(['sharp', 'smooth']) }),
  /** Controller → host: please switch this grant on; the person there decides. */
  z.strictObject({ t: z.literal('request'), grant: z.enum(['input', 'clipboard']) }),
  /** Host → controller: whether the person there is asked; not while the helper is away, nor soon after a "not now". */
  z.strictObject({ t: z.literal('requested'), grant: z.enum(['input', 'clipboard']), shown: z.boolean() }),
  /**
   * Host → controller: what the person switched off and the helper may not have heard of; use nothing of it, whatever the
   * helper says. Again with each link, and whenever it changes.
   */
  z.strictObject({ t: z.literal('withheld'), grants: Grants }),
  z.strictObject({ t: z.literal('end'), by: Party, reason: EndReason }),
]);
export type SessionMessage = z.infer<typeof SessionMessage>;
