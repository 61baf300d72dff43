/** Everything the adapters (HTTP and sockets) stand on. Made once in `server.ts`. */
import type { FastifyBaseLogger } from 'fastify';
import type { Server } from 'socket.io';
import type { AccountsContext } from './accounts/context';
import type { RequestSource } from './address';
import type { OnlineNow } from './chat-settings/button-state';
import type { ButtonWatch } from './chat-settings/button-watch';
import type { ChatSettingsContext } from './chat-settings/context';
import type { ChatContext } from './chat/context';
import type { Clock } from './clock';
import type { Config } from './config';
import type { DevicesContext } from './devices/context';
import type { Limiters } from './limits/limiter';
import type { MailContext } from './mail/context';
import type { Metrics } from './metrics';
import type { OfflineContext } from './offline/context';
import type { Origins } from './origins';
import type { PairingContext } from './pairing/context';
import type { Db } from './store/schema';
import type { SetupToken } from './tenants/setup-token';

export interface Core {
  db: Db;
  clock: Clock;
  config: Config;
  origins: Origins;
  limiters: Limiters;
  metrics: Metrics;
  accounts: AccountsContext;
  pairing: PairingContext;
  chats: ChatContext;
  mail: MailContext;
  offline: OfflineContext;
  chatSettings: ChatSettingsContext;
  /** The chat buttons that are shown now, on any page. */
  buttons: ButtonWatch;
  onlineNow: OnlineNow;
  devices: DevicesContext;
  io: Server;
  setupToken: SetupToken;
  /** Folder with the built client, if there is one. */
  clientDir: string | undefined;
  /** Folder with the built helpers, if there is one. */
  helperDir: string | undefined;
  /** A throw-away installation; every page says so. */
  demo: boolean;
  addressOf(request: RequestSource): string;
  /** False until the store is in order after a start, and again while stopping. */
  ready(): boolean;
  log: Pick<FastifyBaseLogger, 'info' | 'warn' | 'error' | 'debug'>;
}
