import type { Db, MailSettingsTable } from './schema';

/** How the tenant sends mail, or undefined when it sends none. */
export const findMailSettings = (db: Db, tenantId: string): Promise<MailSettingsTable | undefined> =>
  db.selectFrom('mail_settings').selectAll().where('tenant_id', '=', tenantId).executeTakeFirst();

/** Puts the settings in place of those before. */
export async function saveMailSettings(db: Db, row: MailSettingsTable): Promise<void> {
  const { tenant_id: _, ...rest } = row;
  await db
    .insertInto('mail_settings')
    .values(row)
    .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet(rest))
    .execute();
}

/** @returns the host that was set, or nothing if none was */
export async function deleteMailSettings(db: Db, tenantId: string): Promise<string | undefined> {
  const row = await db
    .deleteFrom('mail_settings')
    .where('tenant_id', '=', tenantId)
    .returning('host')
    .executeTakeFirst();
  return row?.host;
}
