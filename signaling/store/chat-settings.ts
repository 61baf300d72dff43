import { BusinessHours, ChatSettings } from '../../shared/protocol/embed';
import type { Db } from './schema';

/** What holds until the administrator says otherwise: every site, always open, messages are taken. */
export const DEFAULT_CHAT_SETTINGS: ChatSettings = {
  origins: [],
  offlineMessages: true,
  hours: { zone: 'Asia/Tokyo', week: null },
};

/** What the administrator has set, or what holds until then. */
export async function findChatSettings(db: Db, tenantId: string): Promise<ChatSettings> {
  const row = await db
    .selectFrom('chat_settings')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .executeTakeFirst();
  if (!row) return DEFAULT_CHAT_SETTINGS;
  return {
    origins: ChatSettings.shape.origins.parse(JSON.parse(row.origins)),
    offlineMessages: row.offline_messages === 1,
    hours: BusinessHours.parse(JSON.parse(row.hours)),
  };
}

/** Puts the settings in place of those before. */
export async function saveChatSettings(db: Db, tenantId: string, settings: ChatSettings): Promise<void> {
  const row = {
    origins: JSON.stringify(settings.origins),
    offline_messages: settings.offlineMessages ? 1 : 0,
    hours: JSON.stringify(settings.hours),
  };
  await db
    .insertInto('chat_settings')
    .values({ tenant_id: tenantId, ...row })
    .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet(row))
    .execute();
}
