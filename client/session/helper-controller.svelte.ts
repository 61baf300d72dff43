/**
 * The controller's side of the native helper: the link over which pointer, keys and clipboard go, peer to peer. Runs in
 * the browser of whoever operates; it has peerKey only. What it may do is asked of `policy.may` and of the helper's
 * grants here, and by the helper once more.
 */
import { z } from '../../shared/protocol/zod';
import { fromBase64, toBase64 } from '../../shared/crypto/encoding';
import { SealedRelay } from '../../shared/crypto/relay';
import type { Sodium } from '../../shared/crypto/sodium';
import { may } from '../../shared/policy';
import { IceConfig, type EndReason, type Mode, type Party, type Side } from '../../shared/protocol/common';
import { PeerLineMessage, type HelperState } from '../../shared/protocol/helper';
import type { ClipboardMessage, HelperSessionMessage, InputMessage } from '../../shared/protocol/input';
import type { RelayEnvelope } from '../../shared/protocol/relay';
import type { ServerSocket } from '../net/socket';
import { TextAssembler, cleanText, splitText } from './helper-controller-clipboard';
import { ClipboardPour } from './helper-controller-pour';
import { HelperLink, type HelperSignal } from './helper-controller-link';
import { RelinkClock } from './helper-controller-relink';
import { RelayLine } from './relay-line';
import { PING_LOST_MS, TICK_MS } from './timing';

export interface HelperControllerDeps {
  sodium: Sodium;
  socket: ServerSocket;
  sessionId: string;
  side: Side;
  mode: Mode;
  ice(): IceConfig;
  /** The helper ended the session, or its line was tampered with. */
  ended(by: Party, reason: EndReason): void;
}

/** What the helper says of itself, newest. */
export type HelperStatus = Extract<HelperSessionMessage, { t: 'status' }>;

/** `none`: no key or nothing offered yet. `tampered`: a message did not verify, so the link stays closed. */
export type HelperLinkState = 'none' | 'connecting' | 'up' | 'lost' | 'tampered';

/** What became of a text for the other side's clipboard. */
export type ClipboardSent = 'sent' | 'too-long' | 'not-allowed';

/** A part of the clipboard waits while more than this many bytes do. */
const CLIPBOARD_FULL_AT = 256_000;
/** How long a goodbye may take to leave the channel, in milliseconds. */
const GOODBYE_MS = 150;

export class HelperController {
  /** Told of each whole text that the other side copied. Set by whoever shows the picture. */
  onclipboard: ((text: string) => void) | null = null;

  #state = $state.raw<HelperState['state']>('none');
  #system = $state.raw<HelperState['system']>(undefined);
  #linkState = $state.raw<HelperLinkState>('none');
  #status = $state.raw<HelperStatus | null>(null);
  #roundTripMs = $state.raw<number | null>(null);
  #key: Uint8Array | null = null;
  #keyText: string | null = null;
  #online = true;
  #line: RelayLine<PeerLineMessage> | null = null;
  #link: HelperLink | null = null;
  #ice: IceConfig | null = null;
  #lastPong = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  readonly #incoming = new TextAssembler();
  readonly #outgoing = new ClipboardPour({
    takes: () => this.canClipboard && this.#link?.takesClipboard(CLIPBOARD_FULL_AT) === true,
    send: (part) => this.#link?.clipboard(part),
    ping: (at) => this.#link?.say({ t: 'ping', at }),
  });
  readonly #relink = new RelinkClock();
  readonly #mayInput: boolean;
  readonly #mayClipboard: boolean;

  constructor(private readonly deps: HelperControllerDeps) {
    this.#mayInput = may(deps.mode, deps.side, 'input');
    this.#mayClipboard = may(deps.mode, deps.side, 'clipboard');
  }

  /** What the server says of the helper. */
  get state(): HelperState['state'] {
    return this.#state;
  }
  get system(): HelperState['system'] {
    return this.#system;
  }
  get link(): HelperLinkState {
    return this.#linkState;
  }
  /** Null while there is no link. */
  get status(): HelperStatus | null {
    return this.#status;
  }
  get roundTripMs(): number | null {
    return this.#roundTripMs;
  }

  /** Whether pointer and keys may be sent now; the helper may still drop them (`status`). */
  get canInput(): boolean {
    const status = this.#status;
    return (
      this.#mayInput &&
      this.#linkState === 'up' &&
      status !== null &&
      status.grants.input &&
      status.reason === ''
    );
  }
  /** Whether this mode knows a clipboard at all. */
  get mayClipboard(): boolean {
    return this.#mayClipboard;
  }
  get canClipboard(): boolean {
    return this.#mayClipboard && this.#linkState === 'up' && this.#status?.grants.clipboard === true;
  }

  /** The host's browser names the key, again after each reconnect; null: there is no helper (any more). */
  setKey(key: string | null): void {
    if (key === this.#keyText) return;
    this.#keyText = key;
    this.#dropLine();
    if (key === null) return;
    const { sodium, socket, sessionId } = this.deps;
    this.#key = fromBase64(sodium, key);
    this.#line = new RelayLine<PeerLineMessage>(
      socket,
      sessionId,
      {
        message: (message) => this.#onMessage(message),
        opened: () => this.#relink.opened(Date.now()),
        settled: () => undefined,
        tampered: () => this.deps.ended(this.deps.side, 'tampered'),
      },
      'helper:relay',
    );
    this.#line.use(
      SealedRelay.of(sodium, { side: 'operator', key: toBase64(sodium, this.#key) }, PeerLineMessage),
    );
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
    if (this.#online) this.#line.attached();
  }

  /** What the server says of it. */
  changed({ state, system }: HelperState): void {
    this.#state = state;
    this.#system = system;
  }

  receive(envelope: RelayEnvelope): void {
    this.#line?.receive(envelope);
  }

  /** This page's socket is attached to the session (again). */
  attached(): void {
    this.#online = true;
    this.#line?.attached();
  }

  detached(): void {
    this.#online = false;
    this.#line?.detached();
  }

  /**
   * Sends one event to the helper before it returns.
   * @returns false when it may not or cannot be sent; nothing was sent then
   */
  input(message: InputMessage): boolean {
    if (!this.canInput || !this.#link?.takesInput) return false;
    this.#link.input(message);
    return true;
  }

  /** Bytes of input that wait to be sent. */
  get inputBuffered(): number {
    return this.#link?.inputBuffered ?? 0;
  }

  /** Puts a text into the other side's clipboard; a newer text takes the place of one still being sent. */
  sendClipboard(text: string): ClipboardSent {
    if (!this.canClipboard) return 'not-allowed';
    const parts = splitText(cleanText(text));
    if (!parts) return 'too-long';
    this.#outgoing.start(parts);
    return 'sent';
  }

  /**
   * Settles when the helper has answered everything that was sent until now, the clipboard included; at once without a
   * link.
   */
  answered(): Promise<void> {
    return this.#link?.up ? this.#outgoing.arrived() : Promise.resolve();
  }

  /** The session is over: nothing is sent any more. */
  close(by: Party, reason: EndReason): void {
    const link = this.#link;
    link?.say({ t: 'end', by, reason });
    this.#link = null;
    setTimeout(() => link?.close(), GOODBYE_MS);
    this.#line?.send({ t: 'end', by, reason });
    this.#dropLine();
  }

  #onMessage(message: PeerLineMessage): void {
    switch (message.t) {
      case 'signal':
        this.#onSignal(message);
        return;
      case 'end':
        this.deps.ended(message.by, message.reason);
        return;
      case 'relink':
        return; // ours to say
    }
  }

  #onSignal(signal: HelperSignal): void {
    if (this.#linkState === 'tampered') return;
    if (signal.data.type === 'offer') this.#answer(signal);
    else if (signal.data.type === 'candidate' && signal.link === this.#link?.id) this.#link.signal(signal);
  }

  #answer(offer: HelperSignal): void {
    if (!this.#key) return;
    this.#dropLink('connecting');
    this.#relink.offered(Date.now());
    const ice = this.#ice ?? this.deps.ice();
    const ours = (act: () => void) => () => this.#link === link && act();
    const link: HelperLink = new HelperLink(this.deps.sodium, this.#key, ice, offer, {
      send: (signal) => this.#line?.send(signal),
      up: ours(() => this.#onUp()),
      down: ours(() => this.#onLost()),
      dead: ours(() => this.#onLost()),
      message: (message) => this.#link === link && this.#onSession(message),
      clipboard: (message) => this.#link === link && this.#onClipboard(message),
      clipboardReady: ours(() => this.#outgoing.more()),
      tampered: ours(() => this.#dropLink('tampered')),
    });
    this.#link = link;
  }

  #onUp(): void {
    this.#linkState = 'up';
    this.#lastPong = Date.now();
    this.#relink.up(Date.now());
    this.#ping();
  }

  #onLost(): void {
    if (this.#linkState !== 'up' && this.#linkState !== 'connecting') return;
    this.#linkState = 'lost';
    this.#status = null;
    this.#relink.lost(Date.now());
    this.#outgoing.settle();
  }

  #onSession(message: HelperSessionMessage): void {
    switch (message.t) {
      case 'ping':
        this.#link?.say({ t: 'pong', at: message.at });
        return;
      case 'pong':
        this.#lastPong = Date.now();
        this.#roundTripMs = performance.now() - message.at;
        this.#outgoing.onPong(message.at);
        return;
      case 'status':
        this.#status = message;
        if (!this.canClipboard) this.#forgetClipboard();
        return;
      case 'end':
        this.deps.ended(message.by, message.reason);
    }
  }

  #onClipboard(message: ClipboardMessage): void {
    if (!this.canClipboard) return;
    const text = this.#incoming.take(message);
    if (text !== null) this.onclipboard?.(text);
  }

  #ping(): void {
    this.#link?.say({ t: 'ping', at: performance.now() });
  }

  #tick(): void {
    const now = Date.now();
    if (this.#linkState === 'up') {
      this.#ping();
      if (now - this.#lastPong > PING_LOST_MS) this.#onLost();
    }
    if (this.#linkState === 'tampered' || this.#linkState === 'up') return;
    if (this.#online && this.#relink.due(now)) void this.#askForLink();
  }

  /** With relay credentials that are still good: the old ones may be why there is no link. */
  async #askForLink(): Promise<void> {
    const { socket, sessionId } = this.deps;
    const ack = await socket.request('session:ice', { sessionId }, z.object({ ice: IceConfig }), 3000);
    if (ack.ok) this.#ice = ack.ice;
    if (this.#linkState !== 'up') this.#line?.send({ t: 'relink' });
  }

  #forgetClipboard(): void {
    this.#outgoing.forget();
    this.#incoming.forget();
  }

  #dropLink(state: HelperLinkState): void {
    this.#link?.close();
    this.#link = null;
    this.#linkState = state;
    this.#status = null;
    this.#roundTripMs = null;
    this.#forgetClipboard();
    this.#outgoing.settle();
  }

  #dropLine(): void {
    clearInterval(this.#timer);
    this.#line?.close();
    this.#line = null;
    this.#key = null;
    this.#relink.stop();
    this.#dropLink('none');
  }
}
