import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SessionMessage } from '../../shared/protocol/channel';
import type { RelayMessage } from '../../shared/protocol/relay';
import type { Phase, SessionEvent } from '../../shared/session/machine';
import type { Sodium } from '../../shared/crypto/sodium';
import type { LinkHost, LinkHostEvents } from './link-host';
import { SessionLink } from './session-link.svelte';
import { ICE_FRESH_MS, RELINK_AFTER_MS, TICK_MS } from './timing';

const ICE = { servers: [], policy: 'all' as const };
const STREAM = {} as MediaStream;

function set({ sharer = false } = {}) {
  let events!: LinkHostEvents;
  const sent: SessionMessage[] = [];
  const relayed: RelayMessage[] = [];
  const heard: SessionEvent[] = [];
  const passed: SessionMessage[] = [];
  const asked: string[] = [];
  const state = { at: 'connected' as Phase['at'], reachable: true, answer: { ok: true, ice: ICE } as object };
  const host = {
    up: true,
    link: null,
    send: (message: SessionMessage) => sent.push(message) > 0,
    prefer: vi.fn(() => Promise.resolve()),
    offer: vi.fn(),
    receive: vi.fn(),
    close: vi.fn(),
  };
  const replace = vi.fn();
  const link = new SessionLink({
    sodium: {} as Sodium,
    socket: {
      connected: true,
      request: (event: string) => Promise.resolve((asked.push(event), state.answer) as never),
      replace,
    },
    sessionId: 'id',
    side: sharer ? 'customer' : 'operator',
    sharer,
    ice: ICE,
    key: () => new Uint8Array(),
    phase: () => state.at,
    reachable: () => state.reachable,
    send: (message) => relayed.push(message),
    dispatch: (event) => heard.push(event),
    up: () => undefined,
    stream: () => undefined,
    message: (message) => passed.push(message),
    tampered: () => undefined,
    makeHost: (given) => {
      events = given;
      return host as unknown as LinkHost;
    },
  });
  return { link, host, events, sent, relayed, heard, passed, asked, state, replace };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('SessionLink', () => {
  it('asks for a new link while a dead one can be replaced, and stops when one comes up', () => {
    const { link, events, relayed, state } = set();
    events.dead();
    vi.advanceTimersByTime(RELINK_AFTER_MS + 1);
    state.reachable = false;
    link.tick();
    expect(relayed).toEqual([]);
    state.reachable = true;
    link.tick();
    expect(relayed).toEqual([{ t: 'relink' }]);
    link.tick();
    expect(relayed).toHaveLength(1);
    events.up();
    vi.advanceTimersByTime(10 * TICK_MS);
    link.tick();
    expect(relayed).toHaveLength(1);
  });

  it('makes the new link itself where this side shows', () => {
    const { link, events, heard, relayed } = set({ sharer: true });
    events.dead();
    vi.advanceTimersByTime(RELINK_AFTER_MS + 1);
    link.tick();
    expect(heard.at(-1)).toEqual({ type: 'relink' });
    expect(relayed).toEqual([]);
  });

  it('asks for fresh relay credentials when they are old, and offers nothing after the end', async () => {
    const { link, host, asked, state } = set({ sharer: true });
    await link.offer(() => [STREAM]);
    expect(asked).toEqual([]);
    vi.advanceTimersByTime(ICE_FRESH_MS + 1);
    await link.offer(() => [STREAM]);
    expect(asked).toEqual(['session:ice']);
    expect(host.offer).toHaveBeenCalledTimes(2);
    await link.offer(() => []);
    state.at = 'ended';
    await link.offer(() => [STREAM]);
    expect(host.offer).toHaveBeenCalledTimes(2);
  });

  it('replaces a socket that is lost with the link', async () => {
    const { events, heard, state, replace } = set();
    state.answer = { ok: false, error: 'failed' };
    events.down();
    expect(heard).toMatchObject([{ type: 'linkDown' }]);
    await vi.waitFor(() => expect(replace).toHaveBeenCalled());
  });

  it('answers pings, obeys a wish only where it shows, and passes on the rest', () => {
    const viewer = set();
    viewer.events.message({ t: 'ping', at: 5 });
    expect(viewer.sent).toMatchObject([{ t: 'pong', at: 5 }]);
    viewer.events.message({ t: 'quality', prefer: 'smooth' });
    expect([viewer.link.quality, viewer.host.prefer.mock.calls.length]).toEqual(['sharp', 0]);
    const sharer = set({ sharer: true });
    sharer.events.message({ t: 'quality', prefer: 'smooth' });
    expect([sharer.link.quality, sharer.host.prefer.mock.calls.length]).toEqual(['smooth', 1]);
    sharer.events.message({ t: 'request', grant: 'input' });
    expect(sharer.passed).toEqual([{ t: 'request', grant: 'input' }]);
  });

  it('lets the goodbye leave before the link is closed', () => {
    const { link, host, sent } = set();
    link.close({ t: 'end', by: 'operator', reason: 'cancelled' });
    expect(sent).toEqual([{ t: 'end', by: 'operator', reason: 'cancelled' }]);
    expect(host.close).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1_000);
    expect(host.close).toHaveBeenCalledOnce();
  });
});
