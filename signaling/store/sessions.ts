/** The steps of a session's life, each one atomic statement: whoever changes the row has won. */
import { sql } from 'kysely';
import {
  otherSide,
  type EndReason,
  type NetworkReport,
  type Party,
  type Side,
} from '../../shared/protocol/common';
import type { Join } from '../../shared/protocol/customer';
import type { Db, Mailed, SessionRecord, SessionState } from './schema';

/** Codes are of no use without these; an ended session keeps none of them. */
export const FORGOTTEN = {
  rdv: null,
  share: null,
  operator_resume: null,
  customer_resume: null,
  operator_socket: null,
  customer_socket: null,
  operator_away_until: null,
  customer_away_until: null,
  pending_end_by: null,
  pending_end_reason: null,
  pending_end_at: null,
} as const;

const UNBORN = {
  ...FORGOTTEN,
  path: 'code',
  state: 'waiting',
  customer_address: null,
  redeemed_at: null,
  consent: null,
  consent_at: null,
  started_at: null,
  ended_at: null,
  ended_by: null,
  end_reason: null,
  route: null,
  protocol: null,
  dtls_cipher: null,
  srtp_cipher: null,
  windows: null,
  chat_id: null,
  mailed: null,
} as const;

/** States with both sides in them. */
export const LIVE: SessionState[] = ['joined', 'active'];

export type NewSession = Pick<
  SessionRecord,
  | 'id'
  | 'tenant_id'
  | 'operator_account'
  | 'operator_id'
  | 'operator_name'
  | 'sign_in'
  | 'mode'
  | 'rdv'
  | 'operator_resume'
  | 'operator_socket'
  | 'issued_at'
  | 'expires_at'
  | 'app_selection'
> &
  Partial<Pick<SessionRecord, 'path' | 'chat_id'>>;

/** @returns false if the rendezvous is in use. */
export async function insertSession(db: Db, row: NewSession): Promise<boolean> {
  const result = await db
    .insertInto('sessions')
    .values({ ...UNBORN, ...row })
    .onConflict((conflict) => conflict.column('rdv').doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows) === 1;
}

/**
 * The link of a session that still waits was mailed; what the server itself has sent is the stronger word.
 * @returns false if that was known, or the session waits no more
 */
export async function markMailed(db: Db, id: string, mailed: Mailed): Promise<boolean> {
  const update = db
    .updateTable('sessions')
    .set({ mailed })
    .where('id', '=', id)
    .where('state', '=', 'waiting');
  const news =
    mailed === 'own'
      ? update.where('mailed', 'is', null)
      : update.where((is) => is.or([is('mailed', 'is', null), is('mailed', '<>', mailed)]));
  return Number((await news.executeTakeFirst()).numUpdatedRows) === 1;
}

export interface Redemption extends Join {
  now: number;
  address: string;
  resumeHash: string;
  socketId: string;
  /** How long an absent operator may take to come back. */
  awayUntil: number;
}

/** A link may have been handed over in any way; only of a mailed one the server knows that it was (RS-72, RS-83). */
const OF_LINK = sql<'code' | 'mail'>`case when mailed is null then 'code' else 'mail' end`;

/**
 * Redeems a rendezvous: of any number of simultaneous attempts exactly one gets the row. Wrong, expired, withdrawn,
 * used and another company's code all match nothing.
 */
export function redeem(db: Db, join: Redemption): Promise<SessionRecord | undefined> {
  const { now, subscriber } = join;
  const update = db
    .updateTable('sessions')
    .set({
      state: 'joined',
      path: join.path === 'link' ? OF_LINK : join.path,
      share: join.share,
      customer_resume: join.resumeHash,
      customer_socket: join.socketId,
      customer_address: join.address,
      redeemed_at: now,
      customer_away_until: null,
      operator_away_until: sql<
        number | null
      >`case when operator_socket is null then ${sql.lit(join.awayUntil)} end`,
    })
    .where('rdv', '=', join.rdv)
    .where('state', '=', 'waiting')
    .where('expires_at', '>', now);
  const own = subscriber
    ? update.where(
        'tenant_id',
        'in',
        db.selectFrom('tenants').select('id').where('subscriber', '=', subscriber),
      )
    : update;
  return own.returningAll().executeTakeFirst();
}

export const findSession = (db: Db, id: string): Promise<SessionRecord | undefined> =>
  db.selectFrom('sessions').selectAll().where('id', '=', id).executeTakeFirst();

/** Where each side's presence stands. */
export const COLUMNS = {
  operator: { socket: 'operator_socket', away: 'operator_away_until', resume: 'operator_resume' },
  customer: { socket: 'customer_socket', away: 'customer_away_until', resume: 'customer_resume' },
} as const;

export interface Attachment {
  id: string;
  resumeHash: string;
  socketId: string;
  /** The operator's account and sign-in; the session then belongs to that sign-in. */
  operator?: { account: string; signIn: string };
}

/** Puts a socket in place of whichever was there. @returns nothing if the session is over or not theirs. */
export function attach(db: Db, side: Side, wish: Attachment): Promise<SessionRecord | undefined> {
  const column = COLUMNS[side];
  const update = db
    .updateTable('sessions')
    .set({ [column.socket]: wish.socketId, [column.away]: null })
    .where('id', '=', wish.id)
    .where('state', '<>', 'ended')
    .where(column.resume, '=', wish.resumeHash);
  const own = wish.operator
    ? update.set({ sign_in: wish.operator.signIn }).where('operator_account', '=', wish.operator.account)
    : update;
  return own.returningAll().executeTakeFirst();
}

/**
 * The socket has gone. Only the attached one counts, in whatever order the news arrive. A session that still waits
 * for its customer may be without its operator until it expires.
 * @returns the session if that side is now absent.
 */
export function detach(
  db: Db,
  side: Side,
  gone: { id: string; socketId: string; awayUntil: number },
): Promise<SessionRecord | undefined> {
  const column = COLUMNS[side];
  return db
    .updateTable('sessions')
    .set({
      [column.socket]: null,
      [column.away]: sql`case when state = 'waiting' then expires_at else ${sql.lit(gone.awayUntil)} end`,
    })
    .where('id', '=', gone.id)
    .where('state', '<>', 'ended')
    .where(column.socket, '=', gone.socketId)
    .returningAll()
    .executeTakeFirst();
}

/** After a restart nobody is attached; everybody who was there gets the grace time to come back. */
export async function detachAll(db: Db, awayUntil: number): Promise<void> {
  const until = sql.lit(awayUntil);
  await db
    .updateTable('sessions')
    .set({
      operator_socket: null,
      customer_socket: null,
      operator_away_until: sql<number>`case when state = 'waiting' then expires_at else ${until} end`,
      customer_away_until: sql<number | null>`case when state = 'waiting' then null else ${until} end`,
    })
    .where('state', '<>', 'ended')
    .execute();
}

/**
 * The customer's grant; the first one counts, and its repetitions change nothing. (A refusal is recorded by `endRow`.)
 * @returns false if the session is over.
 */
export async function recordGrant(db: Db, id: string, now: number): Promise<boolean> {
  const result = await db
    .updateTable('sessions')
    .set({ consent: 'granted', consent_at: sql<number>`coalesce(consent_at, ${sql.lit(now)})` })
    .where('id', '=', id)
    .where('state', 'in', LIVE)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}

/**
 * The first report starts the session; later ones only tell of a changed route.
 * @returns false if the session is over, or the customer has not agreed.
 */
export async function recordConnected(
  db: Db,
  id: string,
  network: NetworkReport,
  now: number,
): Promise<boolean> {
  const result = await db
    .updateTable('sessions')
    .set({
      state: 'active',
      started_at: sql<number>`coalesce(started_at, ${sql.lit(now)})`,
      route: network.route,
      protocol: network.protocol,
      dtls_cipher: network.dtlsCipher,
      srtp_cipher: network.srtpCipher,
    })
    .where('id', '=', id)
    .where('state', 'in', LIVE)
    .where('consent', '=', 'granted')
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}

/** How many windows the side that shares has chosen. @returns false if the session is over. */
export async function recordWindows(db: Db, id: string, windows: number): Promise<boolean> {
  const result = await db
    .updateTable('sessions')
    .set({ windows })
    .where('id', '=', id)
    .where('state', 'in', LIVE)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}

export interface Ending {
  id: string;
  by: Party;
  reason: EndReason;
}

/** An end that has happened. */
export interface Ended extends Ending {
  /** The conversation the session was asked for in: its customer may not have been part of the session yet. */
  chatId: string | null;
}

/**
 * Ends a session and forgets its secrets; a customer who declines has decided, unless that was recorded before.
 * @returns the row for the one caller that ended it.
 */
export function endRow(db: Db, { id, by, reason }: Ending, now: number): Promise<SessionRecord | undefined> {
  const update = db
    .updateTable('sessions')
    .set({ ...FORGOTTEN, state: 'ended', ended_at: now, ended_by: by, end_reason: reason })
    .where('id', '=', id)
    .where('state', '<>', 'ended');
  const told =
    by === 'customer' && reason === 'declined'
      ? update.set({
          consent: sql<'granted' | 'declined'>`coalesce(consent, 'declined')`,
          consent_at: sql<number>`coalesce(consent_at, ${sql.lit(now)})`,
        })
      : update;
  return told.returningAll().executeTakeFirst();
}

/**
 * Remembers that `by` is said to have ended the session, if that side is attached and can say so itself. What was
 * said first stands.
 * @returns false if that side is away, or the session over.
 */
export async function pendEnd(
  db: Db,
  { id, by, reason }: Ending & { by: Side },
  now: number,
): Promise<boolean> {
  const result = await db
    .updateTable('sessions')
    .set(({ fn, val }) => ({
      pending_end_by: fn.coalesce('pending_end_by', val(by)),
      pending_end_reason: fn.coalesce('pending_end_reason', val(reason)),
      pending_end_at: sql<number>`coalesce(pending_end_at, ${sql.lit(now)})`,
    }))
    .where('id', '=', id)
    .where('state', '<>', 'ended')
    .where(COLUMNS[by].socket, 'is not', null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}

/** Whether the socket of the other side is in place. */
export const peerPresent = (row: SessionRecord, side: Side): boolean =>
  row[COLUMNS[otherSide(side)].socket] !== null;
