/** What sending mail works with. */
import type { Clock } from '../clock';
import type { Limiters } from '../limits/limiter';
import type { ServerSecret } from '../server-secret';
import type { Db } from '../store/schema';

export interface MailContext {
  db: Db;
  clock: Clock;
  secret: ServerSecret;
  limiters: Pick<Limiters, 'mailsPerAccount'>;
  /** Folder for mails of tenants without a mail server. */
  outbox: string;
  /** Certificate authorities in PEM instead of those that Node trusts; for tests. */
  authorities?: string | undefined;
}
