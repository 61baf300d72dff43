/** Every door, tried by everybody. A new route or event that is not in the tables below fails. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EVENTS } from './sockets/namespaces';
import { PASSWORD, SETUP_TOKEN, startTestServer, VAULT, type TestServer } from './testing/server';
import { chatHouse, must, opened, question, staffMember, type ChatHouse } from './testing/chat';
import { ADMIN, approvedDevice, askFor, makeDevice, OPERATOR, type TestDevice } from './testing/device';
import { attachMessage, bytes, helped, NETWORK, pair } from './testing/session';
import type { TestSocket } from './testing/socket';

let server: TestServer;
let house: ChatHouse;
/** The operator's: one that asks, one that an administrator approves and revokes. */
let device: TestDevice;
let decided: TestDevice;
const clientDir = mkdtempSync(join(tmpdir(), 'tasuki-client-'));
writeFileSync(join(clientDir, 'index.html'), 'shell');
beforeAll(async () => {
  server = await startTestServer({ clientDir });
  house = await chatHouse(server);
  device = await makeDevice();
  decided = await makeDevice();
  await askFor(server, decided);
  // What is sealed is told to whoever can open it; signaling/http/devices.test.ts has the others.
  for (const owner of [OPERATOR, ADMIN]) await approvedDevice(server, owner);
});
afterAll(async () => {
  await server.close();
  rmSync(clientDir, { recursive: true });
});

/** Status for: nobody (as customers are), an operator, an administrator. */
type Statuses = [nobody: number, operator: number, administrator: number];
interface Door {
  path: string;
  body?: object;
  expected: Statuses;
}

const open = (path: string): Door => ({ path, expected: [200, 200, 200] });
const missing = (path: string, body?: object): Door => ({
  path,
  ...(body ? { body } : {}),
  expected: [404, 404, 404],
});
const admin = (path: string, body?: object, success = 200): Door => ({
  path,
  ...(body ? { body } : {}),
  expected: [401, 401, success],
});

const staff = (path: string): Door => ({ path, expected: [401, 200, 200] });
const operators = (path: string, body?: object): Door => ({
  path,
  ...(body ? { body } : {}),
  expected: [401, 200, 401],
});

let counter = 0;
const newOperator = () => ({ id: `new${++counter}`, name: 'New', password: PASSWORD });
const setup = {
  token: SETUP_TOKEN,
  company: 'X',
  adminId: 'x',
  password: PASSWORD,
  language: 'en',
  vault: VAULT,
};

const hex = (length: number) => 'a'.repeat(2 * length);
const offlineMessage = {
  owner: 'ZZZZZZZZ',
  language: 'en',
  box: bytes(100),
  website: '',
  proof: {
    challenge: {
      parameters: {
        algorithm: 'PBKDF2/SHA-256',
        cost: 1,
        expiresAt: 1,
        keyLength: 32,
        keyPrefix: hex(16),
        keySignature: hex(32),
        nonce: hex(16),
        salt: hex(16),
      },
      signature: hex(32),
    },
    solution: { counter: 1, derivedKey: hex(32) },
  },
};
/** Nothing listens there. */
const mailSettings = {
  host: '127.0.0.1',
  port: 1,
  security: 'none',
  user: '',
  fromName: 'Acme',
  fromAddress: 'support@example.org',
};
const sessionMail = {
  sessionId: bytes(16),
  to: 'customer@example.org',
  customerName: 'Carla',
  language: 'en',
  zone: 'Asia/Tokyo',
  code: '12345678',
};

const HTTP: Record<string, () => Door> = {
  'GET /': () => open('/'),
  'GET /c/:subscriber': () => open('/c/ABCDEFGH'),
  'GET /desk': () => open('/desk'),
  'GET /desk/*': () => open('/desk/x'),
  'GET /admin': () => open('/admin'),
  'GET /admin/*': () => open('/admin/x'),
  'GET /setup': () => missing('/setup'),
  'GET /assets/*': () => missing('/assets/x.js'),
  'GET /:file': () => missing('/x.svg'),
  'GET /chat': () => open('/chat?owner=ABCDEFGH'),
  'GET /embed/code': () => open('/embed/code?owner=ABCDEFGH'),
  'GET /web/customer/newsession.asp': () => open('/web/customer/newsession.asp?owner=ABCDEFGH'),
  'GET /web/an/ann4.asp': () => missing('/web/an/ann4.asp?login=ABCDEFGH'), // not in this test's client
  'GET /images/monitor.gif': () => open('/images/monitor.gif'),
  'GET /embed/preview': () => open('/embed/preview?owner=ABCDEFGH'),
  'GET /chat.js': () => missing('/chat.js'), // not in this test's client
  'GET /pictures/:file': () => missing(`/pictures/${bytes(16)}.gif`),
  'GET /api/chat/presence': () => missing('/api/chat/presence?owner=ABCDEFGH'), // somebody else's code
  'GET /api/chat/card': () => missing('/api/chat/card?owner=ABCDEFGH'),
  'GET /api/admin/chat': () => admin('/api/admin/chat'),
  'PUT /api/admin/chat': () =>
    admin('/api/admin/chat', {
      origins: [],
      offlineMessages: true,
      hours: { zone: 'Asia/Tokyo', week: null },
    }),
  'GET /api/admin/buttons': () => admin('/api/admin/buttons'),
  'PUT /api/admin/buttons/:name': () => {
    const picture = 'https://www.example.com/on.gif';
    return admin('/api/admin/buttons/chat', { name: 'chat', online: picture, offline: picture });
  },
  'DELETE /api/admin/buttons/:name': () => admin('/api/admin/buttons/none', undefined, 404),
  'GET /api/admin/pictures': () => admin('/api/admin/pictures'),
  'POST /api/admin/pictures/:kind': () => admin('/api/admin/pictures/logo', { not: 'a picture' }, 400),
  'DELETE /api/admin/pictures/:kind': () => admin('/api/admin/pictures/logo', undefined, 404),
  'GET /healthz': () => open('/healthz'),
  'GET /readyz': () => open('/readyz'),
  'GET /metrics': () => open('/metrics'),
  'GET /api/public': () => open('/api/public'),
  'GET /api/openapi.json': () => open('/api/openapi.json'),
  'GET /api/helper': () => open('/api/helper'),
  'GET /helper/:file': () => missing('/helper/linux-amd64'),
  'POST /api/setup': () => missing('/api/setup', setup),
  'POST /api/login': () => ({
    path: '/api/login',
    body: { id: 'operator', password: PASSWORD, role: 'operator' },
    expected: [200, 200, 200],
  }),
  'POST /api/logout': () => ({ path: '/api/logout', body: {}, expected: [200, 200, 200] }),
  'GET /api/me': () => ({ path: '/api/me', expected: [401, 200, 200] }),
  'GET /api/admin/operators': () => admin('/api/admin/operators'),
  'POST /api/admin/operators': () => admin('/api/admin/operators', newOperator(), 201),
  'PATCH /api/admin/operators/:id': () => admin('/api/admin/operators/operator', { email: '' }),
  'GET /api/devices': () => ({ path: '/api/devices?role=operator', expected: [401, 200, 401] }),
  'PUT /api/devices/:id': () => ({
    path: `/api/devices/${device.id}?role=operator`,
    body: device.request,
    expected: [401, 200, 401],
  }),
  'GET /api/devices/:id': () => ({
    path: `/api/devices/${decided.id}?role=operator`,
    expected: [401, 200, 401],
  }),
  'GET /api/admin/devices': () => admin('/api/admin/devices'),
  'GET /api/admin/vault': () => admin('/api/admin/vault'),
  'PUT /api/admin/vault-card': () => admin('/api/admin/vault-card', { card: VAULT.card }),
  'POST /api/admin/devices/:id/approve': () =>
    admin(`/api/admin/devices/${decided.id}/approve`, decided.approval),
  'POST /api/admin/devices/:id/revoke': () => admin(`/api/admin/devices/${decided.id}/revoke`, {}),
  'GET /api/chat/challenge': () => open('/api/chat/challenge'),
  'POST /api/chat/offline': () => ({
    path: '/api/chat/offline',
    body: offlineMessage,
    expected: [404, 404, 404], // another company's code
  }),
  'GET /api/offline': () => staff('/api/offline'),
  'GET /api/offline/unread': () => staff('/api/offline/unread'),
  'PATCH /api/offline/:id': () => ({
    path: `/api/offline/${bytes(16)}`,
    body: { state: 'closed' },
    expected: [401, 404, 404],
  }),
  'GET /api/me/notices': () => operators('/api/me/notices'),
  'PUT /api/me/notices': () => operators('/api/me/notices', { offlineMail: false }),
  'GET /api/session-mail': () => operators('/api/session-mail'),
  'POST /api/session-mail': () => ({
    path: '/api/session-mail',
    body: sessionMail,
    expected: [401, 410, 401],
  }),
  // Nobody's session.
  'POST /api/session-mail/own': () => ({
    path: '/api/session-mail/own',
    body: { sessionId: bytes(16) },
    expected: [401, 410, 401],
  }),
  'GET /api/admin/mail': () => admin('/api/admin/mail'),
  'PUT /api/admin/mail': () => admin('/api/admin/mail', mailSettings),
  'DELETE /api/admin/mail': () => admin('/api/admin/mail'),
  'POST /api/admin/mail/test': () =>
    admin('/api/admin/mail/test', { settings: mailSettings, to: 'admin@example.org', language: 'en' }),
  'GET /api/admin/sessions': () => admin('/api/admin/sessions'),
  'GET /api/admin/log': () => admin('/api/admin/log'),
  'GET /api/admin/chats': () => admin('/api/admin/chats'),
  'GET /api/admin/blocks': () => admin('/api/admin/blocks'),
  'DELETE /api/admin/blocks/:id': () => admin(`/api/admin/blocks/${bytes(16)}`, undefined, 404),
  'GET /api/admin/chats/:id/transcript': () =>
    admin(`/api/admin/chats/${bytes(16)}/transcript`, undefined, 404),
  'GET /api/chats': () => operators('/api/chats'),
  // Nobody was in such a conversation.
  'GET /api/chats/:id/transcript': () => ({
    path: `/api/chats/${bytes(16)}/transcript`,
    expected: [401, 404, 401],
  }),
  'GET /api/replies': () => ({ path: '/api/replies', expected: [401, 200, 401] }),
  'PUT /api/replies/:id': () => ({
    path: `/api/replies/${bytes(16)}`,
    body: { shortcut: `own${++counter}`, text: 'Hello' },
    expected: [401, 200, 401],
  }),
  // Nobody has one of that id.
  'DELETE /api/replies/:id': () => ({ path: `/api/replies/${bytes(16)}`, expected: [401, 404, 401] }),
  'GET /api/admin/replies': () => admin('/api/admin/replies'),
  'PUT /api/admin/replies/:id': () =>
    admin(`/api/admin/replies/${bytes(16)}`, { shortcut: `tenant${++counter}`, text: 'Hello' }),
  'DELETE /api/admin/replies/:id': () => admin(`/api/admin/replies/${bytes(16)}`, undefined, 404),
};

describe('HTTP', () => {
  it('has no route that this table does not know', () => {
    const routes = [...server.server.routes].filter((route) => !route.startsWith('HEAD '));
    expect(routes.sort()).toEqual(Object.keys(HTTP).sort());
    for (const route of server.server.routes) {
      if (route.startsWith('HEAD ')) expect(Object.keys(HTTP)).toContain(route.replace('HEAD', 'GET'));
    }
  });

  it.each(Object.keys(HTTP))('%s', async (route) => {
    const method = route.split(' ', 1)[0] ?? '';
    const cookies = [undefined, await server.login('operator'), await server.login('administrator')];
    const statuses: number[] = [];
    for (const cookie of cookies) {
      const { path, body } = (HTTP[route] as () => Door)();
      const answer = await server.request(method, path, {
        ...(body ? { body } : {}),
        ...(cookie ? { cookie } : {}),
      });
      statuses.push(answer.status);
      if (answer.status >= 400) expect(answer.body).toMatchObject({ ok: false });
    }
    expect(statuses).toEqual((HTTP[route] as () => Door)().expected);
  });
});

/** The answer for: the customer of the session, its operator, a strange customer, another operator. */
type Answers = [customer: string, operator: string, stranger: string, colleague: string];
type Chat = Awaited<ReturnType<typeof conversation>>;
/** `chat`: for the events of the chat. */
type Context = Awaited<ReturnType<typeof pair>> & { chat?: Chat };
interface Event {
  message: (session: Context) => object;
  expected: Answers;
}

/** One between the same two, whose operator has an approved device. */
async function conversation(desk: TestSocket, customer: TestSocket) {
  await server.db.deleteFrom('blocks').execute();
  const staff = await staffMember(house);
  await must(desk, 'chat:watch', {});
  return opened(house, { ...staff, socket: desk }, customer);
}
const ofChat = (more: object) => ({
  message: ({ chat }: Context) => ({ chatId: chat?.chatId ?? bytes(16), ...more }),
});

const GONE = 'session_gone';
const EARLY = 'not_allowed'; // the customer has not agreed yet
const NONE = 'invalid'; // the namespace knows no such event
const SEALED = { t: 'sealed', epoch: bytes(8), frame: bytes(30) };

const SOCKET: Record<string, Event> = {
  'session:open': {
    message: () => ({ rdv: bytes(16), mode: 'view', ttlMinutes: 5, windowsOnly: false }),
    expected: [NONE, 'ok', NONE, 'ok'],
  },
  'session:join': {
    message: ({ rdv }) => ({ rdv, share: bytes(32), path: 'code' }),
    expected: ['code_unknown', NONE, 'code_unknown', NONE],
  },
  'session:resume': {
    message: ({ id }) => ({ sessionId: id, resume: bytes(32) }),
    expected: [GONE, GONE, GONE, GONE],
  },
  'session:consent': {
    message: ({ id }) => ({ sessionId: id, granted: true }),
    expected: ['ok', NONE, GONE, NONE],
  },
  'session:withdraw': {
    message: ({ id }) => ({ sessionId: id }),
    expected: [NONE, 'ok', NONE, GONE],
  },
  'session:relay': {
    message: ({ id }) => ({ sessionId: id, envelope: SEALED }),
    expected: ['ok', 'ok', GONE, GONE],
  },
  'session:connected': {
    message: ({ id }) => ({ sessionId: id, network: NETWORK }),
    expected: [EARLY, EARLY, GONE, GONE],
  },
  'session:end': {
    message: ({ id }) => ({ sessionId: id, by: 'customer', reason: 'cancelled' }),
    expected: ['ok', 'ok', GONE, GONE],
  },
  'session:leaving': {
    message: ({ id }) => ({ sessionId: id }),
    expected: ['ok', 'ok', GONE, GONE],
  },
  'session:ice': {
    message: ({ id }) => ({ sessionId: id }),
    expected: ['ok', 'ok', GONE, GONE],
  },
  // The session of this table is in `view`, where no side has a helper.
  'helper:offer': {
    message: ({ id }) => ({ sessionId: id, rdv: bytes(16) }),
    expected: [EARLY, EARLY, GONE, GONE],
  },
  'helper:dismiss': {
    message: ({ id }) => ({ sessionId: id }),
    expected: [EARLY, EARLY, GONE, GONE],
  },
  'helper:relay': {
    message: ({ id }) => ({ sessionId: id, envelope: SEALED }),
    expected: [EARLY, EARLY, GONE, GONE],
  },
  'session:selection': {
    message: ({ id }) => ({ sessionId: id, windows: 2 }),
    expected: ['ok', EARLY, GONE, GONE],
  },
  'chat:start': { message: () => question(house).message, expected: ['ok', NONE, 'ok', NONE] },
  'chat:resume': { ...ofChat({ token: bytes(32), after: -1 }), expected: [GONE, NONE, GONE, NONE] },
  'chat:rate': { ...ofChat({ stars: 5, comment: null }), expected: ['conflict', NONE, GONE, NONE] },
  'chat:send': {
    ...ofChat({ message: { epoch: 1, from: 'customer', sender: bytes(8), n: 0, frame: bytes(60) } }),
    expected: ['ok', NONE, GONE, GONE],
  },
  'chat:typing': { ...ofChat({ on: true }), expected: ['ok', 'ok', GONE, GONE] },
  'chat:seen': { ...ofChat({ delivered: 0, seen: 0 }), expected: ['ok', 'ok', GONE, GONE] },
  'chat:end': { ...ofChat({}), expected: ['ok', GONE, GONE, GONE] }, // nothing is left for the second
  'chat:watch': { message: () => ({}), expected: [NONE, 'ok', NONE, 'ok'] },
  'chat:available': { message: () => ({ available: true }), expected: [NONE, 'ok', NONE, 'ok'] },
  'chat:colleagues': { message: () => ({}), expected: [NONE, 'ok', NONE, 'ok'] },
  'chat:claim': {
    message: ({ chat }) => ({ chatId: chat?.chatId, claim: chat?.claim }),
    expected: [NONE, 'conflict', NONE, EARLY], // claimed already; not the colleague's device
  },
  'chat:transfer': { ...ofChat({ to: null }), expected: [NONE, 'ok', NONE, GONE] },
  'chat:invite': { ...ofChat({ who: 'nobody' }), expected: [NONE, 'busy', NONE, GONE] },
  'chat:leave': { ...ofChat({}), expected: [NONE, EARLY, NONE, GONE] }, // the owner stays
  'chat:block': { ...ofChat({ hours: 1 }), expected: [NONE, 'ok', NONE, GONE] },
  // None of them is in such a conversation; signaling/sockets/chat-session.test.ts has one.
  'chat:request': {
    message: () => ({ chatId: bytes(16), mode: 'view', windowsOnly: false }),
    expected: [NONE, GONE, NONE, GONE],
  },
  'chat:answer': {
    message: ({ id }) => ({ chatId: bytes(16), sessionId: id, granted: true }),
    expected: [GONE, NONE, GONE, NONE],
  },
};

/** The answer for: the attached helper, a helper of another session, one without any, one that was sent away. */
type HelperAnswers = [attached: string, other: string, stranger: string, dismissed: string];
interface HelperEvent {
  message: (session: Awaited<ReturnType<typeof helped>>) => object;
  expected: HelperAnswers;
}

const HELPER: Record<string, HelperEvent> = {
  'helper:attach': {
    message: ({ helperRdv }) => attachMessage(helperRdv), // redeemed already
    expected: ['code_unknown', 'code_unknown', 'code_unknown', 'code_unknown'],
  },
  'helper:resume': {
    message: ({ id }) => ({ sessionId: id, resume: bytes(32) }),
    expected: [GONE, GONE, GONE, GONE],
  },
  'helper:relay': {
    message: ({ id }) => ({ sessionId: id, to: 'host', envelope: SEALED }),
    expected: ['ok', GONE, GONE, GONE],
  },
  'helper:grants': {
    message: ({ id }) => ({ sessionId: id, grants: { input: true, clipboard: false } }),
    expected: ['ok', GONE, GONE, GONE],
  },
  'session:ice': { message: ({ id }) => ({ sessionId: id }), expected: ['ok', GONE, GONE, GONE] },
  'session:end': {
    message: ({ id }) => ({ sessionId: id, by: 'customer', reason: 'cancelled' }),
    expected: ['ok', GONE, GONE, GONE],
  },
};

describe('sockets', () => {
  it('have no event that these tables do not know', () => {
    const names = new Set([...EVENTS.customer, ...EVENTS.operator].map((event) => event.name));
    expect([...names].sort()).toEqual(Object.keys(SOCKET).sort());
    expect(EVENTS.helper.map((event) => event.name).sort()).toEqual(Object.keys(HELPER).sort());
  });

  it.each(Object.keys(HELPER))('of helpers: %s', async (name) => {
    const { message, expected } = HELPER[name] as HelperEvent;
    const [session, other] = [await helped(server), await helped(server)];
    const dismissed = await helped(server);
    await dismissed.host.ask('helper:dismiss', { sessionId: dismissed.id });
    await dismissed.helper.next('helper:dismissed');
    const stranger = await server.helper();
    const ask = async (socket: TestSocket, of: typeof session) => {
      const { ok, error } = await socket.ask(name, message(of));
      return ok ? 'ok' : error;
    };
    const fromDismissed = await ask(dismissed.helper, dismissed);
    const fromStrangers = [await ask(other.helper, session), await ask(stranger, session)];
    expect([await ask(session.helper, session), ...fromStrangers, fromDismissed]).toEqual(expected);
  });

  it('of helpers know no event of the browsers', async () => {
    const session = await helped(server);
    for (const [name, { message }] of Object.entries(SOCKET)) {
      if (name in HELPER) continue;
      expect([name, await session.helper.ask(name, message(session))]).toEqual([
        name,
        { ok: false, error: 'invalid' },
      ]);
    }
  });

  it.each(Object.keys(SOCKET))('%s', async (name) => {
    const { message, expected } = SOCKET[name] as Event;
    await server.addOperator(`colleague-${name.replace(':', '-')}`);
    const elsewhere = await server.login('operator', `colleague-${name.replace(':', '-')}`);
    const [desk, customer, stranger, colleague] = [
      await server.desk(),
      await server.customer(),
      await server.customer(),
      await server.desk(elsewhere),
    ];
    // Strangers first, so that nobody's right depends on what the session's own sides did before.
    const answers: Record<number, string> = {};
    const doors: [number, TestSocket][] = [
      [2, stranger],
      [3, colleague],
      [0, customer],
      [1, desk],
    ];
    const session: Context = await pair(desk, customer);
    if (name.startsWith('chat:')) session.chat = await conversation(desk, customer);
    for (const [index, socket] of doors) {
      const { ok, error } = await socket.ask(name, message(session));
      answers[index] = ok ? 'ok' : (error ?? '');
    }
    expect(Object.values(answers)).toEqual(expected);
  });

  it('are closed to the signed-out and to administrators at the desk', async () => {
    await expect(server.desk('tasuki-operator=x')).rejects.toThrow('signed_out');
    await expect(server.desk(await server.login('administrator'))).rejects.toThrow('signed_out');
  });
});
