/**
 * One support session in a browser: runs `step` and performs its effects. What it is made of stands beside it: the relay
 * line, the link, the pictures, the helper, the report of its end. The two sides differ only in the small subclasses
 * `CustomerSession` and `OperatorSession`.
 */
import { TamperError } from '../../shared/crypto/errors';
import { SealedRelay } from '../../shared/crypto/relay';
import { safetyWords } from '../../shared/crypto/safety-words';
import type { Sodium } from '../../shared/crypto/sodium';
import {
  isSharer,
  start,
  step,
  type Capture,
  type Effect,
  type Phase,
  type SessionEvent,
  type SessionState,
} from '../../shared/session/machine';
import type { SessionMessage } from '../../shared/protocol/channel';
import {
  otherSide,
  type EndReason,
  type IceConfig,
  type Mode,
  type Party,
  type Side,
} from '../../shared/protocol/common';
import type { Grants, HelperState } from '../../shared/protocol/helper';
import type { Card, RelayEnvelope, RelayMessage } from '../../shared/protocol/relay';
import type { ServerSocket } from '../net/socket';
import { RelayLine } from './relay-line';
import { EndReport } from './session-end';
import { SessionHelper } from './session-helper';
import { SessionLink, type Quality } from './session-link.svelte';
import { SessionPictures, type SeenPicture } from './session-pictures.svelte';
import { storeSession, type StoredSession } from './stored';
import { TICK_MS, overdue } from './timing';

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

export abstract class LiveSession<S extends StoredSession = StoredSession> {
  readonly id: string;
  readonly side: Side;
  readonly mode: Mode;
  /** Controller: told whether the person there is asked for a grant. Set by whoever shows the picture. */
  onrequested: ((grant: keyof Grants, shown: boolean) => void) | null = null;

  #state = $state.raw() as SessionState;
  #words = $state.raw<number[] | null>(null);
  #online = $state(true);
  #peerPresent = $state(false);

  protected readonly sodium: Sodium;
  protected readonly socket: ServerSocket;
  protected stored: S;
  protected readonly line: RelayLine;
  readonly #link: SessionLink;
  readonly #pictures: SessionPictures;
  readonly #helper: SessionHelper;
  readonly #report: EndReport;
  readonly #sharer: boolean;
  readonly #timer: ReturnType<typeof setInterval>;
  #phaseSince = Date.now();
  /** Restored after a reload: the sharer may still believe in the old link. */
  #restored: boolean;
  /** Restored, and the server has not confirmed it: its time does not run. */
  #unconfirmed: boolean;

  constructor(deps: SessionDeps<S>, from: Phase) {
    const { sodium, socket, stored, ice } = deps;
    const { id, side, mode, relay } = stored;
    this.sodium = sodium;
    this.socket = socket;
    this.stored = stored;
    this.#peerPresent = deps.peerPresent ?? false;
    this.id = id;
    this.side = side;
    this.mode = mode;
    this.#state = start(side, mode, from);
    this.#sharer = isSharer(this.#state);
    this.#restored = this.#unconfirmed = relay !== undefined;
    this.#report = new EndReport(socket, stored, deps.release);
    this.line = new RelayLine(socket, id, {
      message: (message) => this.#onMessage(message),
      opened: () => this.#onKeys(),
      settled: (opened) => opened && this.#onEpoch(),
      tampered: (error) => this.#onError(error),
    });
    if (relay) this.line.use(SealedRelay.restore(sodium, relay));
    this.#pictures = new SessionPictures({
      windowsOnly: () => this.windowsOnly,
      choosing: () => this.phase.at === 'picking',
      capture: (capture) => this.#capture(capture),
      shown: () => {
        this.#capture('on');
        this.#helper.begin();
      },
      unsupported: () => this.finish(side, 'unsupported'),
      changed: () => this.#picturesChanged(),
      tellSelection: async (windows) =>
        (await socket.request('session:selection', { sessionId: id, windows })).ok,
    });
    this.#link = new SessionLink({
      sodium,
      socket,
      sessionId: id,
      side,
      sharer: this.#sharer,
      ice,
      key: () => this.#key(),
      phase: () => this.phase.at,
      reachable: () => this.#online && this.#peerPresent,
      send: (message) => this.line.send(message),
      dispatch: (event) => this.dispatch(event),
      up: () => this.#helper.host?.linkUp(),
      stream: (stream) => this.#pictures.arrived(stream),
      message: (message) => this.#onChannel(message),
      tampered: (error) => this.#onError(error),
    });
    this.#helper = new SessionHelper({
      sodium,
      socket,
      sessionId: id,
      side,
      mode,
      sharer: this.#sharer,
      stored: stored.helper,
      ice: () => this.#link.ice,
      card: () => this.card,
      windowsOnly: () => this.windowsOnly,
      surfaces: () => this.#pictures.surfaces,
      tellKey: (key) => this.line.send({ t: 'helper', key }),
      tellController: (message) => this.#link.send(message),
      remember: (helper) => this.remember({ helper } as Partial<S>),
      ended: (by, reason) => this.finish(by, reason),
    });
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
    this.#showWords();
  }

  get phase(): Phase {
    return this.#state.phase;
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
  /** On the side whose computer is operated by a helper. */
  get helperHost(): SessionHelper['host'] {
    return this.#helper.host;
  }
  /** On the side that operates. */
  get helperController(): SessionHelper['controller'] {
    return this.#helper.controller;
  }
  /** What this side shows. */
  get shared(): SessionPictures['shared'] {
    return this.#pictures.shared;
  }
  /** The first of it. */
  get localStream(): MediaStream | null {
    return this.shared[0]?.stream ?? null;
  }
  /** No further window fits. */
  get sharedFull(): boolean {
    return this.#pictures.full;
  }
  /** Why what was chosen last is not shown. */
  get pickProblem(): SessionPictures['problem'] {
    return this.#pictures.problem;
  }
  /** What the other side shows, each with its place. */
  get pictures(): SeenPicture[] {
    return this.#pictures.seen;
  }
  /** The first picture. */
  get remoteStream(): MediaStream | null {
    return this.#pictures.first;
  }
  get stats(): SessionLink['stats'] {
    return this.#link.stats;
  }
  get quality(): Quality {
    return this.#link.quality;
  }

  /** Viewer: asks the sharer to prefer sharp text or smooth motion. */
  setQuality(prefer: Quality): void {
    this.#link.setQuality(prefer);
  }

  /** Controller: asks the person there to switch a grant on. @returns false while there is no link to ask over */
  askFor(grant: keyof Grants): boolean {
    return this.#link.send({ t: 'request', grant });
  }

  /** Viewer: what the picture element measured, capture → display, in milliseconds. */
  noteLag(ms: number): void {
    this.#link.noteLag(ms);
  }

  /** Opens the browser's picker; call it from a click. Under application selection it adds a window. */
  async chooseScreen(): Promise<void> {
    if (this.phase.at === 'picking') await this.#pictures.choose();
  }

  /** Application selection: takes a chosen window off the list again. */
  removeShared(stream: MediaStream): void {
    if (this.phase.at === 'picking') this.#pictures.remove(stream);
  }

  /** Application selection: the windows on the list are shown from now on. */
  finishChoosing(): void {
    if (this.phase.at === 'picking' && this.shared.length > 0) this.#pictures.show();
  }

  /** Ends the session at once, whatever it is doing. */
  end(): void {
    this.finish(this.side, 'cancelled');
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
    this.#link.takeIce(ice);
    this.#online = true;
    this.#peerPresent = peerPresent;
    if (this.#unconfirmed) this.#phaseSince = Date.now();
    this.#unconfirmed = false;
    const { phase } = this;
    if (phase.at === 'ended') void this.#report.tell(phase.by, phase.reason, true);
    else this.line.attached();
    this.#helper.attached();
    void this.#pictures.tellSelection();
  }

  detached(): void {
    this.#online = false;
    this.#peerPresent = false;
    this.line.detached();
    this.#helper.detached();
  }

  /** What the server says of the helper; also part of each snapshot. */
  helperChanged(state: HelperState): void {
    this.#helper.changed(state);
  }

  /** From the helper, over the server. */
  receiveFromHelper(envelope: RelayEnvelope): void {
    if (this.phase.at !== 'ended') this.#helper.receive(envelope);
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
    const before = this.#state;
    const [next, effects] = step(before, event, Date.now());
    this.#state = next;
    if (next.phase.at !== before.phase.at) this.#phaseSince = Date.now();
    for (const effect of effects) this.#do(effect);
    if (next.phase.at === 'connecting' && this.#restored && !this.#sharer) {
      this.#restored = false;
      this.#link.relink();
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
    this.#pictures.take(pictures);
  }

  /** What this side shows, for the other side's viewer. */
  protected get ownPictures(): SessionPictures['own'] {
    return this.#pictures.own;
  }

  #onKeys(): void {
    this.remember({});
    this.#showWords();
  }

  /** A fresh epoch: both sides say where they stand, and a link that died meanwhile is replaced. */
  #onEpoch(): void {
    if (this.phase.at === 'ended') return;
    for (const message of this.snapshot()) this.line.send(message);
    const { host } = this.#helper;
    if (host) this.line.send({ t: 'helper', key: host.peerKey });
    this.dispatch({ type: 'relayOpened', linked: this.#link.up });
    if (LINKED.includes(this.phase.at) && !this.#sharer && !this.#link.up) this.#link.relink();
  }

  #onMessage(message: RelayMessage): void {
    switch (message.t) {
      case 'signal':
        if (this.phase.at === 'picking' || LINKED.includes(this.phase.at)) this.#link.receive(message);
        return;
      case 'relink':
        this.dispatch({ type: 'relink' });
        return;
      case 'end':
        this.finish(otherSide(this.side), message.reason);
        return;
      case 'helper':
        this.#helper.takeKey(message.key);
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
      const answer = this.#helper.message(message);
      if (answer) this.#link.send(answer);
    }
  }

  #onError(error: unknown): void {
    this.finish(this.side, error instanceof TamperError ? 'tampered' : 'failed');
  }

  #do(effect: Effect): void {
    switch (effect.do) {
      case 'capture':
        void this.#pictures.choose();
        return;
      case 'openLink':
        void this.#link.offer(() => this.shared.map(({ stream }) => stream));
        return;
      case 'tellConnected':
        this.#link.measure();
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
    this.#helper.host?.surfacesChanged();
    void this.#pictures.tellSelection();
  }

  #close(by: Party, reason: EndReason): void {
    clearInterval(this.#timer);
    this.#link.close({ t: 'end', by, reason });
    this.line.send({ t: 'end', by, reason });
    this.#pictures.close();
    this.#helper.close(by, reason);
    this.line.close();
    void this.#report.over(by, reason, this.#online);
  }

  #showWords(): void {
    const key = this.line.key;
    if (key && !this.#words) this.#words = safetyWords(this.sodium, key);
  }

  #tick(): void {
    const lasted = Date.now() - this.#phaseSince;
    const why = this.#unconfirmed ? null : overdue(this.phase, lasted, this.side);
    if (why) {
      this.finish(why.by, why.reason);
      return;
    }
    this.#link.tick();
    this.#pictures.tick();
  }
}
