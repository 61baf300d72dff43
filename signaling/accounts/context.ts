import type { Permit } from '../../shared/protocol/http';
import type { Clock } from '../clock';
import type { Limiters } from '../limits/limiter';
import type { Metrics } from '../metrics';
import type { Db } from '../store/schema';
import type { Passwords } from './passwords';

/** Whose right to be here has ended. */
export type Revoked = { account: string } | { signIn: string };

export interface AccountsContext {
  db: Db;
  clock: Clock;
  passwords: Passwords;
  limiters: Pick<Limiters, 'loginsPerAddress'>;
  metrics: Metrics;
  /** Disconnects their desks and ends their sessions. */
  revoked(who: Revoked): Promise<void>;
  /** Tells their desks, and takes back unused numbers that could not be issued any more. */
  permitChanged(account: string, permit: Permit): Promise<void>;
}
