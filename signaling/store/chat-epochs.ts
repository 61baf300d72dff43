/** Claims as they were made, and how long each had been waited for. */
import type { ChatClaim } from '../../shared/protocol/chat';
import type { Db } from './schema';

interface Epoch {
  chatId: string;
  tenantId: string;
  accountId: string;
  operatorId: string;
  operatorName: string;
  claim: ChatClaim;
  at: number;
  waitedMs: number;
}

/** Keeps a claim; a second one of the same epoch is refused by the key. */
export async function insertEpoch(db: Db, epoch: Epoch): Promise<void> {
  await db
    .insertInto('chat_epochs')
    .values({
      chat_id: epoch.chatId,
      epoch: epoch.claim.epoch,
      tenant_id: epoch.tenantId,
      account_id: epoch.accountId,
      operator_id: epoch.operatorId,
      operator_name: epoch.operatorName,
      claim: JSON.stringify(epoch.claim),
      at: epoch.at,
      waited_ms: epoch.waitedMs,
    })
    .execute();
}

/** Oldest first. */
export async function claimsOf(db: Db, chatId: string): Promise<ChatClaim[]> {
  const rows = await db
    .selectFrom('chat_epochs')
    .select('claim')
    .where('chat_id', '=', chatId)
    .orderBy('epoch')
    .execute();
  return rows.map((row) => JSON.parse(row.claim) as ChatClaim);
}
