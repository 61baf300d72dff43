/** Sessions as the administrator reads them afterwards. */
import type { SessionRow } from '../../shared/protocol/http';
import { pageOf } from './page';
import type { Db, SessionRecord } from './schema';
import { grantsOf } from './session-grants';

/** Newest first. */
export async function listSessions(
  db: Db,
  tenantId: string,
  page: { before?: number | undefined; limit: number },
): Promise<SessionRow[]> {
  const rows = db
    .selectFrom('sessions')
    .leftJoin('helpers', 'helpers.session_id', 'sessions.id')
    .selectAll('sessions')
    .select(['helpers.version as helper_version', 'helpers.system_version as helper_system'])
    .where('sessions.tenant_id', '=', tenantId)
    .orderBy('issued_at', 'desc')
    .orderBy('sessions.id');
  const found = await pageOf<AuditRecord>(page, (row) => row.issued_at, {
    first: (before, limit) =>
      (before === undefined ? rows : rows.where('issued_at', '<', before)).limit(limit).execute(),
    at: (time) => rows.where('issued_at', '=', time).execute(),
  });
  const grants = await grantsOf(
    db,
    found.map((row) => row.id),
  );
  return found.map((row) => ({ ...toSessionRow(row), grants: grants.get(row.id) ?? [] }));
}

type AuditRecord = SessionRecord & { helper_version: string | null; helper_system: string | null };

const toSessionRow = (row: AuditRecord): Omit<SessionRow, 'grants'> => ({
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
  // The customer may choose windows although nobody asked for it.
  windowsOnly: row.app_selection === 1 || row.windows !== null,
  windows: row.windows,
  helperVersion: row.helper_version,
  helperSystem: row.helper_system,
});

/** Removes sessions that ended before `before`; a live one is never removed. Their helper and grants go along. */
export async function purgeSessions(db: Db, before: number): Promise<number> {
  const result = await db
    .deleteFrom('sessions')
    .where('state', '=', 'ended')
    .where('ended_at', '<', before)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
