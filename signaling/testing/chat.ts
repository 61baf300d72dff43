/** Both sides of conversations as the browsers play them: real keys, devices that the tenant has approved. */
import { afterAll, beforeAll } from 'vitest';
import {
  chatVisitor,
  makeClaim,
  openChat,
  sealChat,
  sealKey,
  type ChatVisitor,
} from '../../shared/crypto/chat';
import { loadSodium, type Sodium } from '../../shared/crypto/sodium';
import type { ChatClaim, ChatFrom, ChatMessage, SealedChat } from '../../shared/protocol/chat';
import type { VaultRecord } from '../../shared/protocol/http';
import { findAccount } from '../store/accounts';
import { insertDevice, markApproved } from '../store/devices';
import { findTenant } from '../store/tenants';
import { makeDevice, type TestDevice } from './device';
import { bytes } from './session';
import { startTestServer, type TestServer, type TestServerOptions } from './server';
import type { AnyAck, TestSocket } from './socket';
import { ROOT, VAULT } from './vault';

export interface ChatHouse {
  server: TestServer;
  sodium: Sodium;
  subscriber: string;
  vault: VaultRecord;
  root: Uint8Array;
}

/** What the tests know of the server's tenant. */
export async function chatHouse(server: TestServer): Promise<ChatHouse> {
  const tenant = await findTenant(server.db);
  if (!tenant) throw new Error('not set up');
  return { server, sodium: await loadSodium(), subscriber: tenant.subscriber, vault: VAULT, root: ROOT };
}

/** A server of their own for the tests of a file, closed after the last one. */
export function useChatHouse(options?: TestServerOptions): ChatHouse {
  const house = {} as ChatHouse;
  beforeAll(async () => void Object.assign(house, await chatHouse(await startTestServer(options))));
  afterAll(() => house.server.close());
  return house;
}

/** …and an operator at an open desk there. */
export function useStaff(house: ChatHouse, id = 'operator'): Staff {
  const staff = {} as Staff;
  beforeAll(async () => void Object.assign(staff, await staffMember(house, id)));
  return staff;
}

export interface Staff {
  id: string;
  name: string;
  cookie: string;
  device: TestDevice;
  socket: TestSocket;
}

/** An operator with an approved device at an open desk; of that id, which is made unless it is there. */
export async function staffMember(
  house: ChatHouse,
  id = 'operator',
  options: { available?: boolean; approved?: boolean } = {},
): Promise<Staff> {
  const { server } = house;
  const tenant = await findTenant(server.db);
  if (!tenant) throw new Error('not set up');
  if (!(await findAccount(server.db, tenant.id, 'operator', id))) await server.addOperator(id);
  const account = await findAccount(server.db, tenant.id, 'operator', id);
  if (!account) throw new Error('no account');
  const at = server.clock.now();
  const device = await makeDevice({ account: id, role: 'operator' }, at);
  const { signKey, boxKey, proof, name } = device.request;
  // As its routes do, without their limits: a test may open many.
  await insertDevice(server.db, {
    id: device.id,
    tenant_id: tenant.id,
    account_id: account.id,
    sign_key: signKey,
    box_key: boxKey,
    proof,
    name,
    created_at: at,
    seen_at: at,
  });
  if (options.approved !== false) await markApproved(server.db, device.id, device.approval, at);
  const cookie = await server.login('operator', id);
  const socket = await server.desk(cookie);
  await must(socket, 'chat:watch', {});
  await must(socket, 'chat:available', { available: options.available !== false });
  return { id, name: account.name, cookie, device, socket };
}

/** Asks, and throws what was refused. */
export async function must(socket: TestSocket, event: string, message: object): Promise<AnyAck> {
  const answer = await socket.ask(event, message);
  if (!answer.ok) throw new Error(`${event}: ${JSON.stringify(answer)}`);
  return answer;
}

export interface Asking {
  keys: ChatVisitor;
  sender: string;
  message: { owner: string; language: 'en'; visitorKey: string; keyBox: string; question: SealedChat };
}

/** A question that has not been sent. */
export function question({ sodium, vault, subscriber }: ChatHouse, text = 'It does not print.'): Asking {
  const keys = chatVisitor(sodium, sodium.randombytes_buf(32));
  const sender = bytes(8);
  const head = { epoch: 0, from: 'customer' as const, sender, n: 0 };
  return {
    keys,
    sender,
    message: {
      owner: subscriber,
      language: 'en',
      visitorKey: keys.visitorKey,
      keyBox: sealKey(sodium, keys.questionKey, vault.publicKey),
      question: sealChat(sodium, keys.questionKey, keys.visitorKey, head, { t: 'question', text }),
    },
  };
}

export interface Begun extends Asking {
  chatId: string;
  token: string;
  started: AnyAck;
  socket: TestSocket;
}

/** A visitor asks and waits. */
export async function ask(house: ChatHouse, socket?: TestSocket): Promise<Begun> {
  const asking = question(house);
  const page = socket ?? (await house.server.customer());
  const started = await must(page, 'chat:start', asking.message);
  return { ...asking, chatId: String(started.chatId), token: String(started.token), started, socket: page };
}

/** The claim of an operator; one of epoch 1 unless told. */
export const claimOf = (
  { sodium }: ChatHouse,
  { device, name }: Pick<Staff, 'device' | 'name'>,
  visitorKey: string,
  epoch = 1,
): { claim: ChatClaim; key: Uint8Array } => makeClaim(sodium, device.claimant(name), visitorKey, epoch);

/** A conversation in which the operator answers. */
export async function opened(house: ChatHouse, staff: Staff, customer?: TestSocket) {
  const chat = await ask(house, customer);
  const { claim, key } = claimOf(house, staff, chat.keys.visitorKey);
  const claimed = await must(staff.socket, 'chat:claim', { chatId: chat.chatId, claim });
  await chat.socket.next('chat:claimed');
  return { ...chat, claim, key, claimed };
}

/** Seals the next messages of one sender of an epoch. */
export function speaker(
  { sodium }: ChatHouse,
  chat: { keys: ChatVisitor; chatId: string },
  key: Uint8Array,
  {
    from,
    epoch = 1,
    sender = bytes(8),
    n = 0,
  }: { from: ChatFrom; epoch?: number; sender?: string; n?: number },
) {
  return (text: string): { chatId: string; message: SealedChat } => ({
    chatId: chat.chatId,
    message: sealChat(
      sodium,
      key,
      chat.keys.visitorKey,
      { epoch, from, sender, n: n++ },
      { t: 'text', text },
    ),
  });
}

/** What stands in a message. */
export const textOf = (
  { sodium }: ChatHouse,
  chat: { keys: ChatVisitor },
  key: Uint8Array,
  message: unknown,
): unknown =>
  (openChat(sodium, key, chat.keys.visitorKey, message as ChatMessage) as { text?: unknown }).text;
