import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_REPLIES, type CannedReply } from '../../shared/protocol/replies';
import { startTestServer, type TestServer } from '../testing/server';
import { bytes } from '../testing/session';

let server: TestServer;
let operator: string;
let colleague: string;
let administrator: string;
beforeAll(async () => {
  server = await startTestServer();
  await server.addOperator('colleague');
  operator = await server.login('operator');
  colleague = await server.login('operator', 'colleague');
  administrator = await server.login('administrator');
});
afterAll(() => server.close());

const OWN = '/api/replies';
const TENANTS = '/api/admin/replies';
const put = (cookie: string, base: string, id: string, body: object) =>
  server.request('PUT', `${base}/${id}`, { cookie, body });
const list = async (cookie: string, base = OWN) =>
  (await server.request('GET', base, { cookie })).body as CannedReply[];
const shortcuts = async (cookie: string) => (await list(cookie)).map((reply) => reply.shortcut);

describe('canned replies', () => {
  it('are the tenant’s for every operator, and each operator’s own for nobody else', async () => {
    const [hello, mine] = [bytes(16), bytes(16)];
    const text = 'こんにちは、{name} 様。\nHow can we help?';
    expect((await put(administrator, TENANTS, hello, { shortcut: 'Hello', text })).status).toBe(200);
    expect((await put(operator, OWN, mine, { shortcut: 'いつもの', text: 'As always' })).status).toBe(200);
    expect(await list(operator)).toEqual([
      { id: hello, shortcut: 'hello', text, own: false },
      { id: mine, shortcut: 'いつもの', text: 'As always', own: true },
    ]);
    expect(await list(colleague)).toEqual([{ id: hello, shortcut: 'hello', text, own: false }]);
    expect(await list(administrator, TENANTS)).toEqual([{ id: hello, shortcut: 'hello', text, own: false }]);
    // A personal one may go by the same word as the tenant's.
    expect((await put(colleague, OWN, bytes(16), { shortcut: 'HELLO', text: 'Hi' })).status).toBe(200);
  });

  it('have one shortcut each; a refused change leaves everything as it was', async () => {
    const [first, second] = [bytes(16), bytes(16)];
    await put(operator, OWN, first, { shortcut: 'first', text: 'One' });
    await put(operator, OWN, second, { shortcut: 'second', text: 'Two' });
    expect(await put(operator, OWN, second, { shortcut: 'first', text: 'Three' })).toMatchObject({
      status: 409,
      body: { error: 'conflict', fields: ['shortcut'] },
    });
    expect(await list(operator)).toEqual(
      expect.arrayContaining([
        { id: first, shortcut: 'first', text: 'One', own: true },
        { id: second, shortcut: 'second', text: 'Two', own: true },
      ]),
    );
    expect((await put(operator, OWN, second, { shortcut: 'second', text: 'Changed' })).status).toBe(200);
    expect(await list(operator)).toContainEqual({
      id: second,
      shortcut: 'second',
      text: 'Changed',
      own: true,
    });
  });

  it('give a shortcut to one of many at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        put(operator, OWN, bytes(16), { shortcut: 'raced', text: `${n}` }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(19);
  });

  it('of somebody else can be neither changed nor deleted', async () => {
    const id = bytes(16);
    await put(operator, OWN, id, { shortcut: 'private', text: 'Mine' });
    for (const [cookie, base] of [
      [colleague, OWN],
      [administrator, TENANTS],
    ] as const) {
      expect((await put(cookie, base, id, { shortcut: 'stolen', text: 'x' })).status).toBe(409);
      expect((await server.request('DELETE', `${base}/${id}`, { cookie })).status).toBe(404);
    }
    expect(await list(operator)).toContainEqual({ id, shortcut: 'private', text: 'Mine', own: true });
    expect((await server.request('DELETE', `${OWN}/${id}`, { cookie: operator })).status).toBe(200);
    expect(await shortcuts(operator)).not.toContain('private');
  });

  it.each([
    ['no shortcut', { shortcut: '', text: 'x' }],
    ['two words', { shortcut: 'two words', text: 'x' }],
    ['a shortcut that turns the direction', { shortcut: 'a\u202Eb', text: 'x' }],
    ['too long a shortcut', { shortcut: 'x'.repeat(33), text: 'x' }],
    ['no text', { shortcut: 'x', text: '' }],
    ['a text that turns the direction', { shortcut: 'x', text: 'a\u202Eb' }],
    ['too long a text', { shortcut: 'x', text: 'x'.repeat(2001) }],
    ['something else besides', { shortcut: 'x', text: 'x', owner: '' }],
  ])('are refused with %s', async (_what, wish) => {
    expect((await put(operator, OWN, bytes(16), wish)).status).toBe(400);
  });

  it('are at most so many', async () => {
    const have = (await list(colleague)).filter((reply) => reply.own).length;
    for (let n = have; n < MAX_REPLIES; n++) {
      expect((await put(colleague, OWN, bytes(16), { shortcut: `n${n}`, text: 'x' })).status).toBe(200);
    }
    expect((await put(colleague, OWN, bytes(16), { shortcut: 'last', text: 'x' })).status).toBe(413);
    expect(await shortcuts(colleague)).not.toContain('last');
  });

  it('of the tenant are in the log when they change, personal ones are not', async () => {
    const id = bytes(16);
    await put(administrator, TENANTS, id, { shortcut: 'logged', text: 'x' });
    await server.request('DELETE', `${TENANTS}/${id}`, { cookie: administrator });
    const { body } = await server.request('GET', '/api/admin/log', { cookie: administrator });
    const lines = (body as { actor: string; action: string; subject: string }[]).filter(({ action }) =>
      action.startsWith('reply.'),
    );
    expect(lines.slice(0, 2)).toMatchObject([
      { actor: 'administrator:admin', action: 'reply.deleted', subject: 'logged' },
      { actor: 'administrator:admin', action: 'reply.saved', subject: 'logged' },
    ]);
    expect(lines.every(({ actor }) => actor.startsWith('administrator:'))).toBe(true);
  });
});
