/** Puts the server together from what it is given. `main.ts` gives it the real things, tests give it a port of 0. */
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createPasswords, PASSWORD_COST, type PasswordCost } from './accounts/passwords';
import type { AccountsContext } from './accounts/context';
import { expireSignIns } from './accounts/identity';
import { addressReader } from './address';
import { purge } from './audit/purge';
import type { ChatContext } from './chat/context';
import { deviceRevoked } from './chat/device-revoked';
import { sweepChats } from './chat/ending';
import { placeTeller } from './chat/places';
import { BEAT_MS, onlineNow } from './chat/presence';
import { withdrawRequest } from './chat/session';
import { requeueAbandoned } from './chat/transfer';
import { buttonState } from './chat-settings/button-state';
import { ButtonWatch } from './chat-settings/button-watch';
import { isOpenNow } from './chat-settings/opening';
import { HOUR, MINUTE, SECOND, systemClock, type Clock, type Release } from './clock';
import type { Config } from './config';
import type { Core } from './core';
import { buildHttp, collectRoutes, createHttp } from './http/app';
import { sweepHelpers } from './helper/offer';
import { createLimiters } from './limits/limiter';
import type { MailContext } from './mail/context';
import { createMetrics } from './metrics';
import type { OfflineContext } from './offline/context';
import { sendNotices } from './offline/notices';
import { PROOF_WORK, type ProofWork } from './offline/proof';
import { Origins } from './origins';
import type { PairingContext } from './pairing/context';
import { endSessionsUnder, sweepSessions, withdrawForbidden } from './pairing/ending';
import { recoverSessions } from './pairing/presence';
import { beatChats } from './sockets/chat-beat';
import { chatNotice } from './sockets/chat-notice';
import { deviceNotice } from './sockets/device-notice';
import { serverSecretIn } from './server-secret';
import { openNamespaces } from './sockets/namespaces';
import { sessionNotice, tellPermit, turnAway } from './sockets/notice';
import { offlineNotice } from './sockets/offline-notice';
import { createSockets } from './sockets/server';
import { detachCustomers } from './store/chat-queries';
import { countNew } from './store/offline';
import type { Db } from './store/schema';
import { findTenant } from './store/tenants';
import { setupTokenIn, type SetupToken } from './tenants/setup-token';

export interface ServerDeps {
  config: Config;
  /** Open and migrated; whoever opened it closes it after the server. */
  db: Db;
  clock?: Clock;
  passwordCost?: PasswordCost;
  clientDir?: string | undefined;
  helperDir?: string | undefined;
  setupToken?: SetupToken;
  /** In PEM, instead of the authorities that Node trusts with mail servers. */
  mailAuthorities?: string | undefined;
  proofWork?: ProofWork;
  demo?: boolean;
  /** Memory, event loop and so on of this process, besides the server's own metrics. */
  processMetrics?: boolean;
}

export interface TasukiServer {
  /** Listens and answers once the sessions of a former run are waiting for their sides. */
  start(): Promise<{ url: string; port: number }>;
  /** Lets nobody in any more, closes everything, keeps the sessions for the next start. */
  stop(): Promise<void>;
  core: Core;
  http: ReturnType<typeof createHttp>;
  /** Every HTTP route, as `METHOD /path`. */
  routes: ReadonlySet<string>;
}

/** Builds a server that does not listen yet. */
export async function createServer(deps: ServerDeps): Promise<TasukiServer> {
  const { config, db, clock = systemClock } = deps;
  let serving = false;
  const http = createHttp(config.logLevel);
  const metrics = createMetrics(db, { processMetrics: deps.processMetrics ?? false });
  const limiters = createLimiters(config.limits, clock.now, metrics.limited);
  const io = createSockets(http.server, () => core);
  const pairing: PairingContext = { db, clock, config, limiters, metrics, notice: sessionNotice(io) };
  const accounts: AccountsContext = {
    db,
    clock,
    limiters,
    metrics,
    passwords: createPasswords(deps.passwordCost ?? PASSWORD_COST, clock.now),
    async revoked(who) {
      await endSessionsUnder(pairing, who);
      turnAway(io, who);
    },
    async permitChanged(account, permit) {
      tellPermit(io, account, permit);
      await withdrawForbidden(pairing, account, permit);
    },
  };
  const isOpen = (tenantId: string, now: number) => isOpenNow(db, tenantId, now);
  const online = (tenantId: string) => onlineNow({ db, clock, isOpen }, tenantId);
  const buttons = new ButtonWatch(async (name) => {
    const tenant = await findTenant(db);
    return tenant ? buttonState({ db, onlineNow: online }, tenant, name || undefined) : NO_BUTTON;
  });
  const look = () => buttons.refresh().catch((error: unknown) => core.log.error({ err: error }, 'buttons'));
  const chats: ChatContext = {
    db,
    clock,
    config,
    limiters,
    metrics,
    notice: chatNotice(io),
    isOpen,
    unread: (tenantId) => countNew(db, tenantId),
    withdrawRequest: (chatId) => withdrawRequest(pairing, chatId),
    recheck: () => void look(),
  };
  const secret = serverSecretIn(config.dataDir, config.serverSecret);
  const outbox = join(config.dataDir, 'outbox');
  const mail: MailContext = { db, clock, secret, limiters, outbox, authorities: deps.mailAuthorities };
  const origins = new Origins(config.origins, config.port);
  const log = http.log;
  const work = deps.proofWork ?? PROOF_WORK;
  const offline: OfflineContext = {
    db,
    clock,
    secret,
    limiters,
    metrics,
    mail,
    origins,
    work,
    log,
    notice: offlineNotice(io),
  };
  const core: Core = {
    db,
    clock,
    config,
    limiters,
    metrics,
    io,
    pairing,
    chats,
    chatSettings: { db, clock, changed: () => void look() },
    buttons,
    onlineNow: online,
    devices: {
      db,
      clock,
      notice: deviceNotice(io),
      whenRevoked: (device, account) => deviceRevoked(chats, account, { signKey: device.sign_key }),
    },
    accounts,
    mail,
    offline,
    origins,
    setupToken: deps.setupToken ?? setupTokenIn(undefined, config.setupToken),
    clientDir: deps.clientDir,
    helperDir: deps.helperDir,
    demo: deps.demo ?? false,
    addressOf: addressReader(config.trustedProxies),
    ready: () => serving,
    log,
  };
  openNamespaces(io, core);
  const routes = collectRoutes(http);
  await buildHttp(http, core);
  let releases: Release[] = [];

  return {
    core,
    http,
    routes,
    async start() {
      await http.listen({ port: config.port, host: config.host });
      const { port } = http.server.address() as AddressInfo;
      core.origins.listening(port);
      // Only after the port is ours: a second start by mistake must not touch the first one's sessions.
      await recoverSessions(pairing);
      await detachCustomers(db, clock.now());
      serving = true;
      releases = startJobs(core);
      return { url: core.origins.list[0] ?? '', port };
    },
    async stop() {
      serving = false;
      for (const release of releases) release();
      io.disconnectSockets(true);
      // Together: the one ends the sockets, the other the streams, and each waits until the port has nobody left.
      await Promise.all([io.close(), http.close()]);
    },
  };
}

/** Before set-up. */
const NO_BUTTON = { online: false, offlineMessages: false, picture: null };

function startJobs(core: Core): Release[] {
  const { accounts, chats, clock, config, log, offline, pairing } = core;
  const job = (name: string, work: () => Promise<unknown>) => async () => {
    try {
      await work();
    } catch (error) {
      log.error({ err: error, job: name }, 'job failed');
    }
  };
  const purging = job('purge', () => purge(core, config.retentionMs));
  void purging();
  return [
    clock.every(
      SECOND,
      job('sweep', () => sweepSessions(pairing)),
    ),
    clock.every(
      SECOND,
      job('buttons', () => core.buttons.refresh()),
    ),
    clock.every(
      SECOND,
      job('chats', async () => {
        await sweepChats(chats);
        await requeueAbandoned(chats, () => beatChats(core));
      }),
    ),
    clock.every(SECOND, job('places', placeTeller(chats))),
    clock.every(
      BEAT_MS,
      job('beat', () => beatChats(core)),
    ),
    clock.every(
      SECOND,
      job('helpers', () => sweepHelpers(pairing)),
    ),
    clock.every(
      MINUTE,
      job('sign-ins', () => expireSignIns(accounts)),
    ),
    clock.every(
      MINUTE,
      job('notices', () => sendNotices(offline)),
    ),
    clock.every(HOUR, purging),
  ];
}
