import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadSodium } from '../../shared/crypto/sodium';
import type { ServerSocket } from '../net/socket';
import { OperatorSession } from './operator-session.svelte';
import type { StoredOperator } from './stored';

const ICE = { servers: [], policy: 'all' as const };
const key = Buffer.alloc(64, 7).toString('base64url');
const STORED: StoredOperator = {
  id: 'A'.repeat(22),
  side: 'operator',
  mode: 'view',
  resume: 'B'.repeat(43),
  storedAt: 0,
  expiresAt: 0,
  card: { operator: 'a', company: 'b' },
  relay: { side: 'operator', key },
};

async function restored() {
  const sodium = await loadSodium();
  const asked: string[] = [];
  const socket = {
    connected: true,
    request: (event: string) => Promise.resolve(asked.push(event) > 0 && { ok: true }),
    replace: () => undefined,
  } as unknown as ServerSocket;
  const session = new OperatorSession({ sodium, socket, ice: ICE, stored: STORED, release: () => undefined });
  session.detached();
  return { session, asked };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('location', { origin: 'https://support.example' });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('OperatorSession', () => {
  it('does not take the customer for present because a snapshot names their share', async () => {
    const { session } = await restored();
    session.attached(ICE, false);
    session.joined('share');
    expect(session.peerPresent).toBe(false);
    session.peerChanged(true);
    expect(session.peerPresent).toBe(true);
  });

  it('keeps no timer after its end', async () => {
    const { session, asked } = await restored();
    session.attached(ICE, true);
    session.end();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(vi.getTimerCount()).toBe(0);
    expect(asked.filter((event) => event === 'session:end')).toHaveLength(1);
    expect(session.settled).toBe(true);
  });

  it('ends by itself once the server has confirmed it, not before', async () => {
    const { session } = await restored();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(session.phase.at).toBe('pairing');
    session.attached(ICE, true);
    await vi.advanceTimersByTimeAsync(50_000);
    expect(session.phase.at).toBe('pairing');
    await vi.advanceTimersByTimeAsync(15_000);
    expect(session.phase).toEqual({ at: 'ended', by: 'customer', reason: 'no_answer' });
  });
});
