/** What performs a session: the machine's effects, and the parts they work on. Who tells it what happens: `LiveSession`. */
import { TamperError } from '../../shared/crypto/errors';
import { SealedRelay } from '../../shared/crypto/relay';
import { safetyWords } from '../../shared/crypto/safety-words';
import type { Sodium } from '../../shared/crypto/sodium';
import type { Capture, Effect, Phase, SessionEvent } from '../../shared/session/machine';
import type { SessionMessage } from '../../shared/protocol/channel';
import type { EndReason, IceConfig, Mode, Party, Side } from '../../shared/protocol/common';
import type { Card, RelayMessage } from '../../shared/protocol/relay';
import type { ServerSocket } from '../net/socket';
import { RelayLine } from './relay-line';
import { EndReport } from './session-end';
import { SessionFace, type SessionParts } from './session-face.svelte';
import { makeParts } from './session-parts';
import { SessionRunner } from './session-runner.svelte';
import { storeSession, type StoredSession } from './stored';
import { TICK_MS } from './timing';

export interface SessionDeps<S extends StoredSession> {
  sodium: Sodium;
  socket: ServerSocket;
  ice: IceConfig;
  stored: S;
  /** Gives the tab's claim back. */
  release: () => void;
  /** It begins here, with keys that both sides have already; otherwise one with keys was restored after a reload. */
  fresh?: boolean;
  /** The other side is attached; false until the server says so. */
  peerPresent?: boolean;
}

/** Phases in which pictures are shown, or about to be again. */
export const LINKED: readonly Phase['at'][] = ['connecting', 'connected', 'interrupted'];

export abstract class SessionCore<S extends StoredSession> extends SessionFace {
  readonly id: string;
  readonly side: Side;
  readonly mode: Mode;
  #words = $state.raw<number[] | null>(null);

  protected readonly sodium: Sodium;
  protected readonly socket: ServerSocket;
  protected stored: S;
  protected readonly line: RelayLine;
  protected readonly parts: SessionParts;
  protected readonly runner: SessionRunner;
  protected readonly report: EndReport;
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
    this.id = id;
    this.side = side;
    this.mode = mode;
    this.#restored = relay !== undefined && !deps.fresh;
    this.runner = new SessionRunner(side, mode, from, (effect) => this.#do(effect), this.#restored);
    this.report = new EndReport(socket, stored, deps.release);
    this.line = new RelayLine(socket, id, {
      message: (message) => this.onMessage(message),
      opened: () => this.#onKeys(),
      settled: (opened) => opened && this.onEpoch(),
      tampered: (error) => this.onError(error),
    });
    if (relay) this.line.use(SealedRelay.restore(sodium, relay));
    this.parts = makeParts({
      sodium,
      socket,
      stored,
      ice: deps.ice,
      sharer: this.runner.sharer,
      card: () => this.card,
      windowsOnly: () => this.windowsOnly,
      phase: () => this.phase.at,
      key: () => this.#key(),
      reachable: () => this.online && this.peerPresent,
      dispatch: (event) => this.dispatch(event),
      finish: (by, reason) => this.finish(by, reason),
      failed: (error) => this.onError(error),
      send: (message) => this.line.send(message),
      capture: (capture) => this.#capture(capture),
      picturesChanged: () => this.#picturesChanged(),
      remember: (helper) => this.remember({ helper } as Partial<S>),
      message: (message) => this.onChannel(message),
    });
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
    this.#showWords();
  }

  get phase(): Phase {
    return this.runner.phase;
  }
  /** Indices into SAFETY_WORDS once the keys are agreed. */
  get words(): number[] | null {
    return this.#words;
  }

  /** Attached to the server at the moment. A session goes on without it. */
  abstract readonly online: boolean;
  /** The other side is attached to the server, too. */
  abstract readonly peerPresent: boolean;
  /** Both sides' names. */
  protected abstract readonly card: Card;
  /** Application selection: only chosen windows may be shown. */
  abstract readonly windowsOnly: boolean;
  /** Effects only one side has. */
  protected abstract perform(effect: Effect): void;
  /** Tells the other side how far the capture is. */
  protected abstract tellCapture(capture?: Capture): void;
  /** A fresh epoch of the relay. */
  protected abstract onEpoch(): void;
  /** Over the relay. @throws TamperError when the other side has no business sending this */
  protected abstract onMessage(message: RelayMessage): void;
  /** Over the channel of the link. */
  protected abstract onChannel(message: SessionMessage): void;

  protected get capture(): Capture {
    if (this.phase.at === 'picking') return this.phase.capture;
    return this.localStream ? 'on' : 'none';
  }

  protected dispatch(event: SessionEvent): void {
    this.runner.dispatch(event);
    if (this.phase.at === 'connecting' && this.#restored && !this.runner.sharer) {
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
      this.onError(error);
    }
  }

  protected remember(change: Partial<S>): void {
    const relay = this.line.save();
    this.stored = { ...this.stored, ...change, ...(relay ? { relay } : {}) };
    if (this.phase.at !== 'ended') void storeSession(this.stored);
  }

  protected onError(error: unknown): void {
    this.finish(this.side, error instanceof TamperError ? 'tampered' : 'failed');
  }

  #key(): Uint8Array {
    const key = this.line.key;
    if (!key) throw new Error('no keys yet');
    return key;
  }

  #onKeys(): void {
    this.remember({});
    this.#showWords();
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
    void this.report.over(by, reason, this.online);
  }

  #showWords(): void {
    const key = this.line.key;
    if (key && !this.#words) this.#words = safetyWords(this.sodium, key);
  }

  #tick(): void {
    if (!this.runner.tick()) return;
    this.parts.link.tick();
    this.parts.pictures.tick();
  }
}
