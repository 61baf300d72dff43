import { ProtocolError } from '../../shared/protocol/errors';
import type { NewOfflineMessage } from '../../shared/protocol/mail';
import { limitKey } from '../address';
import { takesMessages } from '../chat-settings/button-state';
import { HOUR } from '../clock';
import { hashToken, newId } from '../secrets';
import { blockedUntil } from '../store/blocks';
import { countNew, insertMessage } from '../store/offline';
import { findTenant } from '../store/tenants';
import type { OfflineContext } from './context';
import { takeProof } from './proof';

/** Unanswered messages of one tenant; more than this is no correspondence. */
export const MAX_NEW_MESSAGES = 5000;

/**
 * Keeps a message of somebody who found nobody there (RS-31). What is refused is never thanked for: the page keeps it.
 * @throws ProtocolError `not_found` for another company's code, `not_allowed` while messages are switched off, for all
 *   or for this button (RS-32), `invalid` naming `website` for a form that a program filled in, or `proof`, `limited`,
 *   which names `address` where that is blocked
 */
export async function leaveMessage(
  context: OfflineContext,
  address: string,
  message: NewOfflineMessage,
): Promise<void> {
  const { db, clock, limiters, metrics, notice } = context;
  const refuse = (outcome: string, error: ProtocolError): never => {
    metrics.offlineMessages.inc({ outcome });
    throw error;
  };
  const key = limitKey(address);
  await limiters.offlinePerAddress.take(key);
  const tenant = await findTenant(db);
  if (tenant?.subscriber !== message.owner) throw new ProtocolError('not_found');
  const now = clock.now();
  const until = await blockedUntil(db, tenant.id, hashToken(key), now);
  if (until !== undefined)
    return refuse('blocked', new ProtocolError('limited', { retryAt: until, fields: ['address'] }));
  if (!(await takesMessages(db, tenant.id, message.button)))
    return refuse('closed', new ProtocolError('not_allowed'));
  // Before the proof, which stays good for the second time.
  if (message.website !== '') return refuse('filled', new ProtocolError('invalid', { fields: ['website'] }));
  if (!(await takeProof(context, message.proof)))
    return refuse('proof', new ProtocolError('invalid', { fields: ['proof'] }));
  if ((await countNew(db, tenant.id)) >= MAX_NEW_MESSAGES)
    return refuse('full', new ProtocolError('limited', { retryAt: now + HOUR }));
  const { language, box } = message;
  await insertMessage(db, { id: newId(), tenant_id: tenant.id, at: now, language, box });
  metrics.offlineMessages.inc({ outcome: 'kept' });
  notice.unread(tenant.id, await countNew(db, tenant.id));
}
