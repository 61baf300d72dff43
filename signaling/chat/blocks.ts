/** Blocks: an operator keeps a visitor's address away for a while, an administrator lifts that again. Both are logged. */
import type { ChatBlock } from '../../shared/protocol/chat-desk';
import { ProtocolError } from '../../shared/protocol/errors';
import type { Author } from '../accounts/operators';
import { actorName, writeLog } from '../audit/admin-log';
import type { Clock } from '../clock';
import { HOUR } from '../clock';
import { blockAddress, deleteBlock } from '../store/blocks';
import { findChat } from '../store/chats';
import type { AccountRow, Db } from '../store/schema';
import type { ChatContext } from './context';
import { endChat } from './ending';
import { requireOwner } from './staff';

/** The operator who blocks, and from where. */
interface Blocker {
  account: AccountRow;
  address: string;
}

/**
 * Its owner ends the conversation, and neither a new one nor a message is taken from that address for a while.
 * @throws ProtocolError `not_allowed` for anybody else of the staff, `session_gone`
 */
export async function blockVisitor(
  context: ChatContext,
  { account, address }: Blocker,
  { chatId, hours }: ChatBlock,
): Promise<void> {
  const { db, clock } = context;
  await requireOwner(context, chatId, account.id);
  const row = await findChat(db, chatId);
  if (!row) throw new ProtocolError('session_gone');
  const { tenant_id: tenantId, address_hash: addressHash } = row;
  if (addressHash !== null) {
    const since = clock.now();
    const by = { id: account.login_id, name: account.name };
    const block = { tenantId, addressHash, since, until: since + hours * HOUR, by, chatId };
    const actor = actorName(account.role, account.login_id);
    await db.transaction().execute(async (store) => {
      await blockAddress(store, block);
      const subject = `${chatId} (${hours} h)`;
      await writeLog({ db: store, clock }, { tenantId, actor, address, action: 'chat.blocked', subject });
    });
  }
  await endChat(context, chatId, 'blocked', { account: account.id });
}

/**
 * Takes conversations and messages from there again.
 * @throws ProtocolError `not_found`: of that id none is in force
 */
export async function liftBlock(
  { db, clock }: { db: Db; clock: Clock },
  tenantId: string,
  author: Author,
  id: string,
): Promise<void> {
  await db.transaction().execute(async (store) => {
    const lifted = await deleteBlock(store, tenantId, id);
    if (!lifted) throw new ProtocolError('not_found');
    const subject = lifted.chat_id ?? id;
    await writeLog({ db: store, clock }, { tenantId, ...author, action: 'chat.unblocked', subject });
  });
}
