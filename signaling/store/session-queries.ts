/** Questions about many sessions: whose time is up, whose they are, how many. */
import type { EndReason, Party, Side } from '../../shared/protocol/common';
import type { Db, SessionState } from './schema';
import { COLUMNS, LIVE, type Ending } from './sessions';

/** Sessions whose time is up, with the reason. At most `BATCH` of each kind; the next sweep takes the rest. */
export async function dueSessions(db: Db, now: number, noAnswerMs: number): Promise<Ending[]> {
  const ids = () => db.selectFrom('sessions').select('id').limit(BATCH);
  const away = (side: Side) =>
    ids().where(COLUMNS[side].away, '<=', now).where('state', 'in', LIVE).execute();
  const expired = ids().where('state', '=', 'waiting').where('expires_at', '<=', now).execute();
  const silent = ids()
    .where('state', '=', 'joined')
    .where('redeemed_at', '<=', now - noAnswerMs)
    .execute();
  const as = (rows: { id: string }[], by: Party, reason: EndReason) =>
    rows.map(({ id }) => ({ id, by, reason }));
  return [
    ...as(await expired, 'server', 'expired'),
    ...as(await away('operator'), 'operator', 'left'),
    ...as(await away('customer'), 'customer', 'left'),
    ...as(await silent, 'server', 'no_answer'),
  ];
}

const BATCH = 500;

/** Sessions that end with an account's or a sign-in's right to be here. */
export async function sessionsUnder(
  db: Db,
  owner: { account: string } | { signIn: string },
): Promise<string[]> {
  const query = db.selectFrom('sessions').select('id').where('state', '<>', 'ended');
  const rows = await (
    'account' in owner
      ? query.where('operator_account', '=', owner.account)
      : query.where('sign_in', '=', owner.signIn)
  ).execute();
  return rows.map((row) => row.id);
}

/** Numbers an operator has out at the moment. */
export async function countLive(db: Db, account: string): Promise<number> {
  const row = await db
    .selectFrom('sessions')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('operator_account', '=', account)
    .where('state', '<>', 'ended')
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** How many sessions are in each state short of the end, for the metrics. */
export async function countStates(db: Db): Promise<Map<SessionState, number>> {
  const rows = await db
    .selectFrom('sessions')
    .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
    .where('state', 'in', ['waiting', 'joined', 'active'])
    .groupBy('state')
    .execute();
  return new Map(rows.map((row) => [row.state, Number(row.count)]));
}
