/**
 * One support session in a browser: runs `step` and performs its effects. What it is made of stands beside it: the relay
 * line, the link, the pictures, the helper, the report of its end. The two sides differ only in the small subclasses
 * `CustomerSession` and `OperatorSession`.
 */
import { TamperError } from '../../shared/crypto/errors';
import { SealedRelay } from '../../shared/crypto/relay';
import { safetyWords } from '../../shared/crypto/safety-words';
import type { Sodium } from '../../shared/crypto/sodium';
import type { Capture, Effect, Phase, SessionEvent } from '../../shared/session/machine';
import type { SessionMessage } from '../../shared/protocol/channel';
import {
  otherSide,
  type EndReason,
  type IceConfig,
  type Mode,
  type Party,
  type Side,
} from '../../shared/protocol/common';
import type { HelperState } from '../../shared/protocol/helper';
import type { Card, RelayEnvelope, RelayMessage } from '../../shared/protocol/relay';
import type { ServerSocket } from '../net/socket';
import { RelayLine } from './relay-line';
import { EndReport } from './session-end';
import { SessionFace, type SessionParts } from './session-face.svelte';
import { makeParts } from './session-parts';
import type { SeenPicture, SessionPictures } from './session-pictures.svelte';
import { SessionRunner } from './session-runner.svelte';
import { storeSession, type StoredSession } from './stored';
import { TICK_MS } from './timing';

export type { SeenPicture };

export interface SessionDeps<S extends StoredSession> {
  sodium: Sodium;
  socket: ServerSocket;
  ice: IceConfig;
  stored: S;
  /** Gives the tab's claim back. */
  release: () => void;
  /** The other side is attached; false until the server says so. */
  peerPresent?: boolean;
}

/** Phases in which pictures are shown, or about to be again. */
const LINKED: readonly Phase['at'][] = ['connecting', 'connected', 'interrupted'];

export abstract class LiveSession<S extends StoredSession = StoredSession> extends SessionFace {
  readonly id: string;
  readonly side: Side;
  readonly mode: Mode;
  #words = $state.raw<number[] | null>(null);
  #online = $state(true);
  #peerPresent = $state(false);

  protected readonly sodium: Sodium;
  protected readonly socket: ServerSocket;
  protected stored: S;
  protected readonly line: RelayLine;
  protected readonly parts: SessionParts;
  readonly #runner: SessionRunner;
  readonly #report: EndReport;
  readonly #timer: ReturnType<typeof setInterval>;
  /** Restored after a reload: the sharer may still believe in the old link. */
  #restored: boolean;

  constructor(deps: SessionDeps<S>, from: Phase) {
    super();
    const { sodium, socket, stored } = deps;
    const { id, side, mode, relay } = stored;
    this.sodium = sodium;
    this.socket = socket;
    this.stored = stored;
    this.#peerPresent = deps.peerPresent ?? false;
    this.id = id;
    this.side = side;
    this.mode = mode;
    this.#restored = relay !== undefined;
    this.#runner = new SessionRunner(side, mode, from, (effect) => this.#do(effect), this.#restored);
    this.#report = new EndReport(socket, stored, deps.release);
    this.line = new RelayLine(socket, id, {
      message: (message) => this.#onMessage(message),
      opened: () => this.#onKeys(),
      settled: (opened) => opened && this.#onEpoch(),
      tampered: (error) => this.#onError(error),
    });
    if (relay) this.line.use(SealedRelay.restore(sodium, relay));
    this.parts = makeParts({
      sodium,
      socket,
      stored,
      ice: deps.ice,
      sharer: this.#runner.sharer,
      card: () => this.card,
      windowsOnly: () => this.windowsOnly,
      phase: () => this.phase.at,
      key: () => this.#key(),
      reachable: () => this.#online && this.#peerPresent,
      dispatch: (event) => this.dispatch(event),
      finish: (by, reason) => this.finish(by, reason),
      failed: (error) => this.#onError(error),
      send: (message) => this.line.send(message),
      capture: (capture) => this.#capture(capture),
      picturesChanged: () => this.#picturesChanged(),
      remember: (helper) => this.remember({ helper } as Partial<S>),
      message: (message) => this.#onChannel(message),
    });
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
    this.#showWords();
  }

  get phase(): Phase {
    return this.#runner.phase;
  }
  /** Attached to the server at the moment. A session goes on without it. */
  get online(): boolean {
    return this.#online;
  }
  get peerPresent(): boolean {
    return this.#peerPresent;
  }
  /** Indices into SAFETY_WORDS once the keys are agreed. */
  get words(): number[] | null {
    return this.#words;
  }
  /** What the server wants to see when a new socket takes this session up. */
  get ticket(): { sessionId: string; resume: string } {
    return { sessionId: this.id, resume: this.stored.resume };
  }

  /** Over, and the server knows. */
  get settled(): boolean {
    return this.phase.at === 'ended' && this.#report.told;
  }

  /** Hands over what must be given back when the session is over. */
  onRelease(release: () => void): void {
    this.#report.onRelease(release);
  }

  /** The snapshot this side sends when an epoch of the relay begins. */
  protected abstract snapshot(): RelayMessage[];
  /** Both sides' names. */
  protected abstract readonly card: Card;
  /** Application selection: only chosen windows may be shown. */
  abstract readonly windowsOnly: boolean;
  /** Effects only one side has. */
  protected abstract perform(effect: Effect): void;
  /** Messages only one side receives. @throws TamperError when it has no business sending this */
  protected abstract onRelayMessage(message: RelayMessage): void;
  /** Tells the other side how far the capture is. */
  protected abstract tellCapture(capture?: Capture): void;

  /** Told by the socket's owner. */
  attached(ice: IceConfig, peerPresent: boolean): void {
    this.parts.link.takeIce(ice);
    this.#online = true;
    this.#peerPresent = peerPresent;
    this.#runner.confirm();
    const { phase } = this;
    if (phase.at === 'ended') void this.#report.tell(phase.by, phase.reason, true);
    else this.line.attached();
    this.parts.helper.attached();
    void this.parts.pictures.tellSelection();
  }

  detached(): void {
    this.#online = false;
    this.#peerPresent = false;
    this.line.detached();
    this.parts.helper.detached();
  }

  /** What the server says of the helper; also part of each snapshot. */
  helperChanged(state: HelperState): void {
    this.parts.helper.changed(state);
  }

  /** From the helper, over the server. */
  receiveFromHelper(envelope: RelayEnvelope): void {
    if (this.phase.at !== 'ended') this.parts.helper.receive(envelope);
  }

  peerChanged(present: boolean): void {
    this.#peerPresent = present;
    if (present) this.line.peerArrived();
  }

  /** The server says it is over. */
  ended(by: Party, reason: EndReason): void {
    this.#report.known();
    this.finish(by, reason);
  }

  receive(envelope: RelayEnvelope): void {
    if (this.phase.at !== 'ended') this.line.receive(envelope);
  }

  #key(): Uint8Array {
    const key = this.line.key;
    if (!key) throw new Error('no keys yet');
    return key;
  }

  protected get capture(): Capture {
    if (this.phase.at === 'picking') return this.phase.capture;
    return this.localStream ? 'on' : 'none';
  }

  protected dispatch(event: SessionEvent): void {
    this.#runner.dispatch(event);
    if (this.phase.at === 'connecting' && this.#restored && !this.#runner.sharer) {
      this.#restored = false;
      this.parts.link.relink();
    }
  }

  protected finish(by: Party, reason: EndReason): void {
    this.dispatch({ type: 'end', by, reason });
  }

  /** Runs something that may find tampering; that ends the session with an explanation. */
  protected guard(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#onError(error);
    }
  }

  protected remember(change: Partial<S>): void {
    const relay = this.line.save();
    this.stored = { ...this.stored, ...change, ...(relay ? { relay } : {}) };
    if (this.phase.at !== 'ended') void storeSession(this.stored);
  }

  /** The other side's pictures, as its messages name them. */
  protected takePictures(pictures: Parameters<SessionPictures['take']>[0]): void {
    this.parts.pictures.take(pictures);
  }

  /** What this side shows, for the other side's viewer. */
  protected get ownPictures(): SessionPictures['own'] {
    return this.parts.pictures.own;
  }

  #onKeys(): void {
    this.remember({});
    this.#showWords();
  }

  /** A fresh epoch: both sides say where they stand, and a link that died meanwhile is replaced. */
  #onEpoch(): void {
    if (this.phase.at === 'ended') return;
    for (const message of this.snapshot()) this.line.send(message);
    const { host } = this.parts.helper;
    if (host) this.line.send({ t: 'helper', key: host.peerKey });
    this.dispatch({ type: 'relayOpened', linked: this.parts.link.up });
    if (LINKED.includes(this.phase.at) && !this.#runner.sharer && !this.parts.link.up)
      this.parts.link.relink();
  }

  #onMessage(message: RelayMessage): void {
    switch (message.t) {
      case 'signal':
        if (this.phase.at === 'picking' || LINKED.includes(this.phase.at)) this.parts.link.receive(message);
        return;
      case 'relink':
        this.dispatch({ type: 'relink' });
        return;
      case 'end':
        this.finish(otherSide(this.side), message.reason);
        return;
      case 'helper':
        this.parts.helper.takeKey(message.key);
        return;
      default:
        this.onRelayMessage(message);
    }
  }

  #onChannel(message: SessionMessage): void {
    if (message.t === 'end') {
      this.finish(otherSide(this.side), message.reason);
    } else if (message.t === 'requested') {
      this.onrequested?.(message.grant, message.shown);
    } else if (message.t === 'request' || message.t === 'withheld') {
      const answer = this.parts.helper.message(message);
      if (answer) this.parts.link.send(answer);
    }
  }

  #onError(error: unknown): void {
    this.finish(this.side, error instanceof TamperError ? 'tampered' : 'failed');
  }

  #do(effect: Effect): void {
    switch (effect.do) {
      case 'capture':
        void this.parts.pictures.choose();
        return;
      case 'openLink':
        void this.parts.link.offer(() => this.shared.map(({ stream }) => stream));
        return;
      case 'tellConnected':
        this.parts.link.measure();
        return;
      case 'close':
        this.#close(effect.by, effect.reason);
        return;
      default:
        this.perform(effect);
    }
  }

  #capture(capture: Capture): void {
    this.tellCapture(capture);
    this.dispatch({ type: 'capture', capture });
  }

  /** A window was closed, or changed its size. */
  #picturesChanged(): void {
    if (!LINKED.includes(this.phase.at)) return;
    if (this.shared.length === 0) {
      this.finish(this.side, 'share_stopped');
      return;
    }
    this.tellCapture();
    this.parts.helper.host?.surfacesChanged();
    void this.parts.pictures.tellSelection();
  }

  #close(by: Party, reason: EndReason): void {
    clearInterval(this.#timer);
    this.parts.link.close({ t: 'end', by, reason });
    this.line.send({ t: 'end', by, reason });
    this.parts.pictures.close();
    this.parts.helper.close(by, reason);
    this.line.close();
    void this.#report.over(by, reason, this.#online);
  }

  #showWords(): void {
    const key = this.line.key;
    if (key && !this.#words) this.#words = safetyWords(this.sodium, key);
  }

  #tick(): void {
    if (!this.#runner.tick()) return;
    this.parts.link.tick();
    this.parts.pictures.tick();
  }
}
