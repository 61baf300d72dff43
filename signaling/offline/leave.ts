import { ProtocolError } from '../../shared/protocol/errors';
import type { NewOfflineMessage } from '../../shared/protocol/mail';
import { limitKey } from '../address';
import { HOUR } from '../clock';
import { newId } from '../secrets';
import { findChatSettings } from '../store/chat-settings';
import { countNew, insertMessage } from '../store/offline';
import { findTenant } from '../store/tenants';
import type { OfflineContext } from './context';
import { takeProof } from './proof';

/** Unanswered messages of one tenant; more than this is no correspondence. */
export const MAX_NEW_MESSAGES = 5000;

/**
 * Keeps a message of somebody who found nobody there (RS-31).
 * @throws ProtocolError `not_found` for another company's code, `not_allowed` while messages are switched off (RS-32),
 *   `invalid` naming `proof`, `limited`
 */
export async function leaveMessage(
  context: OfflineContext,
  address: string,
  message: NewOfflineMessage,
): Promise<void> {
  const { db, clock, limiters, notice } = context;
  await limiters.offlinePerAddress.take(limitKey(address));
  const tenant = await findTenant(db);
  if (tenant?.subscriber !== message.owner) throw new ProtocolError('not_found');
  if (!(await findChatSettings(db, tenant.id)).offlineMessages) throw new ProtocolError('not_allowed');
  if (!(await takeProof(context, message.proof))) throw new ProtocolError('invalid', { fields: ['proof'] });
  // Only a program fills in what nobody sees; it shall not learn that it was found out.
  if (message.website !== '') return;
  const unread = await countNew(db, tenant.id);
  if (unread >= MAX_NEW_MESSAGES) throw new ProtocolError('limited', { retryAt: clock.now() + HOUR });
  const { language, box } = message;
  await insertMessage(db, { id: newId(), tenant_id: tenant.id, at: clock.now(), language, box });
  notice.unread(tenant.id, await countNew(db, tenant.id));
}
