/** A customer's session of before, from the stored row until the server has confirmed it or somebody gave it up. */
import type { CustomerSession } from './customer-session.svelte';
import { claimSession, forgetSession, storedSessions, type StoredCustomer, type StoredEnd } from './stored';

/** So long the person waits for a session to come back before the page says why it does not. */
export const PATIENCE_MS = 3_000;

/** A stored session that this tab holds now. */
export interface Claimed {
  stored: StoredCustomer;
  release: () => void;
}

/**
 * The first stored session that no other tab holds, and the ends of which the server does not know yet.
 * @param chat the conversation it was asked for in; without one, those that began with a number
 */
export async function claimFirst(chat?: string): Promise<{ claimed: Claimed | null; ended: StoredEnd[] }> {
  const { live, ended } = await storedSessions('customer');
  for (const stored of live) {
    if (stored.chat !== chat) continue;
    const release = await claimSession(stored.id);
    if (!release) continue;
    if (stored.relay) return { claimed: { stored, release }, ended };
    await forgetSession(stored.id); // reloaded before the keys were agreed: nothing to go on with
    release();
  }
  return { claimed: null, ended };
}

export class RestoredSession {
  #session = $state.raw<CustomerSession | null>(null);
  #late = $state(false);
  #patience: ReturnType<typeof setTimeout> | undefined;

  get session(): CustomerSession | null {
    return this.#session;
  }

  /** `late` when the server cannot be reached. */
  get state(): 'soon' | 'late' | null {
    if (!this.#session) return null;
    return this.#late ? 'late' : 'soon';
  }

  begin(session: CustomerSession): void {
    session.detached();
    this.#session = session;
    this.#patience = setTimeout(() => (this.#late = true), PATIENCE_MS);
  }

  /** The server has confirmed it, or knows it no more. */
  settle(): void {
    clearTimeout(this.#patience);
    this.#late = false;
    this.#session = null;
  }

  /** Ends it. @returns what the server must be told as soon as it can be reached */
  giveUp(): StoredEnd | null {
    const session = this.#session;
    if (!session) return null;
    this.settle();
    session.end();
    const { id, ticket } = session;
    const ended = { by: 'customer', reason: 'cancelled' } as const;
    return { id, side: 'customer', resume: ticket.resume, storedAt: Date.now(), ended };
  }
}
