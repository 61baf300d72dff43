/** For tests: the tenant with one approved device, and a visitor's page. */
import {
  acceptClaim,
  chatVisitor,
  openChat,
  sealChat,
  sealKey,
  type ChatVisitor,
} from '../../../shared/crypto/chat';
import { approveDevice, deviceKeys } from '../../../shared/crypto/device';
import { toBase64 } from '../../../shared/crypto/encoding';
import type { Sodium } from '../../../shared/crypto/sodium';
import { vaultKeys } from '../../../shared/crypto/vault';
import type { ChatClaim, SealedChat } from '../../../shared/protocol/chat';

export const OPERATOR = 'Anna';

/** The tenant's secret, and one approved device of an operator. */
export function makeHouse(sodium: Sodium) {
  const root = sodium.randombytes_buf(32);
  const vault = vaultKeys(sodium, root);
  const keys = deviceKeys(sodium, sodium.randombytes_buf(32));
  const identityKey = toBase64(sodium, vault.identity.publicKey);
  const vaultKey = toBase64(sodium, vault.box.publicKey);
  const publicKeys = {
    signKey: toBase64(sodium, keys.sign.publicKey),
    boxKey: toBase64(sodium, keys.box.publicKey),
  };
  const { certificate } = approveDevice(sodium, root, publicKeys, { account: 'anna', role: 'operator' }, 1);
  const access = { box: vault.box, root: null };
  const device = {
    access: access as typeof access | null,
    identityKey,
    claimant: (operator: string) =>
      device.access && { device: keys, certificate, operator, identityKey, vaultKey },
    heard: () => Promise.resolve(),
  };
  return { device, identityKey, vaultKey };
}
export type House = ReturnType<typeof makeHouse>;

/** A visitor's page, with keys of its own. */
export class FakeVisitor {
  readonly keys: ChatVisitor;
  readonly #epochs = new Map<number, Uint8Array>();
  readonly #sender: string;
  #n = new Map<number, number>();
  epoch = 0;

  constructor(
    private readonly sodium: Sodium,
    private readonly house: House,
    readonly chatId: string,
  ) {
    this.keys = chatVisitor(sodium, sodium.randombytes_buf(32));
    this.#epochs.set(0, this.keys.questionKey);
    this.#sender = toBase64(sodium, sodium.randombytes_buf(8));
  }

  get keyBox(): string {
    return sealKey(this.sodium, this.keys.questionKey, this.house.vaultKey);
  }

  seal(content: object): SealedChat {
    const n = this.#n.get(this.epoch) ?? 0;
    this.#n.set(this.epoch, n + 1);
    const head = { epoch: this.epoch, from: 'customer' as const, sender: this.#sender, n };
    return sealChat(this.sodium, this.#key(), this.keys.visitorKey, head, content);
  }

  question(name: string): SealedChat {
    const page = 'https://www.example.com/help';
    return this.seal({
      t: 'question',
      name,
      text: `${name} asks`,
      page,
      title: '',
      browser: '',
      language: 'ja',
    });
  }

  /** @throws TamperError when the claim is not by an approved device */
  accept(claim: ChatClaim): void {
    this.#epochs.set(claim.epoch, acceptClaim(this.sodium, this.house.identityKey, this.keys, claim));
    this.epoch = claim.epoch;
  }

  /** What this visitor can read of it. @throws TamperError */
  read(message: SealedChat): unknown {
    return openChat(this.sodium, this.#key(message.epoch), this.keys.visitorKey, message);
  }

  #key(epoch = this.epoch): Uint8Array {
    const key = this.#epochs.get(epoch);
    if (!key) throw new Error('no key');
    return key;
  }
}
