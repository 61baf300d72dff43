/** For tests: a controller with links in the hands of the test, and the helper at the other end of its line. */
import { toBase64 } from '../../shared/crypto/encoding';
import { SealedRelay } from '../../shared/crypto/relay';
import type { Sodium } from '../../shared/crypto/sodium';
import type { Mode, Side } from '../../shared/protocol/common';
import { PeerLineMessage } from '../../shared/protocol/helper';
import type { HelperSessionMessage, InputMessage } from '../../shared/protocol/input';
import type { HelperLinkEvents } from './helper-controller-link';
import { HelperController } from './helper-controller.svelte';
import { FakeSocket } from './helper-socket.fake';

/** What a helper says when everything is granted. */
export const STATUS = {
  t: 'status',
  grants: { input: true, clipboard: true },
  paused: false,
  guarded: false,
  backend: 'x11',
  reason: '',
  ctrlAltDel: true,
  refused: 0,
} as const;

const ID = 'AAAAAAAAAAAAAAAAAAAAAA';
/** One link as the controller uses it, in the hands of the test. */
export class FakeLink {
  up = false;
  closed = false;
  readonly takesInput = true;
  readonly inputBuffered = 0;
  readonly said: HelperSessionMessage[] = [];
  readonly inputs: InputMessage[] = [];
  constructor(
    readonly id: string,
    readonly events: HelperLinkEvents,
  ) {}
  takesClipboard = () => true;
  signal = () => undefined;
  clipboard = () => undefined;
  input(message: InputMessage) {
    this.inputs.push(message);
  }
  say(message: HelperSessionMessage) {
    this.said.push(message);
  }
  close() {
    this.closed = true;
    this.up = false;
  }
  get pings() {
    return this.said.filter(({ t }) => t === 'ping').length;
  }
}

/** A controller, and all that was told to everybody around it. */
export function controllerRig(sodium: Sodium, mode: Mode = 'control', side: Side = 'operator') {
  const socket = new FakeSocket({ 'session:ice': () => ({ ice: { servers: [], policy: 'all' } }) });
  const ends: string[] = [];
  const links: FakeLink[] = [];
  const said: PeerLineMessage[] = [];
  const texts: string[] = [];
  const controller: HelperController = new HelperController({
    sodium,
    socket,
    sessionId: ID,
    side,
    mode,
    ice: () => ({ servers: [], policy: 'all' }),
    ended: (by, reason) => ends.push(`${by} ${reason}`),
    makeLink: (offer, events) => {
      const link = new FakeLink(offer.link, events);
      links.push(link);
      return link;
    },
  });
  controller.onclipboard = (text) => texts.push(text);
  const key = toBase64(sodium, sodium.randombytes_buf(64));
  const line = SealedRelay.of(sodium, { side: 'customer', key }, PeerLineMessage);
  socket.onenvelope = (envelope) => {
    const { send, messages } = line.receive(envelope);
    said.push(...messages);
    for (const each of send) controller.receive(each);
  };
  controller.setKey(key);
  const say = (message: PeerLineMessage) => {
    const envelope = line.seal(message);
    if (!envelope) throw new Error('no epoch');
    controller.receive(envelope);
    return envelope;
  };
  const linkId = () => toBase64(sodium, sodium.randombytes_buf(16));
  const offer = () => {
    const signal = {
      t: 'signal',
      link: linkId(),
      nonce: linkId(),
      data: { type: 'offer', sdp: 'v=0' },
    } as const;
    say(signal);
    const link = links.at(-1);
    if (!link) throw new Error('no link');
    link.up = true;
    link.events.up();
    return link;
  };
  const operate = () => {
    const link = offer();
    link.events.message(STATUS);
    return link;
  };
  return { controller, socket, ends, links, said, texts, say, offer, operate };
}
