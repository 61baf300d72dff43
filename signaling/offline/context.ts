/** What offline messages work with. They know no transport: `notice` tells the desks, or a test. */
import type { Clock } from '../clock';
import type { Limiters } from '../limits/limiter';
import type { MailContext } from '../mail/context';
import type { Metrics } from '../metrics';
import type { Origins } from '../origins';
import type { ServerSecret } from '../server-secret';
import type { Db } from '../store/schema';
import type { ProofWork } from './proof';

export interface OfflineNotice {
  /** The desks of the tenant hear how many messages nobody has answered. */
  unread(tenantId: string, unread: number): void;
}

export interface OfflineContext {
  db: Db;
  clock: Clock;
  secret: ServerSecret;
  limiters: Pick<Limiters, 'offlinePerAddress'>;
  metrics: Pick<Metrics, 'offlineMessages'>;
  origins: Pick<Origins, 'list'>;
  mail: MailContext;
  work: ProofWork;
  notice: OfflineNotice;
  log: { warn(details: object, text: string): void };
}
