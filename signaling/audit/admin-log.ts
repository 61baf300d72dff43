/** The administration log (RS-44, RS-129): who did what, from where. */
import { v7 as timedId } from 'uuid';
import type { Role } from '../../shared/protocol/http';
import type { Clock } from '../clock';
import { insertLogRow } from '../store/admin-log';
import type { Db } from '../store/schema';

export type LogAction =
  | 'setup'
  | 'login'
  | 'login.failed'
  | 'login.blocked'
  | 'logout'
  | 'operator.added'
  | 'operator.changed'
  | 'operator.permit'
  | 'mail.changed'
  | 'mail.removed'
  | 'session.mailed'
  | 'session.drafted'
  | 'device.approved'
  | 'device.revoked'
  | 'vault.card'
  | 'chat.settings'
  | 'chat.blocked'
  | 'chat.unblocked'
  | 'button.saved'
  | 'button.removed'
  | 'picture.saved'
  | 'picture.removed'
  | 'reply.saved'
  | 'reply.deleted';

export interface LogLine {
  tenantId: string;
  /** `administrator:ID`, `operator:ID`, or `cli`. */
  actor: string;
  action: LogAction;
  subject: string;
  address: string | null;
}

export const actorName = (role: Role, id: string): string => `${role}:${id}`;

/** Appends a line. Its id grows with each, so lines of one millisecond keep their order. */
export async function writeLog(context: { db: Db; clock: Clock }, line: LogLine): Promise<void> {
  await insertLogRow(context.db, { ...line, id: timedId(), at: context.clock.now() });
}
