/**
 * Sessions that survive a reload: kept in IndexedDB while they last, deleted when they end. They hold session keys,
 * so nothing else may be put there, and each is used by one tab at a time (Web Locks).
 */
import type { SavedRelay } from '../../shared/crypto/relay';
import type { EndReason, Mode, Party, Side } from '../../shared/protocol/common';
import type { Host } from '../../shared/protocol/customer';
import type { Grants } from '../../shared/protocol/helper';

/** The helper of this side's computer, as its page knows it. */
export type StoredHelper = { grants: Grants } & (
  | { at: 'dismissed' }
  | {
      at: 'given';
      /** base64url of its 16 bytes; nobody but this browser and the helper knows it. */
      secret: string;
      /** Epoch ms by this computer's clock until which it can attach. */
      until: number;
      /** It was there: its time limit does not count any more. */
      met: boolean;
      /** It was there before this page and opened it: nothing has to be downloaded. */
      adopted: boolean;
    }
);

interface StoredCommon {
  id: string;
  mode: Mode;
  resume: string;
  /** Epoch ms; what is older than any session lasts is thrown away. */
  storedAt: number;
  /** Once the keys are agreed. */
  relay?: SavedRelay;
  /** Application selection: only chosen windows may be shown. Never taken back. */
  windowsOnly?: boolean;
  /** In the modes with a helper, on the side whose computer is operated, once it was handed out. */
  helper?: StoredHelper;
  /** The conversation it was asked for in (path `chat`). */
  chat?: string;
}

export interface StoredCustomer extends StoredCommon {
  side: 'customer';
  /** Whom the server named. */
  host: Host;
  granted: boolean;
  /** It was agreed to in the helper, and nobody has confirmed it in front of this browser. */
  taken?: boolean;
}

export interface StoredOperator extends StoredCommon {
  side: 'operator';
  /** Epoch ms until which the number can be entered. */
  expiresAt: number;
  /** How the server names this operator to the customer; the sealed card says the same. */
  card: Host;
  /** Until the number is redeemed: what is needed to answer. */
  issued?: { code: string; rdv: string; prs: Uint8Array };
  /** Until the customer answers in the chat. */
  asked?: true;
}

export type StoredSession = StoredCustomer | StoredOperator;

/** A session that ended while the server could not be told; without any key. */
export interface StoredEnd {
  id: string;
  side: Side;
  resume: string;
  storedAt: number;
  ended: { by: Party; reason: EndReason };
}

const MARK = 'tasuki-customer-session:';
const LONGEST_MS = 24 * 3_600_000;

/** Cheap check for the number page, so that nothing is loaded for those who come for the first time. */
export function hasStoredSession(): boolean {
  try {
    return Object.keys(localStorage).some((key) => key.startsWith(MARK));
  } catch {
    return false; // site data is blocked: nothing was stored either
  }
}

function mark(id: string, set: boolean): void {
  try {
    if (set) localStorage.setItem(MARK + id, '1');
    else localStorage.removeItem(MARK + id);
  } catch {
    // Blocked site data costs the way back after a reload, nothing else.
  }
}

/** One after the other, so that a deletion never overtakes the writing before it. */
let queue: Promise<unknown> = Promise.resolve();

function inOrder<T>(work: () => Promise<T>): Promise<T> {
  const done = queue.then(work);
  queue = done.catch(() => undefined);
  return done;
}

async function open() {
  const { openDB } = await import('idb');
  return openDB('tasuki', 1, {
    upgrade(db) {
      db.createObjectStore('sessions', { keyPath: 'id' });
    },
  });
}

/** Writes a session down. Where the browser stores nothing, a reload ends it: no reason to fail now. */
export async function storeSession(session: StoredSession | StoredEnd): Promise<void> {
  try {
    await inOrder(async () => {
      const db = await open();
      await db.put('sessions', session);
      db.close();
    });
    const ofNumberPage = 'ended' in session || session.chat === undefined;
    if (session.side === 'customer' && ofNumberPage) mark(session.id, true);
  } catch {
    mark(session.id, false);
  }
}

export async function forgetSession(id: string): Promise<void> {
  mark(id, false);
  try {
    await inOrder(async () => {
      const db = await open();
      await db.delete('sessions', id);
      db.close();
    });
  } catch {
    // Nothing was stored.
  }
}

export interface StoredAll<S extends Side> {
  live: Extract<StoredSession, { side: S }>[];
  ended: StoredEnd[];
}

/** What this browser holds of one side; too old rows are deleted. */
export async function storedSessions<S extends Side>(side: S): Promise<StoredAll<S>> {
  const result: StoredAll<S> = { live: [], ended: [] };
  try {
    const all = await inOrder(async () => {
      const db = await open();
      const rows = (await db.getAll('sessions')) as (StoredSession | StoredEnd)[];
      db.close();
      return rows;
    });
    for (const each of all) {
      if (!(each.storedAt > Date.now() - LONGEST_MS)) await forgetSession(each.id);
      else if (each.side !== side) continue;
      else if ('ended' in each) result.ended.push(each);
      else result.live.push(each as Extract<StoredSession, { side: S }>);
    }
  } catch {
    // Nothing is stored in this browser.
  }
  return result;
}

/**
 * Claims a session for this tab until `release`. A page that is being reloaded gives its claims back a moment
 * later, hence the wait.
 * @returns the release, or null when another tab has it
 */
export function claimSession(id: string, waitMs = 1500): Promise<(() => void) | null> {
  // Absent outside secure contexts, whatever the types say.
  if (!('locks' in navigator)) return Promise.resolve(() => undefined);
  return new Promise((resolve) => {
    navigator.locks
      .request(`tasuki-session-${id}`, { signal: AbortSignal.timeout(waitMs) }, () => {
        return new Promise<void>((release) => resolve(release));
      })
      .catch(() => resolve(null));
  });
}
