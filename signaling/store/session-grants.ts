/** What a helper was allowed, change by change, for the audit. */
import type { Grants } from '../../shared/protocol/helper';
import type { SessionRow } from '../../shared/protocol/http';
import type { Db } from './schema';

/** More switching than a person does in a session; what comes after is refused. */
export const MAX_GRANT_ROWS = 500;
/** Two servers may write for one session only while a helper moves from one to the other. */
const ATTEMPTS = 3;

/**
 * Appends the grants as they are now; the same as before is no change.
 * @returns false if the session has as many rows as it may have
 */
export async function appendGrants(
  db: Db,
  session: { id: string; tenant_id: string },
  grants: Grants,
  now: number,
): Promise<boolean> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const last = await db
      .selectFrom('session_grants')
      .select(['n', 'input', 'clipboard'])
      .where('session_id', '=', session.id)
      .orderBy('n', 'desc')
      .limit(1)
      .executeTakeFirst();
    const [input, clipboard] = [Number(grants.input), Number(grants.clipboard)];
    if (last?.input === input && last.clipboard === clipboard) return true;
    const n = (last?.n ?? 0) + 1;
    // That everything is off again is always written: the audit must not end with a right that nobody has.
    if (n > MAX_GRANT_ROWS && (grants.input || grants.clipboard)) return false;
    const result = await db
      .insertInto('session_grants')
      .values({ session_id: session.id, n, tenant_id: session.tenant_id, at: now, input, clipboard })
      .onConflict((conflict) => conflict.columns(['session_id', 'n']).doNothing())
      .executeTakeFirst();
    if (Number(result.numInsertedOrUpdatedRows) === 1) return true;
  }
  throw new Error('grants of one session are written from too many places');
}

/** The grants of these sessions, oldest first. */
export async function grantsOf(db: Db, sessionIds: string[]): Promise<Map<string, SessionRow['grants']>> {
  const found = new Map<string, SessionRow['grants']>();
  if (sessionIds.length === 0) return found;
  const rows = await db
    .selectFrom('session_grants')
    .select(['session_id', 'at', 'input', 'clipboard'])
    .where('session_id', 'in', sessionIds)
    .orderBy('session_id')
    .orderBy('n')
    .execute();
  for (const { session_id, at, input, clipboard } of rows) {
    const list = found.get(session_id) ?? [];
    list.push({ at, input: input === 1, clipboard: clipboard === 1 });
    found.set(session_id, list);
  }
  return found;
}
