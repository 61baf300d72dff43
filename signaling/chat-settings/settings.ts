/** What the administrator sets about the chat button: origins, offline messages, business hours. */
import type { ChatSettings } from '../../shared/protocol/embed';
import { ProtocolError } from '../../shared/protocol/errors';
import type { Author } from '../accounts/operators';
import { writeLog } from '../audit/admin-log';
import { saveChatSettings } from '../store/chat-settings';
import type { TenantRow } from '../store/schema';
import type { ChatSettingsContext } from './context';
import { areHoursSound } from './hours';

/** @throws ProtocolError `invalid` with the field `hours` for an unknown zone, or a range that ends before it begins */
export async function changeChatSettings(
  { db, clock, changed }: ChatSettingsContext,
  tenant: TenantRow,
  author: Author,
  wish: ChatSettings,
): Promise<ChatSettings> {
  if (!areHoursSound(wish.hours)) throw new ProtocolError('invalid', { fields: ['hours'] });
  const settings = { ...wish, origins: [...new Set(wish.origins)] };
  await db.transaction().execute(async (transaction) => {
    await saveChatSettings(transaction, tenant.id, settings);
    await writeLog(
      { db: transaction, clock },
      { ...author, tenantId: tenant.id, action: 'chat.settings', subject: tenant.subscriber },
    );
  });
  changed();
  return settings;
}
