import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadSodium } from '../../shared/crypto/sodium';
import { SealedRelay } from '../../shared/crypto/relay';
import type { ServerSocket } from '../net/socket';
import { RelayLine } from './relay-line';

const KEY = Buffer.alloc(64, 7).toString('base64url');

/** A line of the customer's side, whose server says that it is too much. */
async function line() {
  const sodium = await loadSodium();
  const sent: unknown[] = [];
  const limited = { ok: false, error: 'limited', retryAt: Date.now() + 2_000 };
  const socket = {
    request: (_: string, message: unknown) => Promise.resolve(sent.push(message) > 0 && limited),
    replace: () => undefined,
  } as unknown as ServerSocket;
  const none = () => undefined;
  const relay = new RelayLine(socket, 'id', { message: none, opened: none, settled: none, tampered: none });
  relay.use(SealedRelay.restore(sodium, { side: 'customer', key: KEY }));
  return { relay, sent };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('RelayLine', () => {
  it('begins again when the server listens again', async () => {
    const { relay, sent } = await line();
    relay.attached();
    expect(sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(sent).toHaveLength(2);
  });

  it.each(['before', 'after'])('leaves no timer behind when it is closed %s the refusal', async (when) => {
    const { relay, sent } = await line();
    relay.attached();
    if (when === 'after') await vi.advanceTimersByTimeAsync(0);
    relay.close();
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(sent).toHaveLength(1);
  });
});
