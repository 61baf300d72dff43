import type { Clock } from '../clock';
import type { Db } from '../store/schema';

export interface ChatSettingsContext {
  db: Db;
  clock: Clock;
  /** Something about the button may look different now. */
  changed(): void;
}
