import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseHelperToken } from '../../shared/crypto/helper-link';
import { toBase64 } from '../../shared/crypto/encoding';
import { loadSodium, type Sodium } from '../../shared/crypto/sodium';
import { HELPER_OFFER_MS } from '../../shared/protocol/helper';
import type { OfferEnd } from './helper-host-types';
import { HelperOffer } from './helper-offer.svelte';
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

const GRANTS = { input: true, clipboard: false };
const MINUTE = 60_000;
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

function rig(answers: Answers = {}) {
  const offered = () => ({ expiresAt: Date.now() + HELPER_OFFER_MS });
  const socket = new FakeSocket({ 'helper:offer': offered, ...answers });
  const stored: StoredHelper[] = [];
  const over: OfferEnd[] = [];
  const offer: HelperOffer = new HelperOffer(
    {
      sodium,
      socket,
      sessionId: 'AAAAAAAAAAAAAAAAAAAAAA',
      origin: 'https://support.example',
      remember: (helper) => stored.push(helper),
    },
    undefined,
    (why) => over.push(why),
  );
  return { offer, socket, stored, over };
}

/** Fails so often, then succeeds. */
function failing(...failures: object[]) {
  let next = 0;
  return () => failures[next++] ?? { expiresAt: Date.now() + HELPER_OFFER_MS };
}
const refused = (error: string, more: object = {}) => ({ ok: false, error, ...more });

describe('a helper handed out', () => {
  it('has its secret in the token, and ten minutes from the server’s answer on', async () => {
    let answer: (ack: object) => void = () => undefined;
    const { offer, stored, over } = rig({
      'helper:offer': () => new Promise((resolve) => (answer = resolve)),
    });
    offer.make(GRANTS);
    const { secret } = offer.given!;
    const parsed = parseHelperToken(sodium, offer.token)!;
    expect(toBase64(sodium, parsed.secret!)).toBe(secret);
    await pass(5 * MINUTE);
    const expiresAt = Date.now() + HELPER_OFFER_MS;
    answer({ expiresAt });
    await pass(0);
    expect(stored.at(-1)).toMatchObject({ until: expiresAt, met: false });
    await pass(9 * MINUTE);
    expect(over).toEqual([]);
    await pass(2 * MINUTE);
    expect(over).toEqual(['time']);
  });

  it('trusts no clock that disagrees with this one', async () => {
    const { offer } = rig({ 'helper:offer': () => ({ expiresAt: Date.now() - 3_600_000 }) });
    offer.make(GRANTS);
    await pass(0);
    expect(offer.given!.until).toBe(Date.now() + HELPER_OFFER_MS);
  });

  it('expires not while the server is away, but when that says so', async () => {
    const { offer, over } = rig();
    offer.make(GRANTS);
    await pass(0);
    offer.detached();
    await pass(20 * MINUTE);
    expect(over).toEqual([]);
    offer.attached();
    offer.missing();
    expect(over).toEqual(['time']);
  });

  it('stands as long as the server says so, and is over soon after', async () => {
    const { offer, over } = rig();
    offer.make(GRANTS);
    await pass(0);
    offer.detached();
    await pass(20 * MINUTE);
    offer.attached();
    offer.stands();
    expect(over).toEqual([]);
    await pass(6_000);
    expect(over).toEqual(['time']);
  });

  it('is announced again when the server has forgotten it', async () => {
    const { offer, socket } = rig();
    offer.make(GRANTS);
    await pass(0);
    offer.missing();
    await pass(0);
    expect(socket.events).toEqual(['helper:offer', 'helper:offer']);
  });

  it('has no time limit once the helper has come', async () => {
    const { offer, over } = rig();
    offer.make(GRANTS);
    await pass(0);
    offer.met();
    await pass(30 * MINUTE);
    expect([over, offer.given!.met]).toEqual([[], true]);
  });
});

describe('an offer that is refused', () => {
  it('waits until the server listens again', async () => {
    const { offer, socket, over } = rig({
      'helper:offer': failing(refused('limited', { retryAt: Date.now() + 3_000 }), refused('limited')),
    });
    offer.make(GRANTS);
    await pass(0);
    expect(offer.held).toBe(true);
    await pass(2_900);
    expect(socket.events).toHaveLength(1);
    await pass(200);
    expect(socket.events).toHaveLength(2);
    await pass(600);
    expect([offer.held, socket.events.length, over]).toEqual([false, 3, []]);
  });

  it('sends an earlier helper away that is still there', async () => {
    const { offer, socket, over } = rig({ 'helper:offer': failing(refused('conflict')) });
    offer.make(GRANTS);
    await pass(0);
    expect(socket.events).toEqual(['helper:offer', 'helper:dismiss', 'helper:offer']);
    expect(over).toEqual([]);
  });

  it.each([
    ['conflict', 'refused'],
    ['busy', 'busy'],
    ['not_allowed', 'refused'],
    ['session_gone', 'refused'],
  ])('%s: is over as %s', async (error, why) => {
    const { offer, over } = rig({ 'helper:offer': () => refused(error) });
    offer.make(GRANTS);
    await pass(0);
    expect(over).toEqual([why]);
  });

  it('looks for another connection when nobody answers', async () => {
    const { offer, socket, over } = rig({ 'helper:offer': failing(refused('failed')) });
    offer.make(GRANTS);
    await pass(0);
    expect([socket.replaced, over]).toEqual([1, []]);
  });

  it('announces the newest secret when another was asked for meanwhile', async () => {
    const { offer, socket } = rig();
    offer.make(GRANTS);
    offer.make(GRANTS);
    await pass(0);
    const said = socket.asked.map(({ message }) => (message as { rdv: string }).rdv);
    expect(said).toHaveLength(2);
    expect(said.at(-1)).toBe(offer.keys!.rdv);
  });
});
