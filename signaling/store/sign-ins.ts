import { sql } from 'kysely';
import type { Role } from '../../shared/protocol/http';
import type { Db, SignInRow } from './schema';

export async function insertSignIn(db: Db, row: SignInRow): Promise<void> {
  await db.insertInto('sign_ins').values(row).execute();
}

export const findSignIn = (
  db: Db,
  by: { tokenHash: string; role: Role } | { id: string },
): Promise<SignInRow | undefined> => {
  const query = db.selectFrom('sign_ins').selectAll();
  return (
    'id' in by
      ? query.where('id', '=', by.id)
      : query.where('token_hash', '=', by.tokenHash).where('role', '=', by.role)
  ).executeTakeFirst();
};

export async function touchSignIn(db: Db, id: string, seenAt: number): Promise<void> {
  await db.updateTable('sign_ins').set({ seen_at: seenAt }).where('id', '=', id).execute();
}

/** @returns false if it was gone already. */
export async function deleteSignIn(db: Db, id: string): Promise<boolean> {
  const result = await db.deleteFrom('sign_ins').where('id', '=', id).executeTakeFirst();
  return Number(result.numDeletedRows) === 1;
}

export async function deleteSignInsOf(db: Db, accountId: string): Promise<void> {
  await db.deleteFrom('sign_ins').where('account_id', '=', accountId).execute();
}

/** Removes and returns sign-ins not seen since `idleSince` or begun before `bornBefore`. */
export const takeExpiredSignIns = (
  db: Db,
  limits: { idleSince: number; bornBefore: number },
): Promise<{ id: string }[]> =>
  db
    .deleteFrom('sign_ins')
    .where((is) => is.or([is('seen_at', '<=', limits.idleSince), is('created_at', '<=', limits.bornBefore)]))
    .returning('id')
    .execute();

export interface LoginKey {
  tenantId: string;
  role: Role;
  key: string;
}

/**
 * Counts one attempt before the password is even looked at, so that a hundred at once are counted too. The attempt
 * that reaches `limit` locks; a success afterwards clears it.
 * @returns the number of failures including this attempt, or undefined if the ID is locked now.
 */
export async function countAttempt(
  db: Db,
  { tenantId, role, key }: LoginKey,
  rule: { now: number; limit: number; lockedUntil: number },
): Promise<number | undefined> {
  const { now, limit, lockedUntil } = rule;
  const over = sql<boolean>`login_failures.locked_until is not null`;
  const next = sql<number>`case when ${over} then 1 else login_failures.failures + 1 end`;
  const row = await db
    .insertInto('login_failures')
    .values({
      tenant_id: tenantId,
      role,
      login_key: key,
      failures: 1,
      failed_at: now,
      locked_until: null,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'role', 'login_key'])
        .doUpdateSet({
          failures: next,
          failed_at: now,
          locked_until: sql<number | null>`case when ${over} then null
            when login_failures.failures + 1 >= ${limit} then ${sql.lit(lockedUntil)} else null end`,
        })
        .where((is) =>
          is.or([
            is('login_failures.locked_until', 'is', null),
            is('login_failures.locked_until', '<=', now),
          ]),
        ),
    )
    .returning('failures')
    .executeTakeFirst();
  return row?.failures;
}

export async function lockedUntil(db: Db, who: LoginKey, now: number): Promise<number | null> {
  const row = await db
    .selectFrom('login_failures')
    .select('locked_until')
    .where('tenant_id', '=', who.tenantId)
    .where('role', '=', who.role)
    .where('login_key', '=', who.key)
    .where('locked_until', '>', now)
    .executeTakeFirst();
  return row?.locked_until ?? null;
}

/** Locked operator IDs with the end of their lock. */
export async function locksOf(db: Db, tenantId: string, now: number): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('login_failures')
    .select(['login_key', 'locked_until'])
    .where('tenant_id', '=', tenantId)
    .where('role', '=', 'operator')
    .where('locked_until', '>', now)
    .execute();
  return new Map(rows.map((row) => [row.login_key, row.locked_until ?? 0]));
}

export async function clearFailures(db: Db, who: LoginKey): Promise<void> {
  await db
    .deleteFrom('login_failures')
    .where('tenant_id', '=', who.tenantId)
    .where('role', '=', who.role)
    .where('login_key', '=', who.key)
    .execute();
}

/** Typed IDs need not exist, so this table must be kept small. */
export async function purgeFailures(db: Db, before: number): Promise<void> {
  await db.deleteFrom('login_failures').where('failed_at', '<', before).execute();
}
