/**
 * What this browser keeps of chats, one row a company: the conversation that goes on, so that reloads and further tabs
 * are the same one, and the company's key as it was first met. It holds a key, so nothing else may be put there.
 */
import { z } from '../../../shared/protocol/zod';
import { ChatId, ChatToken } from '../../../shared/protocol/chat';
import { base64url, SubscriberCode } from '../../../shared/protocol/common';

/** Longer than any conversation is kept open. */
const LONGEST_MS = 48 * 3_600_000;

export const StoredChat = z.strictObject({
  owner: SubscriberCode,
  chatId: ChatId,
  token: ChatToken,
  /** base64url of the 32 bytes from which all keys of the customer come. */
  seed: base64url(32),
  identityKey: base64url(32),
  vaultKey: base64url(32),
  storedAt: z.number().int(),
});
export type StoredChat = z.infer<typeof StoredChat>;

const StoredTenant = z.strictObject({ owner: SubscriberCode, identityKey: base64url(32) });

const CHATS = 'conversations';
const TENANTS = 'tenants';

async function open() {
  const { openDB } = await import('idb');
  return openDB('tasuki-chat', 1, {
    upgrade(db) {
      db.createObjectStore(CHATS, { keyPath: 'owner' });
      db.createObjectStore(TENANTS, { keyPath: 'owner' });
    },
  });
}

/** Where the browser stores nothing, a conversation lasts as long as its page: no reason to fail. */
async function attempt<T>(work: (db: Awaited<ReturnType<typeof open>>) => Promise<T>): Promise<T | null> {
  try {
    const db = await open();
    try {
      return await work(db);
    } finally {
      db.close();
    }
  } catch {
    return null;
  }
}

/** Keeps the company's conversation, in place of one before. */
export async function storeChat(chat: StoredChat): Promise<void> {
  await attempt((db) => db.put(CHATS, chat));
}

/** Puts the company's conversation away. */
export async function forgetChat(owner: string): Promise<void> {
  await attempt((db) => db.delete(CHATS, owner));
}

/** @returns the company's conversation in this browser; null when there is none, or when it is too old to go on */
export async function storedChat(owner: string): Promise<StoredChat | null> {
  const parsed = StoredChat.safeParse(await attempt((db) => db.get(CHATS, owner)));
  if (!parsed.success) return null;
  if (parsed.data.storedAt > Date.now() - LONGEST_MS) return parsed.data;
  await forgetChat(owner);
  return null;
}

/** The company's key as this browser met it first; null the first time. */
export async function metKey(owner: string): Promise<string | null> {
  const parsed = StoredTenant.safeParse(await attempt((db) => db.get(TENANTS, owner)));
  return parsed.success ? parsed.data.identityKey : null;
}

/** Keeps the company's key, to be compared on the next visit. */
export async function rememberKey(owner: string, identityKey: string): Promise<void> {
  await attempt((db) => db.put(TENANTS, { owner, identityKey }));
}
