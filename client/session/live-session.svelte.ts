/**
 * One support session in a browser: runs `step` and performs its effects. The two sides differ only in the small
 * subclasses `CustomerSession` and `OperatorSession`.
 */
import { z } from '../../shared/protocol/zod';
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
  IceConfig,
  otherSide,
  type EndReason,
  type Mode,
  type Party,
  type Side,
} from '../../shared/protocol/common';
import type { Grants, HelperState } from '../../shared/protocol/helper';
import type { Card, Picture, RelayEnvelope, RelayMessage } from '../../shared/protocol/relay';
import { MODE_RULES } from '../../shared/policy';
import type { LinkStats } from '../media/stats';
import type { ServerSocket } from '../net/socket';
import { HelperController } from './helper-controller.svelte';
import { HelperHost } from './helper-host.svelte';
import { LinkHost } from './link-host';
import { LinkMonitor } from './link-monitor';
import { RelayLine } from './relay-line';
import { ScreenShare, type PickProblem, type Shared } from './screen-share.svelte';
import { forgetSession, storeSession, type StoredSession } from './stored';
import { ICE_FRESH_MS, RELINK_AFTER_MS, TICK_MS, overdue } from './timing';

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

/** One picture of the other side, as far as it has arrived. */
export interface SeenPicture {
  /** How input names it: its place among the pictures, arrived or not. */
  index: number;
  kind: Picture['kind'];
  stream: MediaStream;
}

export abstract class LiveSession<S extends StoredSession = StoredSession> {
  readonly id: string;
  readonly side: Side;
  readonly mode: Mode;
  /** On the side whose computer is operated by a helper. */
  readonly helperHost: HelperHost | null = null;
  /** On the side that operates. */
  readonly helperController: HelperController | null = null;
  /** Controller: told whether the person there is asked for a grant. Set by whoever shows the picture. */
  onrequested: ((grant: keyof Grants, shown: boolean) => void) | null = null;

  #state = $state.raw() as SessionState;
  #stats = $state.raw<LinkStats | null>(null);
  #words = $state.raw<number[] | null>(null);
  #streams = $state.raw<MediaStream[]>([]);
  #pictures = $state.raw<Picture[]>([]);
  #quality = $state<'sharp' | 'smooth'>('sharp');
  #online = $state(true);
  #peerPresent = $state(false);
  #pickProblem = $state.raw<PickProblem | null>(null);

  protected readonly sodium: Sodium;
  protected readonly socket: ServerSocket;
  protected stored: S;
  protected readonly line: RelayLine;
  #release: () => void;
  readonly #links: LinkHost;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #monitor: LinkMonitor;
  readonly #share = new ScreenShare(() => this.#picturesChanged());
  #ice: IceConfig;
  #iceSince = Date.now();
  #phaseSince = Date.now();
  #deadSince = 0;
  #toldEnd = false;
  /** How many chosen windows the server knows of. */
  #toldWindows = 0;
  /** Restored after a reload: the sharer may still believe in the old link. */
  #restored: boolean;

  constructor(deps: SessionDeps<S>, from: Phase) {
    this.sodium = deps.sodium;
    this.socket = deps.socket;
    this.stored = deps.stored;
    this.#ice = deps.ice;
    this.#release = deps.release;
    this.#peerPresent = deps.peerPresent ?? false;
    this.id = deps.stored.id;
    this.side = deps.stored.side;
    this.mode = deps.stored.mode;
    this.#state = start(this.side, this.mode, from);
    this.#restored = deps.stored.relay !== undefined;
    this.line = new RelayLine(deps.socket, this.id, {
      message: (message) => this.#onMessage(message),
      opened: () => this.#onKeys(),
      settled: (opened) => opened && this.#onEpoch(),
      tampered: (error) => this.#onError(error),
    });
    if (deps.stored.relay) this.line.use(SealedRelay.restore(deps.sodium, deps.stored.relay));
    this.#links = new LinkHost(deps.sodium, this.side, () => this.#key(), {
      send: (signal) => this.line.send(signal),
      up: () => this.#onUp(),
      down: () => this.#onDown(),
      dead: () => this.#onDead(),
      stream: (stream) => (this.#streams = [...this.#streams.filter(({ id }) => id !== stream.id), stream]),
      message: (message) => this.#onChannel(message),
      tampered: (error) => this.#onError(error),
    });
    this.#monitor = new LinkMonitor(this.#links, {
      stats: (stats) => (this.#stats = stats),
      silent: () => this.phase.at === 'connected' && this.#onDown(),
      alive: () =>
        this.phase.at === 'interrupted' &&
        this.#links.up &&
        this.dispatch({ type: 'linkUp', at: Date.now() }),
      report: async (network) =>
        (await this.socket.request('session:connected', { sessionId: this.id, network })).ok,
    });
    if (MODE_RULES[this.mode].helper) {
      if (isSharer(this.#state)) this.helperHost = this.#makeHelperHost();
      else this.helperController = this.#makeHelperController();
    }
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
  /** What this side shows, in the order in which input names the pictures. */
  get shared(): readonly Shared[] {
    return this.#share.list;
  }
  /** The first of it. */
  get localStream(): MediaStream | null {
    return this.#share.list[0]?.stream ?? null;
  }
  /** No further window fits. */
  get sharedFull(): boolean {
    return this.#share.full;
  }
  /** Why what was chosen last is not shown. */
  get pickProblem(): PickProblem | null {
    return this.#pickProblem;
  }
  /** What the other side shows, in the order in which input names the pictures. */
  get pictures(): SeenPicture[] {
    return this.#pictures.flatMap(({ stream: id, kind }, index) => {
      const stream = this.#streams.find((each) => each.id === id);
      return stream ? [{ index, kind, stream }] : [];
    });
  }
  /** The first picture. */
  get remoteStream(): MediaStream | null {
    return this.pictures[0]?.stream ?? this.#streams[0] ?? null;
  }
  get stats(): LinkStats | null {
    return this.#stats;
  }
  get quality(): 'sharp' | 'smooth' {
    return this.#quality;
  }

  /** Viewer: asks the sharer to prefer sharp text or smooth motion. */
  setQuality(prefer: 'sharp' | 'smooth'): void {
    this.#quality = prefer;
    this.#links.send({ t: 'quality', prefer });
  }

  /** Controller: asks the person there to switch a grant on. @returns false while there is no link to ask over */
  askFor(grant: 'input' | 'clipboard'): boolean {
    return this.#links.send({ t: 'request', grant });
  }

  /** Viewer: what the picture element measured, capture → display, in milliseconds. */
  noteLag(ms: number): void {
    this.#monitor.noteLag(ms);
  }

  /** Opens the browser's picker; call it from a click. Under application selection it adds a window. */
  async chooseScreen(): Promise<void> {
    if (this.phase.at === 'picking') await this.#capture();
  }

  /** Application selection: takes a chosen window off the list again. */
  removeShared(stream: MediaStream): void {
    if (this.phase.at === 'picking') this.#share.remove(stream);
  }

  /** Application selection: the windows on the list are shown from now on. */
  finishChoosing(): void {
    if (this.phase.at === 'picking' && this.shared.length > 0) this.#show();
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
    return this.phase.at === 'ended' && this.#toldEnd;
  }

  /** Hands over what must be given back when the session is over. */
  onRelease(release: () => void): void {
    if (this.phase.at === 'ended') release();
    else this.#release = release;
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

  /** Told by the socket's owner. */
  attached(ice: IceConfig, peerPresent: boolean): void {
    this.#takeIce(ice);
    this.#online = true;
    this.#peerPresent = peerPresent;
    if (this.phase.at === 'ended') void this.#tellEnd(this.phase.by, this.phase.reason);
    else this.line.attached();
    this.helperHost?.attached();
    this.helperController?.attached();
    void this.#tellSelection();
  }

  detached(): void {
    this.#online = false;
    this.#peerPresent = false;
    this.line.detached();
    this.helperHost?.detached();
    this.helperController?.detached();
  }

  /** What the server says of the helper; also part of each snapshot. */
  helperChanged(state: HelperState): void {
    this.helperHost?.changed(state);
    this.helperController?.changed(state);
  }

  /** From the helper, over the server. */
  receiveFromHelper(envelope: RelayEnvelope): void {
    if (this.phase.at === 'ended') return;
    this.helperHost?.receive(envelope);
    this.helperController?.receive(envelope);
  }

  #takeIce(ice: IceConfig): void {
    this.#ice = ice;
    this.#iceSince = Date.now();
  }

  peerChanged(present: boolean): void {
    this.#peerPresent = present;
    if (present) this.line.peerArrived();
  }

  /** The server says it is over. */
  ended(by: Party, reason: EndReason): void {
    this.#toldEnd = true;
    if (this.phase.at === 'ended') void forgetSession(this.id);
    else this.finish(by, reason);
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
    if (next.phase.at === 'connecting' && this.#restored && !isSharer(next)) {
      this.#restored = false;
      this.line.send({ t: 'relink' });
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

  #onKeys(): void {
    this.remember({});
    this.#showWords();
  }

  /** A fresh epoch: both sides say where they stand, and a link that died meanwhile is replaced. */
  #onEpoch(): void {
    if (this.phase.at === 'ended') return;
    for (const message of this.snapshot()) this.line.send(message);
    if (this.helperHost) this.line.send({ t: 'helper', key: this.helperHost.peerKey });
    this.dispatch({ type: 'relayOpened', linked: this.#links.up });
    const linked = ['connecting', 'connected', 'interrupted'].includes(this.phase.at);
    if (linked && !isSharer(this.#state) && !this.#links.up) this.line.send({ t: 'relink' });
  }

  #onMessage(message: RelayMessage): void {
    switch (message.t) {
      case 'signal':
        if (['picking', 'connecting', 'connected', 'interrupted'].includes(this.phase.at)) {
          this.#links.receive(message, this.#ice, !isSharer(this.#state));
        }
        return;
      case 'relink':
        this.dispatch({ type: 'relink' });
        return;
      case 'end':
        this.finish(otherSide(this.side), message.reason);
        return;
      case 'helper':
        if (!this.helperController) throw new TamperError('unexpected');
        this.helperController.setKey(message.key);
        return;
      default:
        this.onRelayMessage(message);
    }
  }

  #do(effect: Effect): void {
    switch (effect.do) {
      case 'capture':
        void this.#capture();
        return;
      case 'openLink':
        void this.#offer();
        return;
      case 'tellConnected':
        this.#monitor.restart();
        return;
      case 'close':
        this.#close(effect.by, effect.reason);
        return;
      default:
        this.perform(effect);
    }
  }

  async #capture(): Promise<void> {
    this.#pickProblem = null;
    this.dispatch({ type: 'capture', capture: 'picking' });
    this.tellCapture();
    const got = await this.#share.choose(this.windowsOnly, () => this.phase.at === 'picking');
    if (this.phase.at !== 'picking') return;
    if (got === 'unsupported') {
      this.finish(this.side, 'unsupported');
    } else if (got === 'on' && !this.windowsOnly) {
      this.#show();
    } else {
      const known = got === 'none' || got === 'refused' || got === 'on' || got === 'picking';
      this.#pickProblem = known ? null : got;
      // With something on the list, closing the picker refuses nothing.
      const capture = got === 'refused' && this.shared.length === 0 ? 'refused' : 'none';
      this.tellCapture(capture);
      this.dispatch({ type: 'capture', capture });
    }
  }

  /** What was chosen is shown from now on, and the helper's turn has come. */
  #show(): void {
    this.#pickProblem = null;
    this.tellCapture('on');
    this.dispatch({ type: 'capture', capture: 'on' });
    this.helperHost?.begin();
    this.helperHost?.surfacesChanged();
    void this.#tellSelection();
  }

  /** A window was closed, or changed its size. */
  #picturesChanged(): void {
    if (!['connecting', 'connected', 'interrupted'].includes(this.phase.at)) return;
    if (this.shared.length === 0) {
      this.finish(this.side, 'share_stopped');
      return;
    }
    this.tellCapture();
    this.helperHost?.surfacesChanged();
    void this.#tellSelection();
  }

  /** For the audit: how many chosen windows are shown. */
  async #tellSelection(): Promise<void> {
    const windows = this.capture === 'on' && this.windowsOnly ? this.shared.length : 0;
    if (windows === 0 || windows === this.#toldWindows) return;
    const ack = await this.socket.request('session:selection', { sessionId: this.id, windows });
    if (ack.ok) this.#toldWindows = windows;
  }

  /** Tells the other side how far the capture is. */
  protected abstract tellCapture(capture?: Capture): void;

  /** Sharer: a new link, with relay credentials that are still good. */
  async #offer(): Promise<void> {
    if (Date.now() - this.#iceSince > ICE_FRESH_MS) await this.#checkSocket();
    const streams = this.shared.map(({ stream }) => stream);
    if (streams.length > 0 && this.phase.at !== 'ended') this.#links.offer(this.#ice, streams);
  }

  #onUp(): void {
    this.#deadSince = 0;
    this.dispatch({ type: 'linkUp', at: Date.now() });
    this.helperHost?.linkUp();
    if (isSharer(this.#state)) void this.#links.prefer(this.#quality);
    else this.#links.send({ t: 'quality', prefer: this.#quality });
  }

  #onDown(): void {
    this.dispatch({ type: 'linkDown', at: Date.now() });
    void this.#checkSocket();
  }

  #onDead(): void {
    this.#deadSince = Date.now();
    this.dispatch({ type: 'linkDown', at: Date.now() });
    void this.#checkSocket();
  }

  /** When the link is lost the socket often is too, without knowing it yet. */
  async #checkSocket(): Promise<void> {
    if (!this.socket.connected) return;
    const answer = z.object({ ice: IceConfig });
    const ack = await this.socket.request('session:ice', { sessionId: this.id }, answer, 3000);
    if (ack.ok) this.#takeIce(ack.ice);
    else if (ack.error === 'failed') this.socket.replace();
  }

  #onChannel(message: SessionMessage): void {
    switch (message.t) {
      case 'ping':
        this.#links.send({ t: 'pong', at: message.at, now: performance.now() });
        return;
      case 'pong':
        this.#monitor.onPong(message.at);
        return;
      case 'quality':
        if (!isSharer(this.#state)) return;
        this.#quality = message.prefer;
        void this.#links.prefer(message.prefer);
        return;
      case 'request': {
        const shown = this.helperHost?.request(message.grant) ?? false;
        this.#links.send({ t: 'requested', grant: message.grant, shown });
        return;
      }
      case 'withheld':
        this.helperController?.withhold(message.grants);
        return;
      case 'requested':
        this.onrequested?.(message.grant, message.shown);
        return;
      case 'end':
        this.finish(otherSide(this.side), message.reason);
    }
  }

  #onError(error: unknown): void {
    this.finish(this.side, error instanceof TamperError ? 'tampered' : 'failed');
  }

  #close(by: Party, reason: EndReason): void {
    clearInterval(this.#timer);
    this.#links.send({ t: 'end', by, reason });
    this.line.send({ t: 'end', by, reason });
    // The goodbye leaves the channel before the link is torn down.
    setTimeout(() => this.#links.close(), 150);
    this.#share.release();
    this.helperHost?.close(by, reason);
    this.helperController?.close(by, reason);
    this.#streams = [];
    this.#pictures = [];
    this.#stats = null;
    const { id, side } = this;
    const { resume } = this.stored;
    void storeSession({ id, side, resume, storedAt: Date.now(), ended: { by, reason } });
    void this.#tellEnd(by, reason);
  }

  /** What the server does not know yet is kept, without any key, until it does. */
  async #tellEnd(by: Party, reason: EndReason): Promise<void> {
    this.#release();
    if (!this.#toldEnd && this.#online) {
      const ack = await this.socket.request('session:end', { sessionId: this.id, by, reason });
      this.#toldEnd = ack.ok || ack.error === 'session_gone';
    }
    if (this.#toldEnd) await forgetSession(this.id);
  }

  /** The other side's pictures, as its messages name them. */
  protected takePictures(pictures: Picture[] | undefined): void {
    if (pictures) this.#pictures = pictures;
  }

  /** What this side shows, for the other side's viewer. */
  protected get ownPictures(): Picture[] {
    return this.shared.map(({ stream, surface }) => ({ stream: stream.id, kind: surface.kind }));
  }

  #makeHelperHost(): HelperHost {
    const { sodium, socket, id: sessionId, side, mode } = this;
    return new HelperHost({
      sodium,
      socket,
      sessionId,
      side,
      mode,
      origin: location.origin,
      stored: this.stored.helper,
      card: () => this.card,
      language: () => (document.documentElement.lang === 'ja' ? 'ja' : 'en'),
      windowsOnly: () => this.windowsOnly,
      surfaces: () => this.shared.map(({ surface }) => surface),
      tellKey: (key) => this.line.send({ t: 'helper', key }),
      tellController: (message) => this.#links.send(message),
      remember: (helper) => this.remember({ helper } as Partial<S>),
      ended: (by, reason) => this.finish(by, reason),
    });
  }

  #makeHelperController(): HelperController {
    const { sodium, socket, id: sessionId, side, mode } = this;
    return new HelperController({
      sodium,
      socket,
      sessionId,
      side,
      mode,
      ice: () => this.#ice,
      ended: (by, reason) => this.finish(by, reason),
    });
  }

  #showWords(): void {
    const key = this.line.key;
    if (key && !this.#words) this.#words = safetyWords(this.sodium, key);
  }

  #tick(): void {
    const now = Date.now();
    const why = overdue(this.phase, now - this.#phaseSince, this.side);
    if (why) {
      this.finish(why.by, why.reason);
      return;
    }
    this.#monitor.tick();
    this.#share.refresh(this.windowsOnly);
    if (this.#deadSince && now - this.#deadSince > RELINK_AFTER_MS && this.#online && this.#peerPresent) {
      this.#deadSince = now;
      if (isSharer(this.#state)) this.dispatch({ type: 'relink' });
      else this.line.send({ t: 'relink' });
    }
  }
}
