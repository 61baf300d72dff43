/** Ends the sessions whose time is up. */
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { EndReason, Party, Side } from '../../shared/protocol/common';
import type { Db, Schema } from './schema';
import { COLUMNS, FORGOTTEN, LIVE, type Ended } from './sessions';

export interface Patience {
  /** How long a session may be joined without becoming active. */
  noAnswerMs: number;
  /** How long a side that is said to have ended the session may take to say so itself. */
  pendingEndMs: number;
}

type Row = ExpressionBuilder<Schema, 'sessions'>;
/** A value, or the column that has it. */
type Told<Value> = Value | ((row: Row) => Expression<Value | null>);

/** At most these of each kind; the next sweep takes the rest. */
const BATCH = 500;

/**
 * Ends what is due, each kind in one statement: a side that comes back at the same moment either finds its session
 * ended or keeps it.
 * @returns the sessions that this call ended.
 */
export async function endDue(db: Db, now: number, patience: Patience): Promise<Ended[]> {
  const end = (by: Told<Party>, reason: Told<EndReason>, due: (row: Row) => Expression<SqlBool>) =>
    db
      .updateTable('sessions')
      .set({ ...FORGOTTEN, state: 'ended', ended_at: now, ended_by: by, end_reason: reason })
      .where(due)
      .where('id', 'in', db.selectFrom('sessions').select('id').where(due).limit(BATCH))
      .returning(['id', 'ended_by', 'end_reason', 'chat_id'])
      .execute();
  // Whoever reported the other side's end has nothing left to stay for.
  const left = (side: Side) =>
    end(side, 'left', (row) =>
      row.and([
        row(COLUMNS[side].away, '<=', now),
        row('state', 'in', LIVE),
        row.or([row('pending_end_by', 'is', null), row('pending_end_by', '=', side)]),
      ]),
    );

  const ended = [
    await end('server', 'expired', (row) =>
      row.and([row('state', '=', 'waiting'), row('expires_at', '<=', now)]),
    ),
    await left('operator'),
    await left('customer'),
    await end(
      (row) => row.ref('pending_end_by'),
      (row) => row.ref('pending_end_reason'),
      (row) =>
        row.and([row('state', '<>', 'ended'), row('pending_end_at', '<=', now - patience.pendingEndMs)]),
    ),
    await end('server', 'no_answer', (row) =>
      row.and([row('state', '=', 'joined'), row('redeemed_at', '<=', now - patience.noAnswerMs)]),
    ),
  ];
  return ended.flat().map(({ id, ended_by, end_reason, chat_id }) => ({
    id,
    by: ended_by ?? 'server',
    reason: end_reason ?? 'failed',
    chatId: chat_id,
  }));
}
