/** Tells the customers of this node where they stand, whoever moved the queue. It only remembers what it has told. */
import type { ChatPlace } from '../../shared/protocol/chat';
import { findTenant } from '../store/tenants';
import type { ChatContext } from './context';
import { placesOf } from './queue';

/** @returns a function that tells whose place or prospect has changed; to be called every second */
export function placeTeller(context: ChatContext): () => Promise<void> {
  let told = new Map<string, ChatPlace>();
  return async () => {
    const tenant = await findTenant(context.db);
    if (!tenant) return;
    const places = await placesOf(context, tenant.id);
    for (const [chatId, place] of places) {
      const before = told.get(chatId);
      if (before?.place !== place.place || before.waitMs !== place.waitMs)
        context.notice.place(chatId, place);
    }
    told = places;
  };
}
