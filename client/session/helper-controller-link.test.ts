import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fromBase64, toBase64 } from '../../shared/crypto/encoding';
import { loadSodium, type Sodium } from '../../shared/crypto/sodium';
import {
  ClipboardMessage,
  HelperSessionMessage,
  InputMessage,
  MAX_HELPER_CHANNEL_BYTES as maxBytes,
} from '../../shared/protocol/input';
import type { LinkEvents } from '../net/peer-link';
import { SealedChannel } from '../net/sealed-channel';
import { HelperLink } from './helper-controller-link';

/** What the link under test hears and says, in the place of WebRTC. */
const wire = vi.hoisted(() => ({ events: null as LinkEvents | null, closed: 0, sent: [] as Uint8Array[] }));
vi.mock('../net/peer-link', () => ({
  PeerLink: class {
    up = true;
    constructor(_: unknown, events: LinkEvents) {
      wire.events = events;
      wire.closed = 0;
      wire.sent = [];
    }
    signal = () => undefined;
    takes = () => true;
    isOpen = () => true;
    send = (bytes: Uint8Array) => wire.sent.push(bytes);
    sendOn = (_: string, bytes: Uint8Array) => wire.sent.push(bytes);
    close = () => wire.closed++;
  },
}));

let sodium: Sodium;
beforeAll(async () => {
  sodium = await loadSodium();
});

const PONG = { t: 'pong', at: 1 } as const;
const TEXT = { t: 'text', part: 0, of: 1, text: 'copied' } as const;

/** A link, and the helper's ends of its channels. */
function rig() {
  const key = sodium.randombytes_buf(64);
  const nonce = toBase64(sodium, sodium.randombytes_buf(16));
  const heard: unknown[] = [];
  let mine = '';
  const offer = { t: 'signal', link: nonce, nonce, data: { type: 'offer', sdp: 'v=0' } } as const;
  const link = new HelperLink(sodium, key, { servers: [], policy: 'all' }, offer, {
    send: (signal) => (mine = signal.nonce),
    up: () => undefined,
    down: () => undefined,
    dead: () => undefined,
    message: (message) => heard.push(message),
    clipboard: (message) => heard.push(message),
    clipboardReady: () => undefined,
    tampered: () => heard.push('tampered'),
  });
  wire.events?.signal({ type: 'answer', sdp: 'v=0' });
  const nonces = { customer: fromBase64(sodium, nonce), operator: fromBase64(sodium, mine) };
  const session = { name: 'session', schema: HelperSessionMessage, maxBytes };
  const input = { name: 'input', schema: InputMessage, maxBytes };
  const clipboard = { name: 'clipboard', schema: ClipboardMessage, maxBytes };
  return {
    link,
    heard,
    session: new SealedChannel<HelperSessionMessage>(sodium, key, session, 'customer', nonces),
    input: new SealedChannel<InputMessage>(sodium, key, input, 'customer', nonces),
    clipboard: new SealedChannel<ClipboardMessage>(sodium, key, clipboard, 'customer', nonces),
  };
}

describe('the channels of the helper’s link', () => {
  let all: ReturnType<typeof rig>;
  beforeEach(() => {
    all = rig();
  });
  const session = (bytes: Uint8Array) => wire.events?.data(bytes);
  const channel = (name: string, bytes: Uint8Array) => wire.events?.channelData?.(name, bytes);

  it('carry what each is for, both ways', () => {
    session(all.session.seal(PONG));
    channel('clipboard', all.clipboard.seal(TEXT));
    expect(all.heard).toEqual([PONG, TEXT]);
    all.link.input({ t: 'release' });
    expect(all.input.open(wire.sent[0] ?? new Uint8Array())).toEqual({ t: 'release' });
  });

  it.each<[string, () => void]>([
    ['forged', () => session(new Uint8Array(60))],
    ['empty, as text is', () => session(new Uint8Array())],
    ['changed', () => session(all.session.seal(PONG).map((byte, at) => (at === 20 ? byte ^ 1 : byte)))],
    ['too long', () => channel('clipboard', new Uint8Array(maxBytes + 1))],
    ['out of order', () => [all.session.seal(PONG), all.session.seal(PONG)].slice(1).forEach(session)],
    ['of another channel', () => channel('clipboard', all.session.seal(PONG))],
    ['of another shape', () => session(all.session.seal({ ...PONG, more: 1 } as typeof PONG))],
    ['on the channel that only goes there', () => channel('input', all.input.seal({ t: 'release' }))],
  ])('end the link by a frame that is %s', (_, act) => {
    act();
    expect([all.heard, wire.closed]).toEqual([['tampered'], 1]);
  });

  it('end the link by a frame that comes twice', () => {
    const frame = all.session.seal(PONG);
    session(frame);
    session(frame);
    expect([all.heard, wire.closed]).toEqual([[PONG, 'tampered'], 1]);
  });
});
