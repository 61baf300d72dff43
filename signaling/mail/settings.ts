/** The tenant's mail server as the administrator sets it. */
import { ProtocolError } from '../../shared/protocol/errors';
import type { MailSettings, MailSettingsShown } from '../../shared/protocol/mail';
import type { Author } from '../accounts/operators';
import { writeLog } from '../audit/admin-log';
import { deleteMailSettings, findMailSettings, saveMailSettings } from '../store/mail-settings';
import type { MailSettingsTable, TenantRow } from '../store/schema';
import type { MailContext } from './context';
import { openPassword, sealPassword, type LoginPlace } from './password-box';
import type { MailServer } from './smtp';

const shownOf = (row: MailSettingsTable) => ({
  host: row.host,
  port: row.port,
  security: row.security,
  user: row.user_name,
  fromName: row.from_name,
  fromAddress: row.from_address,
});

async function passwordOf(context: MailContext, row: MailSettingsTable): Promise<string | null> {
  if (row.password_box === null) return null;
  return openPassword(context.secret, shownOf(row), row.password_box);
}

/** What the administrator's page shows; the password never leaves the server. */
export async function mailSettingsOf(context: MailContext, tenantId: string): Promise<MailSettingsShown> {
  const row = await findMailSettings(context.db, tenantId);
  return row ? { ...shownOf(row), hasPassword: (await passwordOf(context, row)) !== null } : null;
}

/** The address that mail of this tenant comes from, or null while it sends none. */
export const mailSender = async ({ db }: Pick<MailContext, 'db'>, tenantId: string): Promise<string | null> =>
  (await findMailSettings(db, tenantId))?.from_address ?? null;

/** The mail server with its password, or null when none is set. */
export async function mailServerOf(context: MailContext, tenantId: string): Promise<MailServer | null> {
  const row = await findMailSettings(context.db, tenantId);
  return row ? { ...shownOf(row), password: (await passwordOf(context, row)) ?? '' } : null;
}

/**
 * Settings with their password: the typed one, or the stored one where it was left out and would go to the same place.
 * @throws ProtocolError `invalid` naming `password` when it must be typed
 */
export async function withPassword(
  context: MailContext,
  tenantId: string,
  { password, ...settings }: MailSettings,
): Promise<MailServer> {
  if (settings.user === '') return { ...settings, password: '' };
  if (password !== undefined) return { ...settings, password };
  const row = await findMailSettings(context.db, tenantId);
  const stored = row && isSamePlace(shownOf(row), settings) ? await passwordOf(context, row) : null;
  if (stored === null) throw new ProtocolError('invalid', { fields: ['password'] });
  return { ...settings, password: stored };
}

const isSamePlace = (a: LoginPlace, b: LoginPlace): boolean =>
  a.host.toLowerCase() === b.host.toLowerCase() && a.port === b.port && a.user === b.user;

/** Puts new settings in place of those before. */
export async function changeMailSettings(
  context: MailContext,
  tenant: TenantRow,
  author: Author,
  settings: MailSettings,
): Promise<MailSettingsShown> {
  const { password, ...server } = await withPassword(context, tenant.id, settings);
  const sealed = server.user === '' ? null : await sealPassword(context.secret, server, password);
  await context.db.transaction().execute(async (db) => {
    await saveMailSettings(db, {
      tenant_id: tenant.id,
      host: server.host,
      port: server.port,
      security: server.security,
      user_name: server.user,
      password_box: sealed,
      from_name: server.fromName,
      from_address: server.fromAddress,
    });
    const subject = server.host;
    await writeLog({ ...context, db }, { tenantId: tenant.id, ...author, action: 'mail.changed', subject });
  });
  return mailSettingsOf(context, tenant.id);
}

/** Sends nothing any more. */
export async function removeMailSettings(
  context: MailContext,
  tenant: TenantRow,
  author: Author,
): Promise<void> {
  await context.db.transaction().execute(async (db) => {
    const subject = await deleteMailSettings(db, tenant.id);
    if (subject === undefined) return;
    await writeLog({ ...context, db }, { tenantId: tenant.id, ...author, action: 'mail.removed', subject });
  });
}
