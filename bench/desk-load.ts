/**
 * The two sides of many conversations. Keys and claims are real, or the server would refuse them; frames are random bytes
 * of a usual size, which it cannot tell from sealed ones.
 */
import { randomBytes } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { makeClaim } from '../shared/crypto/chat';
import { loadSodium } from '../shared/crypto/sodium';
import { PROTOCOL_VERSION } from '../shared/protocol/common';
import type { House, Member } from './desk-house';

const TIMEOUT_MS = 30_000;
const random = (bytes: number) => randomBytes(bytes).toString('base64url');

export interface Desk {
  socket: Socket;
  member: Member;
}

export interface Chat {
  chatId: string;
  visitorKey: string;
  customer: Socket;
  desk: Desk;
  /** What each side has said so far, by a sender of this run. */
  said: { customer: Speaker; operator: Speaker };
}
interface Speaker {
  sender: string;
  n: number;
}

export function connect(origin: string, namespace: string, cookie?: string): Promise<Socket> {
  const extraHeaders = { origin, ...(cookie === undefined ? {} : { cookie }) };
  const options = { transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders };
  const socket = io(origin + namespace, { ...options, auth: { version: PROTOCOL_VERSION } });
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('connect_error', reject);
  });
}

export async function ask(socket: Socket, event: string, message: object): Promise<Record<string, unknown>> {
  const answer = (await socket.timeout(TIMEOUT_MS).emitWithAck(event, message)) as Record<string, unknown>;
  if (answer.ok !== true) throw new Error(`${event}: ${String(answer.error)}`);
  return answer;
}

export async function openDesk({ product }: House, member: Member): Promise<Desk> {
  const socket = await connect(product.origin, '/desk', member.cookie);
  await ask(socket, 'chat:watch', {});
  await ask(socket, 'chat:available', { available: true });
  return { socket, member };
}

/** A visitor asks, that operator answers. */
export async function openChat({ product, subscriber }: House, desk: Desk): Promise<Chat> {
  const sodium = await loadSodium();
  const customer = await connect(product.origin, '/customer');
  const visitorKey = Buffer.from(sodium.crypto_box_keypair().publicKey).toString('base64url');
  const said = { customer: { sender: random(8), n: 1 }, operator: { sender: random(8), n: 0 } };
  const question = { epoch: 0, from: 'customer', sender: said.customer.sender, n: 0, frame: random(300) };
  const start = { owner: subscriber, language: 'en', visitorKey, keyBox: random(112), question };
  const chatId = String((await ask(customer, 'chat:start', start)).chatId);
  const { claim } = makeClaim(sodium, desk.member.claimant, visitorKey, 1);
  await ask(desk.socket, 'chat:claim', { chatId, claim });
  // A sender counts anew in each epoch.
  said.customer.n = 0;
  return { chatId, visitorKey, customer, desk, said };
}

/** One message of a side. @returns milliseconds until the other side had it */
export async function say(chat: Chat, from: 'customer' | 'operator'): Promise<number> {
  const speaker = chat.said[from];
  const frame = random(300);
  const message = { epoch: 1, from, sender: speaker.sender, n: speaker.n++, frame };
  const [own, other] =
    from === 'customer' ? [chat.customer, chat.desk.socket] : [chat.desk.socket, chat.customer];
  const arrived = new Promise<number>((resolve, reject) => {
    const late = setTimeout(() => {
      other.off('chat:message', heard);
      reject(new Error('a message did not arrive'));
    }, TIMEOUT_MS);
    const heard = (told: { message: { frame: string } }) => {
      if (told.message.frame !== frame) return;
      other.off('chat:message', heard);
      clearTimeout(late);
      resolve(performance.now());
    };
    other.on('chat:message', heard);
  });
  const sent = performance.now();
  const [at] = await Promise.all([arrived, ask(own, 'chat:send', { chatId: chat.chatId, message })]);
  return at - sent;
}
