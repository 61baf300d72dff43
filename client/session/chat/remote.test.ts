/** Both real sides of a session that is asked for in the chat; only the server between them is played. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { chatSessionKey } from '../../../shared/crypto/chat';
import { toBase64 } from '../../../shared/crypto/encoding';
import { loadSodium } from '../../../shared/crypto/sodium';
import type { ChatContent } from '../../../shared/protocol/chat-content';
import { Relay } from '../../../shared/protocol/customer';
import type { z } from '../../../shared/protocol/zod';
import type { ServerSocket } from '../../net/socket';
import { OperatorSession } from '../operator-session.svelte';
import { ChatRemote, type Request } from './remote.svelte';

const ICE = { servers: [], policy: 'all' as const };
const CARD = { operator: '山田 花子', company: 'みどり商事' };
const CHAT = 'C'.repeat(22);
const ID = 'A'.repeat(22);
const KEY = new Uint8Array(64).fill(7);
const REQUEST: Request = { t: 'request', sessionId: ID, mode: 'view', windowsOnly: false, card: CARD };
const JOINED = {
  sessionId: ID,
  resume: 'B'.repeat(43),
  host: CARD,
  mode: 'view',
  peerPresent: true,
  ice: ICE,
  windowsOnly: false,
};

type Hear = (message: unknown) => void;
type Answer = (message: { granted?: boolean }) => object;

/** A socket whose relayed envelopes go to `to`, in a later turn. */
class FakeSocket {
  readonly asked: [string, unknown][] = [];
  readonly #heard = new Map<string, Set<Hear>>();
  connected = true;
  to: FakeSocket | null = null;
  constructor(private readonly answers: Record<string, Answer> = {}) {}

  on<T>(event: string, schema: z.ZodType<T>, handle: (message: T) => void): () => void {
    const hear: Hear = (raw) => handle(schema.parse(raw));
    const all = this.#heard.get(event) ?? new Set();
    this.#heard.set(event, all.add(hear));
    return () => all.delete(hear);
  }

  tell(event: string, message: unknown): void {
    for (const hear of this.#heard.get(event) ?? []) hear(message);
  }

  get listeners(): number {
    return [...this.#heard.values()].reduce((sum, each) => sum + each.size, 0);
  }

  async request(event: string, message: unknown): Promise<object> {
    this.asked.push([event, message]);
    await Promise.resolve();
    if (event === 'session:relay') this.to?.tell(event, message);
    return this.answers[event]?.(message as { granted?: boolean }) ?? { ok: true };
  }

  replace(): void {
    // A socket that works needs no other.
  }
}

async function meet(joined: object = JOINED, keyOfVisitor: Uint8Array | null = KEY) {
  const sodium = await loadSodium();
  const said: ChatContent[] = [];
  const [desk, page] = [
    new FakeSocket(),
    new FakeSocket({ 'chat:answer': ({ granted }) => ({ ok: true, joined: granted ? joined : null }) }),
  ];
  [desk.to, page.to] = [page, desk];
  const operator = new OperatorSession({
    sodium,
    socket: desk as unknown as ServerSocket,
    ice: ICE,
    fresh: true,
    release: () => undefined,
    stored: {
      id: ID,
      side: 'operator',
      mode: 'view',
      resume: 'D'.repeat(43),
      storedAt: Date.now(),
      expiresAt: Date.now() + 600_000,
      card: CARD,
      chat: CHAT,
      asked: true,
      relay: { side: 'operator', key: toBase64(sodium, chatSessionKey(sodium, KEY, ID)) },
    },
  });
  desk.on('session:relay', Relay, ({ envelope }) => operator.receive(envelope));
  const remote = new ChatRemote({
    sodium,
    socket: page as unknown as ServerSocket,
    chatId: CHAT,
    key: () => keyOfVisitor,
    say: (content) => said.push(content),
  });
  return { operator, remote, desk, page, said };
}

const picker = vi.fn(() => new Promise(() => undefined));

beforeEach(() => {
  picker.mockClear();
  vi.stubGlobal('location', { origin: 'https://support.example' });
  vi.stubGlobal('navigator', { mediaDevices: { getDisplayMedia: picker } });
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('removeEventListener', () => undefined);
});
afterEach(() => vi.unstubAllGlobals());

describe('a session asked for in the chat', () => {
  it('waits at the desk until the visitor agrees; then both have the same keys and the picker opens', async () => {
    const { operator, remote, said } = await meet();
    expect([operator.phase.at, operator.chat, operator.code]).toEqual(['waiting', CHAT, null]);
    await remote.allow(REQUEST, false);
    operator.peerChanged(true);
    await vi.waitFor(() => expect(operator.phase).toEqual({ at: 'picking', capture: 'picking' }));
    expect(remote.session?.phase).toEqual({ at: 'picking', capture: 'picking' });
    expect(picker).toHaveBeenCalledOnce();
    expect(remote.session?.words).toEqual(operator.words);
    expect(remote.session?.words).toHaveLength(4);
    expect(said).toEqual([{ t: 'answer', sessionId: ID, granted: true }]);
    operator.end();
    await vi.waitFor(() => expect(remote.session?.phase.at).toBe('ended'));
    expect(remote.running).toBe(false);
    remote.clear();
    expect(remote.session).toBeNull();
  });

  it('goes on where the desk hears of the visitor by their first message only', async () => {
    const { operator, remote } = await meet();
    await remote.allow(REQUEST, false);
    await vi.waitFor(() => expect(operator.phase.at).toBe('picking'));
    operator.end();
  });

  it('declined, it leaves nothing behind but the answer in the chat', async () => {
    const { remote, said, page } = await meet();
    await remote.decline(REQUEST);
    expect(remote.session).toBeNull();
    expect(said).toEqual([{ t: 'answer', sessionId: ID, granted: false }]);
    expect(picker).not.toHaveBeenCalled();
    expect(page.asked.map(([event]) => event)).toEqual(['chat:answer']);
  });

  it('keeps to chosen windows whoever wished it', async () => {
    for (const [request, joined, wish] of [
      [{ ...REQUEST, windowsOnly: true }, JOINED, false],
      [REQUEST, { ...JOINED, windowsOnly: true }, false],
      [REQUEST, JOINED, true],
    ] as const) {
      const { remote } = await meet(joined);
      await remote.allow(request, wish);
      expect(remote.session?.windowsOnly).toBe(true);
      remote.session?.end();
    }
  });

  it.each([
    ['operator', { host: { ...CARD, operator: 'x' } }],
    ['company', { host: { ...CARD, company: 'x' } }],
    ['mode', { mode: 'control' }],
  ])('ends as tampered with where the server names another %s than the sealed request', async (_, change) => {
    const { remote } = await meet({ ...JOINED, ...change });
    await remote.allow(REQUEST, false);
    expect(remote.session?.phase).toEqual({ at: 'ended', by: 'customer', reason: 'tampered' });
    expect(picker).not.toHaveBeenCalled();
  });

  it('ends as tampered with where the two sides have not the same key', async () => {
    const { operator, remote } = await meet(JOINED, new Uint8Array(64).fill(8));
    await remote.allow(REQUEST, false);
    await vi.waitFor(() => expect(operator.phase).toMatchObject({ at: 'ended', reason: 'tampered' }));
    remote.session?.end();
  });

  it('is over once it was taken back, or the server’s snapshot names another one', async () => {
    const { remote, page } = await meet();
    expect(remote.isOver(ID)).toBe(false);
    page.tell('session:ended', { sessionId: ID, by: 'operator', reason: 'withdrawn' });
    expect(remote.isOver(ID)).toBe(true);
    const [old, live] = ['E'.repeat(22), 'F'.repeat(22)];
    await remote.connected(live, [old, live]);
    expect([remote.isOver(old), remote.isOver(live)]).toEqual([true, false]);
  });

  it('is over where the server knows it no more, and can be answered again where it only did not hear', async () => {
    const { remote, page, said } = await meet();
    const answers = { gone: { ok: false, error: 'session_gone' }, failed: { ok: false, error: 'failed' } };
    vi.spyOn(page, 'request').mockResolvedValueOnce(answers.failed);
    await remote.allow(REQUEST, false);
    expect([remote.problem, remote.isOver(ID), remote.session]).toEqual(['failed', false, null]);
    vi.spyOn(page, 'request').mockResolvedValueOnce(answers.gone);
    await remote.allow(REQUEST, false);
    expect([remote.problem, remote.isOver(ID), remote.session]).toEqual([null, true, null]);
    expect(said).toEqual([]);
  });

  it('ends with the page, which then hears no more', async () => {
    const { operator, remote, page } = await meet();
    await remote.allow(REQUEST, false);
    await vi.waitFor(() => expect(operator.phase.at).toBe('picking'));
    remote.dispose();
    await vi.waitFor(() => expect(operator.phase).toMatchObject({ at: 'ended', by: 'customer' }));
    expect(page.listeners).toBe(0);
  });
});
