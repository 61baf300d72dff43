/** What a chat button shows at this moment (RS-124). */
import type { ButtonState } from '../../shared/protocol/embed';
import { findButtonSet } from '../store/button-sets';
import { findChatSettings } from '../store/chat-settings';
import type { Db, TenantRow } from '../store/schema';
import { findVault } from '../store/tenants';
import { disablesMessages } from './buttons';

/** Whether somebody is there for new conversations: an operator who may, within the business hours. */
export type OnlineNow = (tenantId: string) => Promise<boolean>;

export interface ButtonContext {
  db: Db;
  onlineNow: OnlineNow;
}

/** @param name of the button set; an unknown one is like none */
export async function buttonState(
  { db, onlineNow }: ButtonContext,
  { id }: Pick<TenantRow, 'id'>,
  name: string | undefined,
): Promise<ButtonState> {
  const [settings, vault, set] = [
    await findChatSettings(db, id),
    await findVault(db, id),
    name === undefined ? undefined : await findButtonSet(db, id, name),
  ];
  // Without the vault's card nothing can be sealed, so neither way leads anywhere.
  const sealable = typeof vault?.card === 'string';
  const online = sealable && (await onlineNow(id));
  const disabled = set !== undefined && (await disablesMessages(db, id, set));
  return {
    online,
    offlineMessages: sealable && settings.offlineMessages && !disabled,
    picture: (online ? set?.online : set?.offline) ?? null,
  };
}
