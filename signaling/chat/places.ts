/**
 * Tells the customers of this node where they stand and whether anybody is there, whoever moved the queue, came or
 * went. It only remembers what it has told.
 */
import { isDeepStrictEqual } from 'node:util';
import type { ChatPlace } from '../../shared/protocol/chat';
import { findTenant } from '../store/tenants';
import type { ChatContext } from './context';
import { placesOf } from './waits';

/** @returns a function that tells whose place or prospects have changed; to be called every second */
export function placeTeller(context: ChatContext): () => Promise<void> {
  let told = new Map<string, ChatPlace>();
  return async () => {
    const tenant = await findTenant(context.db);
    if (!tenant) return;
    const places = await placesOf(context, tenant.id);
    for (const [chatId, place] of places) {
      if (!isDeepStrictEqual(told.get(chatId), place)) context.notice.place(chatId, place);
    }
    told = places;
  };
}
