import { ProtocolError } from '../../shared/protocol/errors';
import type { OfflineRow, OfflineState } from '../../shared/protocol/mail';
import { changeMessage, countNew } from '../store/offline';
import type { AccountRow } from '../store/schema';
import type { OfflineContext } from './context';

/**
 * Says where a message stands; everybody's count follows.
 * @throws ProtocolError `not_found`
 */
export async function changeState(
  { db, clock, notice }: Pick<OfflineContext, 'db' | 'clock' | 'notice'>,
  account: AccountRow,
  id: string,
  state: OfflineState,
): Promise<OfflineRow> {
  const { tenant_id: tenantId, name: by } = account;
  const row = await changeMessage(db, { id, tenantId, state, by, now: clock.now() });
  if (!row) throw new ProtocolError('not_found');
  notice.unread(tenantId, await countNew(db, tenantId));
  return row;
}
