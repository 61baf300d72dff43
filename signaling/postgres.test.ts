/** The whole server on PostgreSQL: the paths whose atomicity or types the engine decides. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SessionRow } from '../shared/protocol/http';
import { PASSWORD, startTestServer, type TestServer } from './testing/server';
import { ask, chatHouse, claimOf, must, speaker, staffMember } from './testing/chat';
import { activate, issue, joinMessage } from './testing/session';
import { startPostgres, type TestPostgres } from './testing/postgres';

let postgres: TestPostgres;
let server: TestServer;
beforeAll(async () => {
  postgres = startPostgres();
  server = await startTestServer({ env: { DATABASE_URL: postgres.newDatabase() } });
}, 120_000);
afterAll(async () => {
  await server.close();
  postgres.stop();
});

describe('with PostgreSQL', () => {
  it('a number is redeemed by exactly one of 100 at once', async () => {
    const desk = await server.desk();
    const customers = await Promise.all(Array.from({ length: 100 }, () => server.customer()));
    const { rdv } = await issue(desk);
    const answers = await Promise.all(customers.map((each) => each.ask('session:join', joinMessage(rdv))));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.filter((answer) => answer.error === 'code_unknown')).toHaveLength(99);
  });

  it('a session is recorded', async () => {
    const [desk, customer] = [await server.desk(), await server.customer()];
    const { id } = await activate(desk, customer);
    await desk.ask('session:end', { sessionId: id, by: 'operator', reason: 'cancelled' });
    const cookie = await server.login('administrator');
    const { body } = await server.request('GET', '/api/admin/sessions', { cookie });
    const now = server.clock.now();
    const row = {
      id,
      issuedAt: now,
      startedAt: now,
      endedAt: now,
      consent: 'granted',
      endReason: 'cancelled',
    };
    expect((body as SessionRow[]).find((each) => each.id === id)).toMatchObject(row);
  });

  it('a hundred guesses at once are two looks at the password, whatever is typed', async () => {
    const login = (id: string) =>
      server.request('POST', '/api/login', { body: { id, password: 'wrong', role: 'operator' } });
    const answers = await Promise.all(Array.from({ length: 100 }, () => login('operator')));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(2);
    for (const id of ['a\u0000b', '\uD800', "'; drop table accounts; --"])
      expect((await login(id)).status).toBe(401);
  });

  it('a conversation goes to exactly one of 60 claims at once, and what is said then has places without gaps', async () => {
    const house = await chatHouse(server);
    const desks = [await staffMember(house, 'anna'), await staffMember(house, 'bert')];
    const chat = await ask(house);
    const { chatId } = chat;
    const claims = Array.from({ length: 60 }, (_, index) => {
      const staff = desks[index % desks.length]!;
      return { staff, ...claimOf(house, staff, chat.keys.visitorKey) };
    });
    const answers = await Promise.all(
      claims.map(({ staff, claim }) => staff.socket.ask('chat:claim', { chatId, claim })),
    );
    const won = claims.filter((_, index) => answers[index]?.ok);
    expect([won.length, answers.filter(({ error }) => error === 'conflict').length]).toEqual([1, 59]);
    const { key, staff } = won[0]!;
    const speakers = [
      ...Array.from({ length: 4 }, () => ({
        socket: chat.socket,
        say: speaker(house, chat, key, { from: 'customer' }),
      })),
      ...Array.from({ length: 4 }, () => ({
        socket: staff.socket,
        say: speaker(house, chat, key, { from: 'operator' }),
      })),
    ];
    // Each one after the other, all of them at once.
    const places = await Promise.all(
      speakers.map(async ({ socket, say }) => {
        const seqs: unknown[] = [];
        for (let n = 0; n < 10; n++) seqs.push((await must(socket, 'chat:send', say(`${n}`))).seq);
        return seqs;
      }),
    );
    const all = places.flat().map(Number);
    expect(all.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 80 }, (_, index) => index + 1));
    await must(staff.socket, 'chat:transfer', { chatId, to: null });
    await must(chat.socket, 'chat:end', { chatId });
    await must(chat.socket, 'chat:rate', { chatId, stars: 4, comment: null });
    const cookie = await server.login('administrator');
    const { body } = await server.request('GET', '/api/admin/chats', { cookie });
    expect(body).toMatchObject([{ id: chatId, messages: 81, transfers: [{ toId: null }], stars: 4 }]);
    const theirs = await server.request('GET', '/api/chats?limit=1', { cookie: staff.cookie });
    expect(theirs.body).toMatchObject([{ id: chatId, endedBy: 'customer', question: { seq: 0 }, stars: 4 }]);
    await server.request('POST', `/api/admin/devices/${staff.device.id}/revoke`, { cookie, body: {} });
    expect(await must(staff.socket, 'chat:watch', {})).toMatchObject({ chats: [] });
  });

  it('only one of several set-ups and one of several equal IDs succeeds', async () => {
    const fresh = await startTestServer({ populated: false, env: { DATABASE_URL: postgres.newDatabase() } });
    const setup = {
      ...{ token: 'the-one-time-token', company: 'X', adminId: 'admin', password: PASSWORD, language: 'en' },
      vault: { publicKey: 'A'.repeat(43), identityKey: 'B'.repeat(43), card: 'D'.repeat(86), wrapped: 'C' },
    };
    const setups = await Promise.all(
      [1, 2, 3].map(() => fresh.request('POST', '/api/setup', { body: setup })),
    );
    expect(setups.map(({ status }) => status).sort()).toEqual([200, 404, 404]);
    const cookie = await fresh.login('administrator');
    const body = { id: 'same', name: 'Same', password: PASSWORD };
    const added = await Promise.all(
      [1, 2, 3].map(() => fresh.request('POST', '/api/admin/operators', { cookie, body })),
    );
    expect(added.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    await fresh.close();
  });
});
