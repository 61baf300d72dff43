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

/**
 * Whether messages may be left while nobody is there: not switched off, neither for all buttons nor for this one (RS-32).
 * @param name of the button set; an unknown one is like none
 */
export async function takesMessages(db: Db, tenantId: string, name: string | undefined): Promise<boolean> {
  const { offlineMessages } = await findChatSettings(db, tenantId);
  if (!offlineMessages || name === undefined) return offlineMessages;
  const set = await findButtonSet(db, tenantId, name);
  return set === undefined || !(await disablesMessages(db, tenantId, set));
}

/** @param name of the button set; an unknown one is like none */
export async function buttonState(
  { db, onlineNow }: ButtonContext,
  { id }: Pick<TenantRow, 'id'>,
  name: string | undefined,
): Promise<ButtonState> {
  const [vault, set] = [
    await findVault(db, id),
    name === undefined ? undefined : await findButtonSet(db, id, name),
  ];
  // Without the vault's card nothing can be sealed, so neither way leads anywhere.
  const sealable = typeof vault?.card === 'string';
  const online = sealable && (await onlineNow(id));
  return {
    online,
    offlineMessages: sealable && (await takesMessages(db, id, name)),
    picture: (online ? set?.online : set?.offline) ?? null,
  };
}
