/** Redeems a session number: stretches it for the hours it may be of, and asks the server. */
import { SubscriberCode } from '../../shared/protocol/common';
import { Joined, type Join } from '../../shared/protocol/customer';
import type { Ack, ErrorCode } from '../../shared/protocol/errors';
import { pairingOrigin } from '../../shared/crypto/origin';
import { CustomerPairing } from '../../shared/crypto/pairing';
import type { Sodium } from '../../shared/crypto/sodium';
import { candidateHours } from '../../shared/crypto/stretch';
import type { ServerSocket } from '../net/socket';
import { stretcher } from '../workers/stretcher';

/** A customer's clock further off than this explains an unknown code. */
const CLOCK_TOLERANCE_MS = 20 * 60_000;

/** Why a number was not accepted. */
export interface EntryProblem {
  code: ErrorCode;
  retryAt?: number;
  /** This computer's clock differs so much that the right number cannot be found. */
  clockOff?: boolean;
}

export interface Entered {
  /** Eight digits. */
  code: string;
  /** `link` when the page was opened by a link that carried the number. */
  path: Extract<Join['path'], 'code' | 'link'>;
  /** Of `/c/<subscriber>`; a malformed one is like an unknown number. */
  subscriber: string | undefined;
}

/** What a redeemed number brings. */
export interface Redeemed {
  joined: Joined;
  pairing: CustomerPairing;
}

/** @returns the session, or why there is none */
export async function redeem(
  sodium: Sodium,
  socket: ServerSocket,
  { code, path, subscriber }: Entered,
): Promise<Redeemed | EntryProblem> {
  if (subscriber !== undefined && !SubscriberCode.safeParse(subscriber).success)
    return { code: 'code_unknown' };
  const origin = pairingOrigin(location.origin);
  for (const hour of candidateHours(Date.now())) {
    const stretched = await stretcher().stretch(code, origin, hour);
    const pairing = new CustomerPairing(sodium, stretched, origin);
    const { rdv } = stretched;
    const message = { rdv, share: pairing.share, path, ...(subscriber ? { subscriber } : {}) };
    const ack = await socket.request('session:join', message, Joined);
    if (ack.ok) return { joined: ack, pairing };
    if (ack.error !== 'code_unknown') return problemOf(ack);
  }
  return { code: 'code_unknown', clockOff: await clockIsOff() };
}

function problemOf(ack: Extract<Ack<object>, { ok: false }>): EntryProblem {
  return { code: ack.error, ...(ack.retryAt === undefined ? {} : { retryAt: ack.retryAt }) };
}

/** Compares this computer's clock with the server's `Date` header. */
async function clockIsOff(): Promise<boolean> {
  try {
    const answer = await fetch('/healthz', { method: 'HEAD', cache: 'no-store' });
    const server = Date.parse(answer.headers.get('date') ?? '');
    return Math.abs(server - Date.now()) > CLOCK_TOLERANCE_MS;
  } catch {
    return false;
  }
}
