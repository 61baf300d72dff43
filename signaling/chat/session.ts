/**
 * From chat to screen: the operator of a conversation asks for a remote session, the customer answers. The session is an
 * ordinary one of path `chat`. That both are in the conversation is the caller's to check.
 */
import type { ChatAnswer } from '../../shared/protocol/chat';
import type { ChatRequest } from '../../shared/protocol/chat-desk';
import type { Joined } from '../../shared/protocol/customer';
import { DEFAULT_TTL_MINUTES, type Opened } from '../../shared/protocol/desk';
import { ProtocolError } from '../../shared/protocol/errors';
import { announceSide } from '../helper/state';
import { hostNames } from '../pairing/host';
import { iceConfig } from '../pairing/ice';
import { issueSession, type Opener } from '../pairing/issue';
import type { Joiner } from '../pairing/join';
import type { PairingContext } from '../pairing/context';
import { endSession, withdrawSession } from '../pairing/ending';
import { stillLive } from '../pairing/presence';
import { hashToken, newToken } from '../secrets';
import { agree, rendezvousOfChat, sessionOfChat } from '../store/chat-sessions';
import { findSession, peerPresent } from '../store/sessions';
import { findTenant } from '../store/tenants';
import { requireOwner } from './staff';

/**
 * The operator asks (RS-18, RS-58). The request stands as long as a session number would.
 * @throws ProtocolError `not_allowed` for what the permit does not cover and for anybody but the conversation's owner,
 *   whose name the customer knows; `conflict` when a request stands or a session goes on; `session_gone`
 */
export async function requestSession(
  context: PairingContext,
  opener: Opener,
  { chatId, mode, windowsOnly }: ChatRequest,
): Promise<Opened> {
  const { id: account } = opener.account;
  await requireOwner(context, chatId, account);
  const way = { rdv: rendezvousOfChat(chatId), path: 'chat', chat_id: chatId } as const;
  const wish = { mode, windowsOnly, ttlMinutes: DEFAULT_TTL_MINUTES, ...way };
  const opened = await issueSession(context, opener, wish, 'conflict');
  try {
    // It may have ended, or gone to somebody else, while the session was being issued.
    await requireOwner(context, chatId, account);
  } catch (error) {
    await withdrawSession(context, opened.sessionId);
    throw error;
  }
  return opened;
}

/**
 * The customer agrees, or does not (RS-84, RS-85). A refusal ends the session and leaves the conversation as it is.
 * @returns what `session:join` would, or null after a refusal
 * @throws ProtocolError `session_gone` for a request that was answered, withdrawn, is too old, or of another conversation
 */
export async function answerRequest(
  context: PairingContext,
  joiner: Joiner,
  { chatId, sessionId, granted }: ChatAnswer,
): Promise<Joined | null> {
  return granted ? join(context, joiner, chatId, sessionId) : decline(context, chatId, sessionId);
}

async function decline(context: PairingContext, chatId: string, id: string): Promise<null> {
  const row = await findSession(context.db, id);
  if (row?.chat_id !== chatId || row.state !== 'waiting') throw new ProtocolError('session_gone');
  await endSession(context, { id, by: 'customer', reason: 'declined' });
  return null;
}

async function join(context: PairingContext, joiner: Joiner, chatId: string, id: string): Promise<Joined> {
  const { db, clock, config, metrics } = context;
  const { address, socketId } = joiner;
  const resume = newToken();
  const now = clock.now();
  const awayUntil = now + config.resumeGraceMs;
  const row = await agree(db, {
    id,
    chatId,
    now,
    address,
    socketId,
    awayUntil,
    resumeHash: hashToken(resume),
  });
  metrics.joins.inc({ outcome: row ? 'joined' : 'session_gone' });
  if (!row) throw new ProtocolError('session_gone');
  const tenant = await findTenant(db);
  await joiner.enter(row);
  const present = peerPresent(await stillLive(context, row.id), 'customer');
  // Last, with nothing to wait for after it: what the operator says must not overtake the answer.
  announceSide(context, row, 'customer', true);
  return {
    sessionId: row.id,
    resume,
    host: hostNames(tenant, row.operator_name),
    mode: row.mode,
    peerPresent: present,
    ice: iceConfig(config.ice, row.id, now),
    windowsOnly: row.app_selection === 1,
  };
}

/** The conversation is over or goes to somebody else: a request that nobody has answered is taken back. */
export async function withdrawRequest(context: PairingContext, chatId: string): Promise<void> {
  const row = await sessionOfChat(context.db, chatId);
  if (row?.state === 'waiting') await withdrawSession(context, row.id);
}
