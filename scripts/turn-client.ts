/** Just enough of a TURN client (RFC 8656, UDP) to ask a relay for permissions and read its answer. */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { type Socket, createSocket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';

const COOKIE = Buffer.from([0x21, 0x12, 0xa4, 0x42]);
const METHOD = { allocate: 0x0003, createPermission: 0x0008 };
const ATTRIBUTE = {
  username: 0x0006,
  integrity: 0x0008,
  errorCode: 0x0009,
  xorPeerAddress: 0x0012,
  realm: 0x0014,
  nonce: 0x0015,
  requestedAddressFamily: 0x0017,
  requestedTransport: 0x0019,
};
const UDP = 17;

type Attribute = [type: number, value: Buffer];
/** 0 is success, anything else the error code of the answer. */
export type Code = number;

export interface Credentials {
  username: string;
  password: string;
}

/** Credentials as the signaling server makes them: valid until the time in the name. */
export function restCredentials(secret: string, lifetimeSeconds: number): Credentials {
  const username = `${Math.floor(Date.now() / 1000) + lifetimeSeconds}:test`;
  return { username, password: createHmac('sha1', secret).update(username).digest('base64') };
}

export class TurnClient {
  readonly #socket: Socket;
  readonly #server: { host: string; port: number };
  readonly #credentials: Credentials;
  #realm = '';
  #nonce: Buffer = Buffer.alloc(0);

  constructor(host: string, port: number, credentials: Credentials) {
    this.#socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
    this.#server = { host, port };
    this.#credentials = credentials;
  }

  close(): void {
    this.#socket.close();
  }

  /** Asks twice, as every client does: the first refusal brings realm and nonce. */
  async allocate(family: 4 | 6): Promise<Code> {
    const wanted: Attribute[] = [
      [ATTRIBUTE.requestedTransport, Buffer.from([UDP, 0, 0, 0])],
      [ATTRIBUTE.requestedAddressFamily, Buffer.from([family === 4 ? 1 : 2, 0, 0, 0])],
    ];
    const refusal = await this.#ask(METHOD.allocate, wanted);
    this.#realm = refusal.get(ATTRIBUTE.realm)?.toString() ?? '';
    this.#nonce = refusal.get(ATTRIBUTE.nonce) ?? Buffer.alloc(0);
    return codeOf(await this.#ask(METHOD.allocate, wanted, true));
  }

  async permit(peer: string): Promise<Code> {
    const id = randomBytes(12);
    const attribute: Attribute = [ATTRIBUTE.xorPeerAddress, xorAddress(peer, 9, id)];
    return codeOf(await this.#ask(METHOD.createPermission, [attribute], true, id));
  }

  async #ask(method: number, attributes: Attribute[], signed = false, id = randomBytes(12)) {
    const message = signed ? this.#sign(method, id, attributes) : encode(method, id, attributes);
    this.#socket.send(message, this.#server.port, this.#server.host);
    for (;;) {
      const [answer] = (await once(this.#socket, 'message', { signal: AbortSignal.timeout(1000) })) as [
        Buffer,
      ];
      if (answer.subarray(8, 20).equals(id)) return decode(answer);
    }
  }

  #sign(method: number, id: Buffer, attributes: Attribute[]): Buffer {
    const { username, password } = this.#credentials;
    const body: Attribute[] = [
      ...attributes,
      [ATTRIBUTE.username, Buffer.from(username)],
      [ATTRIBUTE.realm, Buffer.from(this.#realm)],
      [ATTRIBUTE.nonce, this.#nonce],
    ];
    const key = createHash('md5').update(`${username}:${this.#realm}:${password}`).digest();
    // The length field covers the signature itself, the signed bytes do not.
    const draft = encode(method, id, [...body, [ATTRIBUTE.integrity, Buffer.alloc(20)]]);
    const tag = createHmac('sha1', key).update(draft.subarray(0, -24)).digest();
    return encode(method, id, [...body, [ATTRIBUTE.integrity, tag]]);
  }
}

function encode(method: number, id: Buffer, attributes: Attribute[]): Buffer {
  const body = Buffer.concat(
    attributes.flatMap(([type, value]) => {
      const head = Buffer.alloc(4);
      head.writeUInt16BE(type, 0);
      head.writeUInt16BE(value.length, 2);
      return [head, value, Buffer.alloc((4 - (value.length % 4)) % 4)];
    }),
  );
  const head = Buffer.alloc(4);
  head.writeUInt16BE(method, 0);
  head.writeUInt16BE(body.length, 2);
  return Buffer.concat([head, COOKIE, id, body]);
}

function decode(message: Buffer): Map<number, Buffer> {
  const found = new Map<number, Buffer>();
  for (let at = 20; at + 4 <= message.length;) {
    const length = message.readUInt16BE(at + 2);
    found.set(message.readUInt16BE(at), message.subarray(at + 4, at + 4 + length));
    at += 4 + length + ((4 - (length % 4)) % 4);
  }
  return found;
}

function codeOf(answer: Map<number, Buffer>): Code {
  const error = answer.get(ATTRIBUTE.errorCode);
  return error === undefined ? 0 : error.readUInt8(2) * 100 + error.readUInt8(3);
}

function xorAddress(address: string, port: number, id: Buffer): Buffer {
  const mask = Buffer.concat([COOKIE, id]);
  const bytes = isIPv6(address) ? ipv6Bytes(address) : Buffer.from(address.split('.').map(Number));
  const head = Buffer.alloc(4);
  head.writeUInt8(isIPv6(address) ? 2 : 1, 1);
  head.writeUInt16BE(port ^ 0x2112, 2);
  return Buffer.concat([head, bytes.map((byte, index) => byte ^ mask[index]!)]);
}

function ipv6Bytes(address: string): Buffer {
  const [head = '', tail = ''] = address.split('::').map((part) => {
    const groups = part === '' ? [] : part.split(':');
    return groups.map((group) => group.padStart(4, '0')).join('');
  });
  return Buffer.from(head + '0'.repeat(32 - head.length - tail.length) + tail, 'hex');
}
