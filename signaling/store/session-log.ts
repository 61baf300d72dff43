/** Sessions as the administrator reads them afterwards. */
import type { SessionRow } from '../../shared/protocol/http';
import { pageOf } from './page';
import type { Db, SessionRecord } from './schema';

/** Newest first. */
export async function listSessions(
  db: Db,
  tenantId: string,
  page: { before?: number | undefined; limit: number },
): Promise<SessionRow[]> {
  const rows = db
    .selectFrom('sessions')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .orderBy('issued_at', 'desc')
    .orderBy('id');
  const found = await pageOf<SessionRecord>(page, (row) => row.issued_at, {
    first: (before, limit) =>
      (before === undefined ? rows : rows.where('issued_at', '<', before)).limit(limit).execute(),
    at: (time) => rows.where('issued_at', '=', time).execute(),
  });
  return found.map(toSessionRow);
}

const toSessionRow = (row: SessionRecord): SessionRow => ({
  id: row.id,
  operatorId: row.operator_id,
  operatorName: row.operator_name,
  path: row.path,
  mode: row.mode,
  customerAddress: row.customer_address,
  issuedAt: row.issued_at,
  redeemedAt: row.redeemed_at,
  consent: row.consent,
  consentAt: row.consent_at,
  startedAt: row.started_at,
  endedAt: row.ended_at,
  endedBy: row.ended_by,
  endReason: row.end_reason,
  route: row.route,
  protocol: row.protocol,
  dtlsCipher: row.dtls_cipher,
  srtpCipher: row.srtp_cipher,
});

/** Removes sessions that ended before `before`; a live one is never removed. */
export async function purgeSessions(db: Db, before: number): Promise<number> {
  const result = await db
    .deleteFrom('sessions')
    .where('state', '=', 'ended')
    .where('ended_at', '<', before)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
