import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fromBase64, toBase64 } from '../../shared/crypto/encoding';
import { helperKeys } from '../../shared/crypto/helper-link';
import { SealedRelay } from '../../shared/crypto/relay';
import { loadSodium, type Sodium } from '../../shared/crypto/sodium';
import { HELPER_OFFER_MS, HostLineMessage, type Surface } from '../../shared/protocol/helper';
import { HelperHost } from './helper-host.svelte';
import type { HelperHostDeps } from './helper-host-types';
import { FakeSocket, type Answers } from './helper-socket.fake';
import type { StoredHelper } from './stored';

let sodium: Sodium;
beforeAll(async () => {
  sodium = await loadSodium();
});
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const ID = 'AAAAAAAAAAAAAAAAAAAAAA';
const MONITOR: Surface = { kind: 'monitor', id: '0', width: 800, height: 600 };
const READY = { t: 'ready', version: '1.0', system: 'linux', backend: 'x11', reason: '' } as const;
const ON = { input: true, clipboard: false };

/** A page with its helper handed out, and what everybody around it was told. */
function rig(answers: Answers = {}, change: Partial<HelperHostDeps> = {}) {
  const offered = () => ({ expiresAt: Date.now() + HELPER_OFFER_MS });
  const socket = new FakeSocket({ 'helper:offer': offered, ...answers });
  const told = {
    keys: [] as (string | null)[],
    withheld: [] as object[],
    ends: [] as string[],
    stored: [] as StoredHelper[],
    helper: [] as HostLineMessage[],
  };
  const host: HelperHost = new HelperHost({
    sodium,
    socket,
    sessionId: ID,
    side: 'customer',
    mode: 'control',
    origin: 'https://support.example',
    stored: undefined,
    card: () => ({ operator: 'Olga', company: 'Acme' }),
    language: () => 'en',
    windowsOnly: () => false,
    surfaces: () => [MONITOR],
    tellKey: (key) => told.keys.push(key),
    tellController: ({ grants }) => told.withheld.push(grants),
    remember: (helper) => told.stored.push(helper),
    ended: (by, reason) => told.ends.push(`${by} ${reason}`),
    senses: {
      watch: () => () => undefined,
      elsewhere: () => ({ setHosting: () => undefined, confirm: () => undefined, close: () => undefined }),
    },
    ...change,
  });
  const state = (now: 'none' | 'offered' | 'attached' | 'away') =>
    host.changed({ sessionId: ID, state: now });
  /** The helper comes, with the secret that was handed out last. */
  const helper = () => {
    const given = told.stored.findLast((each) => each.at === 'given') ?? change.stored;
    const secret = fromBase64(sodium, (given as { secret: string }).secret);
    const key = toBase64(sodium, helperKeys(sodium, secret).hostKey);
    const line = SealedRelay.of(sodium, { side: 'customer', key }, HostLineMessage);
    socket.onenvelope = (envelope) => {
      const { send, messages } = line.receive(envelope);
      told.helper.push(...messages);
      for (const each of send) host.receive(each);
    };
    return {
      say: (message: HostLineMessage) => {
        const envelope = line.seal(message);
        if (!envelope) throw new Error('no epoch');
        host.receive(envelope);
        return envelope;
      },
    };
  };
  return { host, socket, told, state, helper };
}

/** The helper is there, and operates. */
function operating() {
  const all = rig();
  all.host.begin();
  const helper = all.helper();
  all.state('attached');
  helper.say(READY);
  helper.say({ t: 'grants', grants: ON });
  all.host.linkUp();
  all.told.withheld.length = 0;
  all.told.helper.length = 0;
  return { ...all, say: helper.say };
}

describe('a helper that can be reached', () => {
  it('hears what is shared, and of a switching off at once, as does the controller', () => {
    const { host, told } = operating();
    expect(host.status).toMatchObject({ at: 'attached', ready: { version: '1.0' } });
    expect(host.switches.grants).toEqual(ON);
    host.switches.revoke('input');
    expect(told.helper).toEqual([{ t: 'grant', name: 'input', on: false }]);
    expect(told.withheld).toEqual([{ input: true, clipboard: false }]);
  });

  it('cannot say who ended the session, nor why beyond its own reasons', () => {
    const { say, told } = operating();
    say({ t: 'end', by: 'operator', reason: 'cancelled' });
    say({ t: 'end', by: 'server', reason: 'declined' });
    expect(told.ends).toEqual(['customer cancelled', 'customer failed']);
  });

  it.each([
    ['what only the page says', { t: 'grant', name: 'input', on: true }],
    ['what would end the helper', { t: 'dismiss' }],
  ] as const)('ends the session by %s', (_, message) => {
    const { say, told, host } = operating();
    const before = host.switches.grants;
    say(message);
    expect(told.ends).toEqual(['customer tampered']);
    expect(host.switches.grants).toEqual(before);
  });

  it('changes nothing by a forged, a replayed or another session’s frame', () => {
    const { host, told, say } = operating();
    const once = say({ t: 'paused', on: false });
    host.receive(once);
    expect(told.ends).toEqual(['customer tampered']);
    const forged = { ...once, frame: 'A'.repeat(40) } as typeof once;
    host.receive(forged);
    expect(told.ends).toHaveLength(2);
    host.receive({ ...once, epoch: 'AAAAAAAAAAA' } as typeof once);
    expect(told.ends).toHaveLength(2); // an older epoch: ignored
    expect(host.paused).toBe(false);
    expect(host.switches.grants).toEqual(ON);
  });
});

describe('without a line to the helper', () => {
  it('says that it is away, and what the helper was not told, to the person and to the controller', () => {
    const { host, told, state, helper } = operating();
    host.detached();
    expect(host.status).toMatchObject({ at: 'away', ready: { version: '1.0' } });
    host.switches.revoke('input');
    expect(host.switches.untold).toEqual(['input']);
    expect(told.withheld).toEqual([{ input: true, clipboard: false }]);
    host.linkUp(); // the controller may have missed it
    expect(told.withheld).toHaveLength(2);

    host.attached();
    const again = helper();
    state('attached');
    expect(told.helper.slice(0, 2)).toMatchObject([
      { t: 'config' },
      { t: 'grant', name: 'input', on: false },
    ]);
    again.say({ t: 'grants', grants: { input: false, clipboard: false } });
    expect(host.switches.untold).toEqual([]);
    expect(told.withheld.at(-1)).toEqual({ input: false, clipboard: false });
  });

  it('does not claim that a helper was sent away before it can have been', async () => {
    const { host, state, socket, told } = operating();
    state('away');
    host.dismiss();
    await vi.advanceTimersByTimeAsync(0);
    expect(host.status).toEqual({ at: 'dismissed', told: false });
    expect(told.withheld.at(-1)).toEqual({ input: true, clipboard: true });
    expect(told.keys.at(-1)).toBeNull();
    state('attached'); // it came back before the server forgot it
    await vi.advanceTimersByTimeAsync(0);
    expect(host.status).toEqual({ at: 'dismissed', told: true });
    expect(socket.events.filter((event) => event === 'helper:dismiss')).toHaveLength(2);
  });

  it('forgets the secret of a helper that was sent away', () => {
    const { host, told } = operating();
    host.dismiss();
    expect(told.stored.at(-1)).toEqual({ at: 'dismissed', grants: ON });
  });

  it('withholds everything once the server has lost it', () => {
    const { host, told, state } = operating();
    state('away');
    state('none');
    expect(host.status).toEqual({ at: 'gone' });
    expect(host.switches.grants).toEqual({ input: false, clipboard: false });
    expect(told.withheld).toEqual([{ input: true, clipboard: true }]);
    host.offer();
    expect(told.withheld.at(-1)).toEqual({ input: false, clipboard: false });
  });
});

describe('a helper that was not started in time', () => {
  it('cannot come any more, unless the server let it in at the last moment', async () => {
    const { host, socket, state, helper, told } = rig();
    host.begin();
    await vi.advanceTimersByTimeAsync(HELPER_OFFER_MS + 6_000);
    expect(host.status).toEqual({ at: 'expired', why: 'time' });
    expect(socket.events).toEqual(['helper:offer', 'helper:dismiss']);
    state('offered'); // the server missed that
    expect(socket.events.at(-1)).toBe('helper:dismiss');

    const late = helper();
    state('attached');
    late.say(READY);
    expect(host.status).toMatchObject({ at: 'attached', ready: { version: '1.0' } });
    expect(told.keys.at(-1)).toBe(host.peerKey);
  });
});

describe('which pictures can be operated', () => {
  const tab: Surface = { ...MONITOR, kind: 'tab' };
  const closed: Surface = { kind: 'unknown', id: '', width: 0, height: 0 };
  it.each([
    ['all', [MONITOR]],
    ['all', [MONITOR, closed]],
    ['some', [MONITOR, tab]],
    ['none', [tab, { ...tab, kind: 'unknown' }]],
    ['none', [{ ...MONITOR, kind: 'window', id: '' }]],
    ['none', [closed]],
  ] as [string, Surface[]][])('%s', (operable, surfaces) => {
    expect(rig({}, { surfaces: () => surfaces }).host.operable).toBe(operable);
  });
});
