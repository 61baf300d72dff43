import { checkClaim } from '../../shared/crypto/chat';
import { loadSodium } from '../../shared/crypto/sodium';
import type { ChatClaim } from '../../shared/protocol/chat';
import type { ChatTake, DeskChat } from '../../shared/protocol/chat-desk';
import { ProtocolError } from '../../shared/protocol/errors';
import { MINUTE } from '../clock';
import { insertEpoch } from '../store/chat-epochs';
import { lockAccount } from '../store/accounts';
import { countOf } from '../store/chat-queries';
import type { ChatRecord } from '../store/chat-schema';
import { joinStaff } from '../store/chat-staff';
import { claimRow, findChat } from '../store/chats';
import { findApprovedDevice } from '../store/devices';
import type { AccountRow } from '../store/schema';
import { findVault } from '../store/tenants';
import { MAX_CHATS_OF_OPERATOR, MAX_EPOCHS, type ChatContext } from './context';
import { giveUp } from './device-revoked';
import { tellStaff } from './staff';
import { deskChat } from './snapshot';

interface Claiming {
  account: AccountRow;
  socketId: string;
  /** Begins to receive what is said in the conversation. */
  enter(chatId: string): Promise<void>;
}

/**
 * An operator takes a conversation. The customer checks the claim against the pinned key; the server checks it too, so
 * that no conversation is lost to a broken one.
 * @throws ProtocolError `conflict` when a colleague was quicker, `not_allowed` without an approved device, `invalid` for
 *   a claim of somebody else or for another conversation, `session_gone`, `limited` for who has too many
 */
export async function claimChat(
  context: ChatContext,
  { account, socketId, enter }: Claiming,
  { chatId, claim }: ChatTake,
): Promise<DeskChat> {
  const { db, notice } = context;
  const before = await findChat(db, chatId);
  if (!before || before.state === 'ended') throw new ProtocolError('session_gone');
  if (claim.epoch > MAX_EPOCHS) throw new ProtocolError('conflict');
  await checkDevice(context, account, before, claim);
  const row = await take(context, account, before, claim);
  if (!row) throw new ProtocolError('conflict');
  notice.waitingOver(row.tenant_id, chatId, 'claimed', account.name);
  await enter(chatId);
  notice.follow(account.id, chatId);
  // A revocation that looked before the claim was written down has left it to us.
  if (!(await findApprovedDevice(db, account.id, claim.certificate.signKey))) {
    await giveUp(context, account, chatId);
    notice.left(account.id, chatId, 'transferred');
    throw new ProtocolError('not_allowed');
  }
  const chat = await deskChat(context, row);
  notice.joined(account.id, chat, socketId);
  notice.claimed(chatId, claim);
  await tellStaff(context, chatId);
  return chat;
}

/** @throws ProtocolError unless an approved device of that account made the claim, for this conversation */
async function checkDevice(
  { db }: ChatContext,
  account: AccountRow,
  chat: ChatRecord,
  claim: ChatClaim,
): Promise<void> {
  const { certificate } = claim;
  if (!(await findApprovedDevice(db, account.id, certificate.signKey)))
    throw new ProtocolError('not_allowed');
  const identityKey = (await findVault(db, chat.tenant_id))?.identity_key;
  const theirs = certificate.account === account.login_key && claim.operator === account.name;
  const sodium = await loadSodium();
  const sound = () => {
    try {
      return identityKey !== undefined && checkClaim(sodium, identityKey, chat.visitor_key, claim);
    } catch {
      return false; // a key that is none
    }
  };
  if (!theirs || !sound()) throw new ProtocolError('invalid', { fields: ['claim'] });
}

/** One statement decides among all who press at once; what belongs to it is written with it or not at all. */
async function take(
  { db, clock, metrics }: ChatContext,
  account: AccountRow,
  before: ChatRecord,
  claim: ChatClaim,
): Promise<ChatRecord | undefined> {
  const now = clock.now();
  const waitedMs = Math.max(0, now - (before.waiting_since ?? now));
  const row = await db.transaction().execute(async (store) => {
    // Of many claims at once each counts those before it.
    await lockAccount(store, account.id);
    if ((await countOf(store, account.id)) >= MAX_CHATS_OF_OPERATOR) {
      metrics.limited('chats_of_operator');
      throw new ProtocolError('limited', { retryAt: now + MINUTE });
    }
    const mine = await claimRow(store, { id: before.id, account: account.id, epoch: claim.epoch, now });
    if (!mine) return undefined;
    if (!(await findApprovedDevice(store, account.id, claim.certificate.signKey)))
      throw new ProtocolError('not_allowed');
    const about = { chatId: mine.id, tenantId: mine.tenant_id, accountId: account.id, at: now };
    await insertEpoch(store, {
      ...about,
      operatorId: account.login_id,
      operatorName: account.name,
      claim,
      waitedMs,
    });
    await joinStaff(store, { ...about, owner: true });
    return mine;
  });
  if (row) metrics.chatWait.observe(waitedMs / 1000);
  return row;
}
