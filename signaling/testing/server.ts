/** The real server on port 0, with a store in a temporary folder, cheap passwords and wide limits. */
import { rmSync } from 'node:fs';
import type { Language } from '../../shared/protocol/common';
import type { Role } from '../../shared/protocol/http';
import { addOperator } from '../accounts/operators';
import type { PasswordCost } from '../accounts/passwords';
import type { ProofWork } from '../offline/proof';
import { loadConfig, type Config, type Limits } from '../config';
import { createServer, type TasukiServer } from '../server';
import { openStore } from '../store/open';
import type { Db } from '../store/schema';
import { findTenant } from '../store/tenants';
import { setUp } from '../tenants/set-up';
import { setupTokenIn } from '../tenants/setup-token';
import { FakeClock } from './fake-clock';
import { scratchFolder } from './scratch';
import { connect, type TestSocket } from './socket';
import { VAULT } from './vault';

/** The smallest Argon2id there is: tests sign in hundreds of times. */
export const CHEAP_PASSWORDS: PasswordCost = { memoryKiB: 8, passes: 1 };
/** And hardly any work for a message. */
export const CHEAP_PROOF: ProofWork = { cost: 1, least: 1, most: 10 };
export const SETUP_TOKEN = 'the-one-time-token';
export const PASSWORD = 'correct horse battery';
export const COMPANY = 'Acme 株式会社';
export { VAULT };

const WIDE: Limits = {
  joinsPerAddress: 1e6,
  joinsOverall: 1e6,
  helpersPerAddress: 1e6,
  helpersOverall: 1e6,
  loginsPerAddress: 1e6,
  opensPerOperator: 1e6,
  livePerOperator: 1e6,
  requestsPerAddress: 1e6,
  chatsPerAddress: 1e6,
  openChatsPerAddress: 1e6,
  chatMessages: 1e6,
  chatResumes: 1e6,
  chatHistoryPerAddress: 1e6,
  socketsPerAddress: 1e6,
  eventsPerSocket: 1e6,
  streamsPerAddress: 1e6,
  offlinePerAddress: 1e6,
  mailsPerAccount: 1e6,
};

export interface TestServerOptions {
  /** Settings as in the environment; the port is free and the log silent unless said otherwise. */
  env?: Record<string, string>;
  limits?: Partial<Limits>;
  /** `true` (the default): set up, with an administrator `admin` and an operator `operator`. */
  populated?: boolean;
  clientDir?: string;
  helperDir?: string;
  passwordCost?: PasswordCost;
  proofWork?: ProofWork;
  mailAuthorities?: string;
  demo?: boolean;
  /** A store of the caller's, which the caller also removes. */
  dataDir?: string;
}

export interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
}

export interface TestServer {
  /** Its first origin; without settings to the contrary also where it listens. */
  url: string;
  port: number;
  dataDir: string;
  config: Config;
  clock: FakeClock;
  db: Db;
  server: TasukiServer;
  /** A request as a page of ours sends it. */
  request(method: string, path: string, options?: RequestOptions): Promise<Answer>;
  /** Signs in. @returns the cookie to send along */
  login(role: Role, id?: string, password?: string): Promise<string>;
  addOperator(id: string, name?: string): Promise<void>;
  customer(options?: Parameters<typeof connect>[2]): Promise<TestSocket>;
  /** A helper's socket. */
  helper(options?: Parameters<typeof connect>[2]): Promise<TestSocket>;
  /** A desk socket; signs in first unless a cookie is given. */
  desk(cookie?: string): Promise<TestSocket>;
  /** Stops the server, keeps the store. */
  stop(): Promise<void>;
  /** Stops the server and removes the store. */
  close(): Promise<void>;
}

export interface RequestOptions {
  body?: unknown;
  cookie?: string;
  headers?: Record<string, string>;
}

export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const dataDir = options.dataDir ?? scratchFolder();
  const loaded = loadConfig({
    TASUKI_PORT: '0',
    TASUKI_LOG_LEVEL: 'silent',
    TASUKI_DATA_DIR: dataDir,
    ...options.env,
  });
  const config = { ...loaded, limits: { ...WIDE, ...options.limits } };
  const clock = new FakeClock();
  const db = await openStore(config);
  const server = await createServer({
    config,
    db,
    clock,
    passwordCost: options.passwordCost ?? CHEAP_PASSWORDS,
    proofWork: options.proofWork ?? CHEAP_PROOF,
    mailAuthorities: options.mailAuthorities,
    clientDir: options.clientDir,
    helperDir: options.helperDir,
    setupToken: setupTokenIn(undefined, SETUP_TOKEN),
    demo: options.demo ?? false,
  });
  if (options.populated !== false && !(await findTenant(db))) await populate(server);
  const { url, port } = await server.start();
  const local = `http://localhost:${port}`;
  const sockets: TestSocket[] = [];
  const keep = async (socket: Promise<TestSocket>) => {
    const connected = await socket;
    sockets.push(connected);
    return connected;
  };

  const test: TestServer = {
    url,
    port,
    dataDir,
    config,
    clock,
    db,
    server,
    request: (method, path, { body, cookie, headers } = {}) =>
      send(local, method, path, {
        headers: { origin: url, ...(cookie ? { cookie } : {}), ...headers },
        ...(body === undefined ? {} : { body }),
      }),
    async login(role, id = role === 'operator' ? 'operator' : 'admin', password = PASSWORD) {
      const answer = await test.request('POST', '/api/login', { body: { id, password, role } });
      if (answer.status !== 200) throw new Error(`no sign-in: ${JSON.stringify(answer.body)}`);
      return cookieOf(answer);
    },
    addOperator: (id, name = id) => makeOperator(server, id, name),
    customer: (socketOptions = {}) => keep(connect(local, '/customer', { origin: url, ...socketOptions })),
    helper: (socketOptions = {}) => keep(connect(local, '/helper', { origin: url, ...socketOptions })),
    async desk(cookie) {
      return keep(connect(local, '/desk', { origin: url, cookie: cookie ?? (await test.login('operator')) }));
    },
    async stop() {
      for (const socket of sockets) socket.disconnect();
      await server.stop();
      await db.destroy();
    },
    async close() {
      await test.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return test;
}

async function populate(server: TasukiServer): Promise<void> {
  const language: Language = 'en';
  const wish = { company: COMPANY, adminId: 'admin', password: PASSWORD, language, vault: VAULT };
  await setUp(server.core.accounts, wish, { actor: 'test', address: null });
  await makeOperator(server, 'operator', 'Olga Operator');
}

async function makeOperator(server: TasukiServer, id: string, name: string): Promise<void> {
  const { accounts } = server.core;
  const tenant = await findTenant(accounts.db);
  if (!tenant) throw new Error('not set up');
  const wish = { id, name, email: '', password: PASSWORD, state: 'enabled' as const };
  await addOperator(accounts, tenant, { actor: 'test', address: null }, wish);
}

async function send(
  url: string,
  method: string,
  path: string,
  { body, headers }: { body?: unknown; headers: Record<string, string> },
): Promise<Answer> {
  const raw = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  const response = await fetch(url + path, {
    method,
    redirect: 'manual',
    headers: raw === undefined ? headers : { 'content-type': 'application/json', ...headers },
    ...(raw === undefined ? {} : { body: raw }),
  });
  const text = await response.text();
  const json = response.headers.get('content-type')?.includes('json');
  return {
    status: response.status,
    headers: response.headers,
    body: json && text !== '' ? (JSON.parse(text) as unknown) : text,
  };
}

/** The cookies an answer sets, as the next request sends them. */
export const cookieOf = (answer: Answer): string =>
  answer.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');
