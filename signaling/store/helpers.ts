/** The helper of a session: offered, attached, away, gone. Each step is one atomic statement, as in sessions.ts. */
import type { HelperSystem } from '../../shared/protocol/helper';
import type { Db, HelperRecord } from './schema';
import { LIVE } from './sessions';

/** What is of no use once the helper is gone; version and system stay for the audit. */
const GONE = { rdv: null, expires_at: null, socket: null, resume: null, away_until: null } as const;

export const findHelper = (db: Db, sessionId: string): Promise<HelperRecord | undefined> =>
  db.selectFrom('helpers').selectAll().where('session_id', '=', sessionId).executeTakeFirst();

export interface NewOffer {
  sessionId: string;
  tenantId: string;
  rdv: string;
  now: number;
  expiresAt: number;
}

/** Whether another session's helper goes by that rendezvous. */
export async function rendezvousTaken(db: Db, rdv: string, sessionId: string): Promise<boolean> {
  const row = await db
    .selectFrom('helpers')
    .select('session_id')
    .where('rdv', '=', rdv)
    .where('session_id', '<>', sessionId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Announces a helper in place of one that has not come. @returns false if one is attached, or away for a while. */
export async function offerHelper(db: Db, offer: NewOffer): Promise<boolean> {
  const fresh = { ...GONE, rdv: offer.rdv, offered_at: offer.now, expires_at: offer.expiresAt };
  const result = await db
    .insertInto('helpers')
    .values({
      ...fresh,
      session_id: offer.sessionId,
      tenant_id: offer.tenantId,
      attached_at: null,
      version: null,
      system: null,
      system_version: null,
    })
    .onConflict((conflict) =>
      conflict.column('session_id').doUpdateSet(fresh).where('helpers.resume', 'is', null),
    )
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows) === 1;
}

export interface HelperRedemption {
  rdv: string;
  now: number;
  socketId: string;
  resumeHash: string;
  version: string;
  system: HelperSystem;
  systemVersion: string;
}

/**
 * Redeems an offer: of any number of simultaneous attempts exactly one gets the row. Wrong, used, replaced and expired
 * ones match nothing, and neither does one whose session is over.
 */
export const redeemHelper = (db: Db, wish: HelperRedemption): Promise<HelperRecord | undefined> =>
  db
    .updateTable('helpers')
    .set({
      rdv: null,
      expires_at: null,
      attached_at: wish.now,
      socket: wish.socketId,
      resume: wish.resumeHash,
      away_until: null,
      version: wish.version,
      system: wish.system,
      system_version: wish.systemVersion,
    })
    .where('rdv', '=', wish.rdv)
    .where('expires_at', '>', wish.now)
    .where('session_id', 'in', agreedTo(db))
    .returningAll()
    .executeTakeFirst();

/** Sessions in which a helper may be: both sides are known and the customer has agreed. */
const agreedTo = (db: Db) =>
  db.selectFrom('sessions').select('id').where('state', 'in', LIVE).where('consent', '=', 'granted');

/** Puts a socket in place of whichever was there. @returns nothing if the helper is gone or the token is not its own. */
export const reattachHelper = (
  db: Db,
  { sessionId, resumeHash, socketId }: { sessionId: string; resumeHash: string; socketId: string },
): Promise<HelperRecord | undefined> =>
  db
    .updateTable('helpers')
    .set({ socket: socketId, away_until: null })
    .where('session_id', '=', sessionId)
    .where('resume', '=', resumeHash)
    .where('session_id', 'in', agreedTo(db))
    .returningAll()
    .executeTakeFirst();

/** The socket has gone; only the attached one counts. @returns the helper if it is now away. */
export const detachHelper = (
  db: Db,
  gone: { sessionId: string; socketId: string; awayUntil: number },
): Promise<HelperRecord | undefined> =>
  db
    .updateTable('helpers')
    .set({ socket: null, away_until: gone.awayUntil })
    .where('session_id', '=', gone.sessionId)
    .where('socket', '=', gone.socketId)
    .returningAll()
    .executeTakeFirst();

/** After a restart no helper is attached; those of live sessions get the grace time, the others are forgotten. */
export async function detachAllHelpers(db: Db, awayUntil: number): Promise<void> {
  await db
    .updateTable('helpers')
    .set({ socket: null, away_until: awayUntil })
    .where('resume', 'is not', null)
    .execute();
  await db
    .updateTable('helpers')
    .set(GONE)
    .where('session_id', 'in', db.selectFrom('sessions').select('id').where('state', '=', 'ended'))
    .where((row) => row.or([row('rdv', 'is not', null), row('resume', 'is not', null)]))
    .execute();
}

/** Forgets the live part of these sessions' helpers. @returns the sessions that had one, or an offer of one. */
export async function forgetHelpers(db: Db, sessionIds: string[]): Promise<string[]> {
  if (sessionIds.length === 0) return [];
  const rows = await db
    .updateTable('helpers')
    .set(GONE)
    .where('session_id', 'in', sessionIds)
    .where((row) => row.or([row('rdv', 'is not', null), row('resume', 'is not', null)]))
    .returning('session_id')
    .execute();
  return rows.map((row) => row.session_id);
}

/** Forgets offers nobody took and helpers that stayed away too long. @returns their sessions */
export async function forgetDueHelpers(db: Db, now: number): Promise<string[]> {
  const rows = await db
    .updateTable('helpers')
    .set(GONE)
    .where((row) => row.or([row('expires_at', '<=', now), row('away_until', '<=', now)]))
    .returning('session_id')
    .execute();
  return rows.map((row) => row.session_id);
}
