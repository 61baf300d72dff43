/**
 * A session that began in the helper (RS-68–71): the customer entered the number and agreed there, and the helper opened
 * this page to share the screen. The address carries what the page needs to go on: `/#take=<base64url(JSON)>`.
 *
 * An address proves nothing: somebody could send the one of a session of their own. The page therefore compares it with
 * what the server says, names who asks, and goes on only after a click (RS-83).
 */
import { z } from '../../shared/protocol/zod';
import { Mode, ResumeToken, SessionId, base64url } from '../../shared/protocol/common';
import { Host } from '../../shared/protocol/customer';
import { HELPER_OFFER_MS } from '../../shared/protocol/helper';
import { MODE_RULES } from '../../shared/policy';
import { FIRST_GRANTS } from './grant-switches.svelte';
import type { StoredCustomer } from './stored';

const MAX_CHARS = 4_000;

const TakeOver = z.strictObject({
  v: z.literal(1),
  id: SessionId,
  resume: ResumeToken,
  /** Of the session's own relay. */
  key: base64url(64),
  mode: Mode,
  host: Host,
  windowsOnly: z.boolean(),
  /** The helper's own, with which it will attach. */
  secret: base64url(16),
});

/**
 * @param text what stands behind `take=`
 * @param now epoch ms
 * @returns the session as if it had been stored before a reload, or null for anything that no helper wrote
 */
export function takenSession(text: string, now: number): StoredCustomer | null {
  if (text.length > MAX_CHARS || !/^[A-Za-z0-9_-]+$/.test(text)) return null;
  const parsed = TakeOver.safeParse(parse(text));
  if (!parsed.success) return null;
  const { id, resume, key, mode, host, windowsOnly, secret } = parsed.data;
  const until = now + HELPER_OFFER_MS;
  const rules = MODE_RULES[mode];
  return {
    id,
    resume,
    mode,
    host,
    windowsOnly,
    storedAt: now,
    side: 'customer',
    granted: true,
    taken: true,
    relay: { side: 'customer', key },
    // Only where this computer is the one that is operated.
    ...(rules.helper && rules.sharer === 'customer'
      ? { helper: { at: 'given', secret, until, met: false, adopted: true, grants: FIRST_GRANTS } }
      : {}),
  };
}

function parse(text: string): unknown {
  try {
    const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
    const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}
