/** The three namespaces: who gets in, and which events each may send. */
import type { Server } from 'socket.io';
import { PROTOCOL_VERSION } from '../../shared/protocol/common';
import { identify } from '../accounts/identity';
import { SECOND } from '../clock';
import type { Core } from '../core';
import { cookieName, readCookie } from '../http/cookies';
import { attach } from './attach';
import { chatEnd, chatSeen, chatSend, chatTyping } from './chat-both';
import { chatRate, chatResume, chatStart } from './chat-customer';
import {
  chatAvailable,
  chatBlock,
  chatClaim,
  chatColleagues,
  chatInvite,
  chatLeave,
  chatTransfer,
  chatWatch,
} from './chat-desk';
import { leaveChats } from './chat-rooms';
import { chatAnswer, chatRequest } from './chat-session';
import { end, leaving } from './end';
import { ice } from './ice';
import { join } from './join';
import { attachAsHelper, resumeAsHelper } from './helper-attach';
import { helperEnd } from './helper-end';
import { helperGrants } from './helper-grants';
import { helperDismiss, helperOffer } from './helper-offer';
import { relayFromHelper, relayToHelper } from './helper-relay';
import type { AnySocket, EventDefinition, Speaker } from './on';
import { open } from './open';
import { connected, consent } from './progress';
import { relay } from './relay';
import { resumeAsCustomer, resumeAtDesk } from './resume';
import { accountRoom, leave, namespaceOf, sessionsOf, signInRoom } from './rooms';
import { selection } from './selection';
import { withdraw } from './withdraw';

const SHARED = [relay, connected, end, leaving, ice, helperOffer, helperDismiss, relayToHelper, selection];

const CHAT = [chatSend, chatTyping, chatSeen, chatEnd];
const CHAT_DESK = [
  ...[chatWatch, chatAvailable, chatClaim, chatColleagues],
  ...[chatTransfer, chatInvite, chatLeave, chatBlock, chatRequest, ...CHAT],
];

/** Every event there is; a test walks over them. */
export const EVENTS: Record<Speaker, EventDefinition[]> = {
  operator: [open, resumeAtDesk, withdraw, ...SHARED, ...CHAT_DESK],
  customer: [
    join,
    resumeAsCustomer,
    consent,
    ...SHARED,
    chatStart,
    chatResume,
    chatRate,
    chatAnswer,
    ...CHAT,
  ],
  helper: [attachAsHelper, resumeAsHelper, relayFromHelper, helperGrants, ice, helperEnd],
};

/** A goodbye counts for a socket that closes this soon after it; a page that stayed has changed its mind. */
const GOODBYE_COUNTS_MS = 15 * SECOND;

/** Lets sockets in, listens to them, and notices when they go. */
export function openNamespaces(io: Server, core: Core): void {
  for (const side of ['operator', 'customer', 'helper'] as const) {
    const namespace = namespaceOf(io, side);
    namespace.use((socket, next) => {
      admit(core, socket, side).then(
        (refusal) => next(refusal === undefined ? undefined : new Error(refusal)),
        (error: unknown) => {
          core.log.error({ err: error }, 'admission failed');
          next(new Error('failed'));
        },
      );
    });
    namespace.on('connection', (socket) => {
      core.metrics.sockets.inc({ namespace: side });
      attach(core, socket, EVENTS[side]);
      socket.on('disconnecting', () => {
        core.metrics.sockets.dec({ namespace: side });
        void leaveAll(core, socket);
      });
    });
  }
}

/** @returns why the socket may not come in, or nothing. */
async function admit(
  core: Core,
  socket: AnySocket,
  side: Speaker,
): Promise<'version' | 'signed_out' | undefined> {
  const { headers, auth } = socket.handshake;
  if ((auth as { version?: unknown }).version !== PROTOCOL_VERSION) return 'version';
  const data = { side, address: core.addressOf(socket.request), been: new Map() };
  // Customers and helpers prove themselves by what they ask for.
  if (side !== 'operator') {
    socket.data = data;
    return undefined;
  }
  const token = readCookie(headers.cookie, cookieName(core.origins, 'operator'));
  const identity = await identify(core, token, 'operator');
  if (!identity) return 'signed_out';
  socket.data = { ...data, account: identity.account.id, signIn: identity.signIn };
  await socket.join([accountRoom(identity.account.id), signInRoom(identity.signIn)]);
  return undefined;
}

/** The socket has gone: its sessions wait for another one. While the server itself stops, nobody left. */
async function leaveAll(core: Core, socket: AnySocket): Promise<void> {
  if (!core.ready()) return;
  const { goodbyeAt } = socket.data;
  const saidGoodbye = goodbyeAt !== undefined && core.clock.now() - goodbyeAt < GOODBYE_COUNTS_MS;
  try {
    await Promise.all([
      ...sessionsOf(socket).map((id) => leave(core, socket, id, saidGoodbye)),
      leaveChats(core, socket),
    ]);
  } catch (error) {
    core.log.error({ err: error }, 'leaving failed');
  }
}
