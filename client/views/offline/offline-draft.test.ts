/** The visitor's form with real keys and boxes; only the server's answers and the work are played. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openOffline } from '../../../shared/crypto/offline';
import { loadSodium, type Sodium } from '../../../shared/crypto/sodium';
import { createVault, openVault, vaultKeys } from '../../../shared/crypto/vault';
import type { ChatCard } from '../../../shared/protocol/embed';
import { NewOfflineMessage, type Challenge, type Proof } from '../../../shared/protocol/mail';
import type { Result } from '../../net/http';
import { OfflineDraft, type OfflinePlace } from './offline-draft.svelte';

let sodium: Sodium;
let card: ChatCard;
let otherKey: string;
let box: { publicKey: Uint8Array; privateKey: Uint8Array };
beforeAll(async () => {
  sodium = await loadSodium();
  const { record, releaseKey } = await createVault();
  otherKey = (await createVault()).record.identityKey;
  const secret = await openVault(record, releaseKey);
  if (!secret) throw new Error('no vault');
  box = vaultKeys(sodium, secret).box;
  card = {
    company: 'Acme',
    language: 'en',
    online: false,
    offlineMessages: true,
    opensAt: null,
    banner: null,
    logo: null,
    identityKey: record.identityKey,
    vaultKey: record.publicKey,
    vaultCard: record.card,
  };
});

/** As much of a tab's storage as the form uses. */
const stored = new Map<string, string>();
beforeEach(() => {
  stored.clear();
  vi.stubGlobal('navigator', { userAgent: 'Mozilla/5.0 (X11; Linux) Firefox/140.0', language: 'en-GB' });
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  });
});
afterEach(() => vi.unstubAllGlobals());

const hex = (bytes: number) => 'ab'.repeat(bytes);
const CHALLENGE: Challenge = {
  parameters: {
    algorithm: 'PBKDF2/SHA-256',
    cost: 1,
    expiresAt: 1_800_000_000,
    keyLength: 32,
    keyPrefix: hex(16),
    keySignature: hex(32),
    nonce: hex(16),
    salt: hex(16),
  },
  signature: hex(32),
};
const PROOF: Proof = { challenge: CHALLENGE, solution: { counter: 1, derivedKey: hex(32) } };

function form(
  answers: Result<unknown>[] = [{ ok: true, value: {} }],
  pin: string | undefined = card.identityKey,
) {
  const sent: NewOfflineMessage[] = [];
  const api = {
    challenge: async () => ({ ok: true as const, value: CHALLENGE }),
    leave: async (message: NewOfflineMessage): Promise<Result<unknown>> => {
      sent.push(NewOfflineMessage.parse(message));
      return answers.shift() ?? { ok: false, error: 'failed' };
    },
  };
  const work = vi.fn(async (_challenge: Challenge, _onprogress: (done: number) => void) => PROOF);
  const place: OfflinePlace = { owner: 'ABCD2345', card, pin, page: 'https://www.example.org/' };
  const draft = new OfflineDraft(place, api, work);
  return { draft, sent, work, place };
}

function fill(draft: OfflineDraft) {
  draft.name = ' Vera\u202e Visitor ';
  draft.mail = ' vera@example.org ';
  draft.subject = 'Printer';
  draft.text = 'It does\r\nnot print.\u202e';
}

describe('a message', () => {
  it('is sealed for the company’s vault, cleaned of what turns text around', async () => {
    const { draft, sent } = form();
    fill(draft);
    expect(await draft.send('en')).toBe(true);
    expect(draft.at).toBe('sent');
    expect(draft.sentFrom).toBe('vera@example.org');
    expect(openOffline(sodium, { box }, sent[0]?.box ?? '')).toEqual({
      name: 'Vera Visitor',
      mail: 'vera@example.org',
      subject: 'Printer',
      text: 'It does\nnot print.',
      page: 'https://www.example.org/',
      browser: 'Firefox 140 on Linux',
      language: 'en-GB',
    });
    expect(JSON.stringify(sent)).not.toContain('Vera');
  });

  it('names every field that is wrong, and asks the server nothing', async () => {
    const { draft, sent } = form();
    expect(await draft.send('en')).toBe(false);
    expect(draft.wrong).toEqual(['name', 'mail', 'subject', 'text']);
    fill(draft);
    draft.mail = 'vera@example';
    await draft.send('en');
    expect(draft.wrong).toEqual(['mail']);
    expect(sent).toEqual([]);
  });

  it('tells how far its work is, and is not to be taken away once begun', async () => {
    const { draft, work } = form();
    expect(draft.begun).toBe(false);
    fill(draft);
    expect([draft.begun, draft.written]).toEqual([true, 'Printer\nIt does\r\nnot print.\u202e']);
    const seen: number[] = [];
    work.mockImplementationOnce(async (_challenge, onprogress) => {
      onprogress(0.5);
      seen.push(draft.done);
      return PROOF;
    });
    await draft.send('en');
    expect(seen).toEqual([0.5]);
    expect([draft.at, draft.begun]).toEqual(['sent', true]);
    draft.again();
    expect([draft.begun, draft.written]).toEqual([false, '']);
  });

  it('takes over what was said in a conversation, and nothing twice', () => {
    const { draft } = form();
    const said = {
      name: 'Vera',
      subject: 'The printer',
      texts: ['The printer does not print.', 'It blinks.'],
    };
    draft.carry(said);
    expect(draft.written).toBe('The printer\nThe printer does not print.\n\nIt blinks.');
    draft.name = 'Vera Visitor';
    draft.text += '\n\nPlease call me.';
    draft.carry({ ...said, texts: [...said.texts, 'Hello?'] });
    expect(draft.name).toBe('Vera Visitor');
    expect(draft.text).toBe('The printer does not print.\n\nIt blinks.\n\nPlease call me.\n\nHello?');
  });

  it('is not called wrong any more where it was changed', async () => {
    const { draft } = form();
    await draft.send('en');
    draft.mended('mail');
    expect(draft.wrong).toEqual(['name', 'subject', 'text']);
  });

  it('of the longest text fits what the server takes', async () => {
    const { draft, sent } = form();
    fill(draft);
    draft.text = '漢'.repeat(4000);
    expect(await draft.send('en')).toBe(true);
    expect(sent).toHaveLength(1);
  });

  it.each<[string, object | string, Result<unknown>]>([
    ['offline', { error: 'offline' }, { ok: false, error: 'offline' }],
    ['limited', { error: 'limited', retryAt: 1 }, { ok: false, error: 'limited', retryAt: 1 }],
    ['closed', 'closed', { ok: false, error: 'not_allowed' }],
    [
      'blocked',
      { error: 'limited', retryAt: 1, fields: ['address'] },
      { ok: false, error: 'limited', retryAt: 1, fields: ['address'] },
    ],
  ])('is not lost when the answer is %s', async (_name, problem, answer) => {
    const { draft, place } = form([answer]);
    fill(draft);
    draft.keep();
    expect(await draft.send('en')).toBe(false);
    expect(draft.problem).toEqual(typeof problem === 'string' ? problem : expect.objectContaining(problem));
    expect([draft.at, draft.text]).toEqual(['editing', 'It does\r\nnot print.\u202e']);
    expect(new OfflineDraft(place).subject).toBe('Printer');
  });

  it('that a program filled in is kept, and goes when it is sent again', async () => {
    const filled: Result<unknown> = { ok: false, error: 'invalid', fields: ['website'] };
    const { draft, sent } = form([filled, { ok: true, value: {} }]);
    fill(draft);
    draft.website = 'https://filled.example';
    expect(await draft.send('en')).toBe(false);
    expect([draft.problem, draft.at, draft.website, draft.subject]).toEqual([
      'filled',
      'editing',
      '',
      'Printer',
    ]);
    expect(await draft.send('en')).toBe(true);
    expect(sent.map(({ website }) => website)).toEqual(['https://filled.example', '']);
  });

  it('names the button that was pressed, where the page has named one', async () => {
    const { draft, sent, place } = form([
      { ok: true, value: {} },
      { ok: true, value: {} },
    ]);
    fill(draft);
    place.button = 'shop';
    await draft.send('en');
    delete place.button;
    fill(draft);
    draft.again();
    await draft.send('en');
    expect(sent.map(({ button }) => button)).toEqual(['shop', undefined]);
  });

  it('does the work once more when it was refused, and then gives up', async () => {
    const stale: Result<unknown> = { ok: false, error: 'invalid', fields: ['proof'] };
    const once = form([stale, { ok: true, value: {} }]);
    fill(once.draft);
    expect(await once.draft.send('en')).toBe(true);
    expect(once.work).toHaveBeenCalledTimes(2);
    const twice = form([stale, stale, { ok: true, value: {} }]);
    fill(twice.draft);
    expect(await twice.draft.send('en')).toBe(false);
    expect(twice.work).toHaveBeenCalledTimes(2);
  });

  it('is forgotten by the browser once it has arrived; the person is remembered', async () => {
    const { draft } = form();
    fill(draft);
    draft.keep();
    await draft.send('en');
    expect(stored.size).toBe(0);
    draft.again();
    expect([draft.at, draft.subject, draft.text, draft.mail]).toEqual([
      'editing',
      '',
      '',
      ' vera@example.org ',
    ]);
  });
});

describe('a lying server', () => {
  it('with a vault of its own gets nothing', async () => {
    const { record } = await createVault();
    const { draft, sent, place } = form();
    place.card = { ...card, vaultKey: record.publicKey };
    fill(draft);
    expect(await draft.send('en')).toBe(false);
    expect(draft.problem).toBe('keys');
    expect(sent).toEqual([]);
  });

  it('with an identity of its own gets nothing where the page pins another', async () => {
    const { draft, sent } = form(undefined, otherKey);
    fill(draft);
    expect(await draft.send('en')).toBe(false);
    expect(draft.problem).toBe('keys');
    expect(sent).toEqual([]);
  });
});
