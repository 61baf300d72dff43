/**
 * Sessions that survive a reload: kept in IndexedDB while they last, deleted when they end. They hold session keys,
 * so nothing else may be put there, and each is used by one tab at a time (Web Locks).
 */
import type { SavedRelay } from '../../shared/crypto/relay';
import type { Mode, Side } from '../../shared/protocol/common';
import type { Host } from '../../shared/protocol/customer';

interface StoredCommon {
  id: string;
  mode: Mode;
  resume: string;
  /** Once the keys are agreed. */
  relay?: SavedRelay;
}

export interface StoredCustomer extends StoredCommon {
  side: 'customer';
  /** Whom the server named. */
  host: Host;
  granted: boolean;
}

export interface StoredOperator extends StoredCommon {
  side: 'operator';
  /** Epoch ms until which the number can be entered. */
  expiresAt: number;
  /** Until the number is redeemed: what is needed to answer. */
  issued?: { code: string; rdv: string; prs: Uint8Array };
}

export type StoredSession = StoredCustomer | StoredOperator;

const MARK = 'tasuki-customer-session';

/** Cheap check for the customer page, so that nothing is loaded for those who come for the first time. */
export const hasStoredSession = (): boolean => localStorage.getItem(MARK) !== null;

async function open() {
  const { openDB } = await import('idb');
  return openDB('tasuki', 1, {
    upgrade(db) {
      db.createObjectStore('sessions', { keyPath: 'id' });
    },
  });
}

export async function storeSession(session: StoredSession): Promise<void> {
  if (session.side === 'customer') localStorage.setItem(MARK, session.id);
  const db = await open();
  await db.put('sessions', session);
  db.close();
}

export async function forgetSession(id: string): Promise<void> {
  if (localStorage.getItem(MARK) === id) localStorage.removeItem(MARK);
  const db = await open();
  await db.delete('sessions', id);
  db.close();
}

export async function storedSessions<S extends Side>(
  side: S,
): Promise<Extract<StoredSession, { side: S }>[]> {
  const db = await open();
  const all = (await db.getAll('sessions')) as StoredSession[];
  db.close();
  return all.filter((session): session is Extract<StoredSession, { side: S }> => session.side === side);
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
