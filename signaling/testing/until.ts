/** Waiting for what happens at the server unasked. */
import type { ChatHouse } from './chat';

/** Looks again after each turn of the event loop until it holds. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  const giveUp = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > giveUp) throw new Error('it did not come to that');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The server has noticed that no desk of that operator is open. */
export const awayFromDesk = ({ server }: ChatHouse, id: string): Promise<void> =>
  until(async () => {
    const row = await server.db
      .selectFrom('chat_presence')
      .innerJoin('accounts', 'accounts.id', 'chat_presence.account_id')
      .select('chat_presence.left_at')
      .where('accounts.login_key', '=', id)
      .executeTakeFirst();
    return row !== undefined && row.left_at !== null;
  });
