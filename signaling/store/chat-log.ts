/** Conversations as the administrator reads them afterwards. */
import type { Db } from './schema';

interface Who {
  id: string;
  name: string;
}

export interface Transfer {
  chatId: string;
  tenantId: string;
  at: number;
  from: Who;
  /** Null: to everybody. */
  to: Who | null;
}

export async function insertTransfer(db: Db, transfer: Transfer): Promise<void> {
  const row = await db
    .selectFrom('chat_transfers')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('chat_id', '=', transfer.chatId)
    .executeTakeFirst();
  await db
    .insertInto('chat_transfers')
    .values({
      chat_id: transfer.chatId,
      n: Number(row?.count ?? 0) + 1,
      tenant_id: transfer.tenantId,
      at: transfer.at,
      from_id: transfer.from.id,
      from_name: transfer.from.name,
      to_id: transfer.to?.id ?? null,
      to_name: transfer.to?.name ?? null,
    })
    .execute();
}
