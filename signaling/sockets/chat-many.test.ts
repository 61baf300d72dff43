/** An operator is in a bounded number of conversations, whichever way they come in: a desk shows no more. */
import { expect, it } from 'vitest';
import { MAX_CHATS_OF_OPERATOR } from '../chat/context';
import { newId } from '../secrets';
import { joinStaff } from '../store/chat-staff';
import { findChat } from '../store/chats';
import { ask, claimOf, must, opened, useChatHouse, useStaff } from '../testing/chat';
import { bytes } from '../testing/session';

const house = useChatHouse({ limits: { openChatsPerAddress: 100 } });
const busy = useStaff(house, 'busy');
const inviting = useStaff(house, 'inviting');

/** So many conversations that the operator is in already. */
async function fill(count: number): Promise<void> {
  const { db } = house.server;
  const model = await findChat(db, (await ask(house)).chatId);
  const { id: accountId } = await db
    .selectFrom('accounts')
    .select('id')
    .where('login_key', '=', busy.id)
    .executeTakeFirstOrThrow();
  if (!model) throw new Error('no conversation');
  for (let each = 0; each < count; each++) {
    const id = newId();
    await db
      .insertInto('chats')
      .values({ ...model, id, visitor_key: bytes(32) })
      .execute();
    const { tenant_id: tenantId, started_at: at } = model;
    await joinStaff(db, { chatId: id, accountId, tenantId, owner: false, at });
  }
}

it('claims as many as there is room for, however many at once, and is not invited into another', async () => {
  await fill(MAX_CHATS_OF_OPERATOR - 1);
  const waiting = [await ask(house), await ask(house), await ask(house)];
  const answers = await Promise.all(
    waiting.map(({ chatId, keys }) =>
      busy.socket.ask('chat:claim', { chatId, claim: claimOf(house, busy, keys.visitorKey).claim }),
    ),
  );
  expect(answers.map(({ ok, error }) => (ok ? 'ok' : error)).sort()).toEqual(['limited', 'limited', 'ok']);

  const other = await opened(house, inviting);
  const invite = { chatId: other.chatId, who: busy.id };
  expect(await inviting.socket.ask('chat:invite', invite)).toMatchObject({ error: 'limited' });
  const taken = waiting[answers.findIndex(({ ok }) => ok)];
  await must(busy.socket, 'chat:end', { chatId: taken?.chatId });
  await must(inviting.socket, 'chat:invite', invite);
});
