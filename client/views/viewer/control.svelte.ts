/** Operating the other computer from the viewer: what is wanted, held and said, around `Grab`. */
import type { Attachment } from 'svelte/attachments';
import { edgeSpeed } from '../../input/edge-pan';
import { Grab } from '../../input/grab';
import { isOnPicture, toSurface } from '../../input/position';
import type { Spot } from '../../input/pointer';
import { strokesOf } from '../../input/strokes';
import { textMessages } from '../../input/writing';
import { t } from '../../i18n/index.svelte';
import type { Point } from '../../media/viewport';
import type { HelperController } from '../../session/helper-controller.svelte';
import type { LiveSession, SeenPicture } from '../../session/live-session.svelte';
import { page } from '../../ui/page.svelte';
import { recall, remember } from '../../ui/remembered';
import { Addressee } from './addressee';
import { Asking } from './asking';
import { ClipboardBridge } from './clipboard.svelte';
import { controlStatus, isOperable } from './control-status';
import { Refusals } from './refusals.svelte';
import type { Viewport } from './viewport.svelte';

const OWN_INPUT_KEY = 'tasuki-own-input-method';
const mac = /Mac|iPhone|iPad/.test(navigator.userAgent);

export class ControlState {
  /** The person wants to operate; off, the viewer is only looked at. */
  wanted = $state(true);
  held = $state(false);
  /** Their text is composed with the own input method. */
  composes = $state(recall(OWN_INPUT_KEY) !== 'theirs');
  composing = $state(false);
  /** Where the composed text is shown, in CSS pixels of the frame. */
  composerAt = $state.raw<Point>({ x: 0, y: 0 });
  readonly clipboard: ClipboardBridge;
  readonly refusals = new Refusals();
  readonly grab: Grab;
  readonly canInput = $derived.by(
    () => this.#current && this.controller.canInput && isOperable(this.picture()?.kind ?? null),
  );
  readonly enabled = $derived(this.wanted && this.canInput);
  readonly status = $derived.by(() =>
    controlStatus({
      state: this.controller.state,
      link: this.controller.link,
      status: this.controller.status,
      current: this.#current,
      kind: this.picture()?.kind ?? null,
      hadLink: this.#hadLink,
      hadGrant: this.#hadGrant,
      wanted: this.wanted,
      held: this.held,
    }),
  );
  #hadLink = $state(false);
  #hadGrant = $state(false);
  #frame: HTMLElement | undefined;
  #panning = false;
  #hover: Point | null = null;
  readonly #addressee = new Addressee();
  readonly #asking = new Asking(
    (grant) => this.session().askFor(grant),
    (what) => page.announce(t(`live:control.${what}`)),
  );

  constructor(
    private readonly session: () => LiveSession,
    readonly controller: HelperController,
    private readonly viewport: Viewport,
    /** The one that is looked at. */
    private readonly picture: () => SeenPicture | null,
  ) {
    this.clipboard = new ClipboardBridge(
      () => controller,
      (text) => page.announce(text),
    );
    this.grab = new Grab({
      mac,
      send: (message) => (this.enabled || message.t === 'release' ? controller.input(message) : false),
      buffered: () => controller.inputBuffered,
      frame: (act) => requestAnimationFrame(act),
      enabled: () => this.enabled,
      composes: () => this.composes,
      spot: (at) => this.#spot(at),
      changed: (held, chord) => this.#changed(held, chord),
      pinch: (middle, moved, factor) => this.#pinch(middle, moved, factor),
      hover: (at) => this.#onHover(at),
      pasting: () => this.clipboard.pasting(),
    });
  }

  /** Whose computer it is. */
  get host(): 'operator' | 'customer' {
    return this.session().side === 'operator' ? 'customer' : 'operator';
  }

  /** For the element around the picture; it contains the textarea. */
  readonly attach: Attachment<HTMLElement> = (frame) => {
    const composer = frame.querySelector('textarea');
    if (!composer) return;
    this.#frame = frame;
    const stop = this.grab.attach(frame, composer);
    const silence = this.clipboard.listen();
    const session = this.session();
    session.onrequested = (grant, shown) => this.#asking.answered(grant, shown);
    return () => {
      stop();
      silence();
      session.onrequested = null;
      this.#asking.stop();
      this.refusals.stop();
    };
  };

  /** Runs as an effect: what may not be sent any more is let go of, what was there is remembered. */
  watch(): void {
    if (this.controller.link === 'up') this.#hadLink = true;
    if (this.controller.canInput) this.#hadGrant = true;
    if (!this.enabled) this.grab.release();
    this.#address();
  }

  /** Runs as an effect: an old clipboard and an old count say nothing about a new link or grant. */
  watchStatus(): void {
    if (!this.controller.canClipboard) this.clipboard.parted();
    this.refusals.take(this.controller.status);
  }

  toggle(): void {
    this.wanted = !this.wanted;
    if (this.wanted) this.grab.take();
  }

  /** Back to the picture after a tool was used. */
  resume(): void {
    this.grab.take();
  }

  setComposes(on: boolean): void {
    this.composes = on;
    remember(OWN_INPUT_KEY, on ? 'own' : 'theirs');
  }

  press(codes: readonly string[]): void {
    if (this.enabled) this.grab.outbox.now(...strokesOf(codes));
  }

  pressAttention(): void {
    if (this.enabled) this.grab.outbox.now({ t: 'attention' });
  }

  /** Types what is in the clipboard here, character by character; call it from a click. */
  async typeClipboard(): Promise<void> {
    const text = await this.clipboard.read();
    if (text === null || !this.enabled) return;
    const messages = textMessages(text.replace(/\r\n?/g, '\n'));
    if (messages === null) page.announce(t('live:clipboard.tooLongToType'));
    else if (messages.length === 0) page.announce(t('live:clipboard.empty'));
    else this.grab.outbox.now(...messages);
  }

  askFor(grant: 'input' | 'clipboard'): void {
    this.#asking.ask(grant);
  }

  get #current(): boolean {
    return this.session().phase.at === 'connected';
  }

  #spot(at: Point): { spot: Spot; inside: boolean } | null {
    const inside = this.#inFrame(at);
    const { placement, picture } = this.viewport;
    const point = toSurface(inside, placement, picture, devicePixelRatio);
    const s = this.picture()?.index;
    if (!point || s === undefined) return null;
    return { spot: { s, ...point }, inside: isOnPicture(inside, placement, picture) };
  }

  #address(): void {
    const { status } = this.controller;
    const s = this.#addressee.next({
      enabled: this.enabled,
      heldBack: status === null || status.guarded || status.paused,
      held: this.held,
      surface: this.picture()?.index ?? null,
    });
    if (s !== null) this.grab.outbox.now({ t: 'address', s });
  }

  #inFrame({ x, y }: Point): Point {
    const box = this.#frame?.getBoundingClientRect();
    return { x: x - (box?.left ?? 0), y: y - (box?.top ?? 0) };
  }

  #changed(held: boolean, chord: boolean): void {
    this.held = held;
    if (held) void this.clipboard.focused();
    else this.#hover = null;
    if (chord) page.announce(t('live:control.givenBack'));
  }

  #pinch(middle: Point, moved: Point, factor: number): boolean {
    const zooming = Math.abs(factor - 1) > 0.002;
    if (!zooming && !this.viewport.movable) return false;
    this.viewport.pinch(this.#inFrame(middle), moved, factor);
    return true;
  }

  #onHover(at: Point): void {
    this.#hover = this.#inFrame(at);
    this.composerAt = this.#hover;
    this.#edge();
  }

  /** Moves a large picture while the pointer rests at an edge of the frame. */
  #edge(): void {
    if (this.#panning || !this.#hover || !this.viewport.movable) return;
    const { x, y } = edgeSpeed(this.#hover, this.viewport.frame);
    if (x === 0 && y === 0) return;
    const { x: left, y: top } = this.viewport.placement;
    this.viewport.pan(x, y);
    const { placement } = this.viewport;
    if (placement.x === left && placement.y === top) return; // nothing more beyond this edge
    this.#panning = true;
    requestAnimationFrame(() => {
      this.#panning = false;
      this.#edge();
    });
  }
}
