/** Two real sides of a conversation with real keys, for tests; between them a server that can be made to lie. */
import { chatVisitor, makeClaim, sealKey, type Claimant } from '../../../shared/crypto/chat';
import { approveDevice, deviceKeys, unwrapVault, type VaultAccess } from '../../../shared/crypto/device';
import { toBase64 } from '../../../shared/crypto/encoding';
import { loadSodium } from '../../../shared/crypto/sodium';
import { createVault, openVault } from '../../../shared/crypto/vault';
import type { ChatClaim, ChatMessage, SealedChat } from '../../../shared/protocol/chat';
import type { ChatContent } from '../../../shared/protocol/chat-content';
import { Conversation } from './conversation';
import { customerKeys, staffKeys } from './conversation-keys';

export const QUESTION: ChatContent = {
  t: 'question',
  name: '佐藤',
  text: 'How do I print?',
  page: 'https://shop.example/printers',
  title: 'Printers',
  browser: 'Firefox 140 on Linux',
  language: 'ja',
};

export const say = (text: string): ChatContent => ({ t: 'text', text });

/** A company with one approved device per operator's name. */
export async function company() {
  const sodium = await loadSodium();
  const { record, releaseKey } = await createVault();
  const root = await openVault(record, releaseKey);
  if (!root) throw new Error('the vault does not open');
  const { identityKey, publicKey: vaultKey } = record;
  const staff = (operator: string): { claimant: Claimant; access: VaultAccess } => {
    const device = deviceKeys(sodium, sodium.randombytes_buf(32));
    const keys = {
      signKey: toBase64(sodium, device.sign.publicKey),
      boxKey: toBase64(sodium, device.box.publicKey),
    };
    const owner = { account: 'hanako', role: 'operator' } as const;
    const { certificate, wrapped } = approveDevice(sodium, root, keys, owner, 1);
    const access = unwrapVault(sodium, device, wrapped, vaultKey);
    if (!access) throw new Error('the vault is not for this device');
    return { claimant: { device, certificate, operator, identityKey, vaultKey }, access };
  };
  return { sodium, record, identityKey, vaultKey, staff };
}

/** What an honest server keeps. */
export class Kept {
  readonly claims: ChatClaim[] = [];
  readonly messages: ChatMessage[] = [];

  take(message: SealedChat): ChatMessage {
    const kept = { ...message, seq: this.messages.length, at: 1_700_000_000_000 + this.messages.length };
    this.messages.push(kept);
    return kept;
  }

  /** What the customer may have of it. */
  get forCustomer() {
    return { claims: this.claims, messages: this.messages.filter(({ from }) => from !== 'note') };
  }
}

/** A customer with a question at the server, and what is needed to answer it. */
export async function asked() {
  const firm = await company();
  const { sodium, identityKey, vaultKey } = firm;
  const visitor = chatVisitor(sodium, sodium.randombytes_buf(32));
  const { visitorKey } = visitor;
  const keyBox = sealKey(sodium, visitor.questionKey, vaultKey);
  const server = new Kept();
  const keyOf = customerKeys(sodium, identityKey, visitor);
  const newCustomer = () => new Conversation({ sodium, visitorKey, role: 'customer', keyOf });
  const customer = newCustomer();

  /** Seals what waits, and gives it to the server. */
  const send = (side: Conversation): ChatMessage => {
    const message = side.next();
    if (!message) throw new Error('nothing to send');
    const kept = server.take(message);
    side.sent(message, kept);
    return kept;
  };
  const write = (side: Conversation, content: ChatContent, from?: 'note'): ChatMessage => {
    side.write(content, from);
    return send(side);
  };
  /** Somebody of the staff opens the conversation, with or without claiming it. */
  const desk = (access: VaultAccess): Conversation => {
    const keys = staffKeys(sodium, access, { identityKey, visitorKey, keyBox });
    const side = new Conversation({ sodium, visitorKey, role: 'operator', keyOf: keys });
    side.load(server);
    return side;
  };
  const claim = (claimant: Claimant): ChatClaim => {
    const made = makeClaim(sodium, claimant, visitorKey, server.claims.length + 1);
    server.claims.push(made.claim);
    return made.claim;
  };
  write(customer, QUESTION);
  return { ...firm, visitor, visitorKey, server, customer, newCustomer, send, write, desk, claim };
}

/** The same with an operator who has claimed it. */
export async function answered(operator = '山田 花子') {
  const all = await asked();
  const { claimant, access } = all.staff(operator);
  const desk = all.desk(access);
  const made = all.claim(claimant);
  desk.claim(made);
  all.customer.claim(made);
  return { ...all, claimant, access, operator: desk };
}
