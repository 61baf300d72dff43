import type { ChatStart, ChatStarted } from '../../shared/protocol/chat';
import { ProtocolError } from '../../shared/protocol/errors';
import { limitKey } from '../address';
import { MINUTE } from '../clock';
import { hashToken, newId, newToken } from '../secrets';
import { blockedUntil } from '../store/blocks';
import { findChat, insertChat } from '../store/chats';
import { findTenant } from '../store/tenants';
import { isCanonical } from './canonical';
import type { ChatContext } from './context';
import { onlineNow } from './presence';
import { announceWaiting } from './queue';
import { placesOf } from './waits';

/** Of conversations whose page was closed, which end by themselves, an address may have some besides. */
const ALL_PER_PRESENT = 3;

/** A page of the customer. */
export interface Visitor {
  address: string;
  /** Begins to receive what is said to the customer of that conversation. */
  enter(chatId: string): Promise<void>;
}

/**
 * A visitor asks (RS-18, RS-121); the conversation waits for an operator.
 * @throws ProtocolError `limited` for a blocked address too, `busy` when nobody is there, `not_found` for another
 *   company's button, `conflict` for a key that was used before
 */
export async function startChat(
  context: ChatContext,
  visitor: Visitor,
  wish: ChatStart,
): Promise<ChatStarted> {
  const { db, clock, config, limiters, metrics } = context;
  const { question } = wish;
  const first = question.epoch === 0 && question.n === 0 && question.from === 'customer';
  if (!first || ![wish.visitorKey, wish.keyBox, question.sender, question.frame].every(isCanonical)) {
    throw new ProtocolError('invalid', { fields: ['question'] });
  }
  const key = limitKey(visitor.address);
  const giveBack = await limiters.chatsPerAddress.take(key);
  const tenant = await findTenant(db);
  if (tenant?.subscriber !== wish.owner) {
    await giveBack();
    throw new ProtocolError('not_found');
  }
  const now = clock.now();
  const addressHash = hashToken(key);
  const until = await blockedUntil(db, tenant.id, addressHash, now);
  if (until !== undefined) {
    metrics.limited('chat_blocked');
    throw new ProtocolError('limited', { retryAt: until });
  }
  if (!(await onlineNow(context, tenant.id))) {
    await giveBack(); // Nothing was begun; they may try again when somebody is there.
    throw new ProtocolError('busy');
  }

  const chatId = newId();
  const token = newToken();
  const row = {
    id: chatId,
    tenant_id: tenant.id,
    language: wish.language,
    visitor_key: wish.visitorKey,
    key_box: wish.keyBox,
    token_hash: hashToken(token),
    address: visitor.address,
    address_hash: addressHash,
    started_at: now,
  };
  const present = config.limits.openChatsPerAddress;
  const refused = await insertChat(db, row, question, { present, all: present * ALL_PER_PRESENT });
  if (refused === 'taken') throw new ProtocolError('conflict');
  if (refused === 'limited') {
    metrics.limited('open_chats_per_address');
    throw new ProtocolError('limited', { retryAt: now + MINUTE });
  }
  metrics.chatsStarted.inc();
  await visitor.enter(chatId);
  const place = (await placesOf(context, tenant.id)).get(chatId);
  const chat = await findChat(db, chatId);
  if (chat?.state === 'waiting') await announceWaiting(context, chat);
  return {
    chatId,
    token,
    message: { ...question, seq: 0, at: now },
    place: place ?? { epoch: 0, place: 1, waitMs: null, late: false, online: true },
  };
}
