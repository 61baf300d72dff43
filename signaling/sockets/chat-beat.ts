/** What the sockets of this node know, written into the store again and again: it survives whatever else went wrong. */
import { beat } from '../chat/presence';
import { customerPresence } from '../chat/customer';
import type { Core } from '../core';
import { wronglyAway } from '../store/chat-queries';
import { customersHere, watchersHere } from './chat-rooms';

/** Whose desks and pages are open here. */
export async function beatChats({ chats, io }: Core): Promise<void> {
  await beat(chats, watchersHere(io));
  for (const id of await wronglyAway(chats.db, customersHere(io))) await customerPresence(chats, id, true);
}
