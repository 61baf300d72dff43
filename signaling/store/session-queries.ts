/** Questions about many sessions: whose they are, how many. */
import type { Db, SessionRecord, SessionState } from './schema';

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

/** An operator's numbers that nobody has typed yet. */
export const waitingOf = (
  db: Db,
  account: string,
): Promise<Pick<SessionRecord, 'id' | 'mode' | 'app_selection'>[]> =>
  db
    .selectFrom('sessions')
    .select(['id', 'mode', 'app_selection'])
    .where('operator_account', '=', account)
    .where('state', '=', 'waiting')
    .execute();

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
