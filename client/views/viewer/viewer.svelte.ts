/** What the viewer does besides showing: chooses the picture, saves images, measures the delay, fills the screen. */
import type { Attachment } from 'svelte/attachments';
import { may } from '../../../shared/policy';
import { t } from '../../i18n/index.svelte';
import { Compositor, videoLayer } from '../../media/compositor';
import { watchLag } from '../../media/lag';
import { saveScreenshot } from '../../media/screenshot';
import type { LiveSession, SeenPicture } from '../../session/live-session.svelte';
import { page } from '../../ui/page.svelte';
import { showStream } from '../../ui/video';
import { ControlState } from './control.svelte';
import { chosenOf, type Choice } from './pictures';
import { Viewport } from './viewport.svelte';

export class ViewerState {
  readonly viewport = new Viewport();
  hasPicture = $state(false);
  fullscreen = $state(false);
  infoShown = $state(false);
  /** Null where this side only looks. */
  readonly control: ControlState | null;
  readonly #compositor = new Compositor();
  #choice = $state.raw<Choice | null>(null);
  #box: HTMLElement | undefined;

  constructor(private readonly session: () => LiveSession) {
    const { helperController: controller, mode, side } = session();
    const operates = controller !== null && may(mode, side, 'input');
    this.control = operates ? new ControlState(session, controller, this.viewport, () => this.picture) : null;
    this.viewport.wheelTaken = () => this.control?.held ?? false;
  }

  /** The picture that is shown; null until one has arrived. */
  get picture(): SeenPicture | null {
    return chosenOf(this.session().pictures, this.#choice);
  }

  choose({ index, stream }: SeenPicture): void {
    this.control?.grab.letGo();
    this.#choice = { index, id: stream.id };
    this.viewport.fit();
  }

  /** Runs as an effect: when the chosen window is closed, nothing that was meant for it goes into the next one. */
  watch(): void {
    const { picture } = this;
    const before = this.#choice;
    if (!picture || picture.stream.id === before?.id) return;
    this.control?.grab.release();
    this.choose(picture);
    // The same place under another stream is a new capture of the same.
    if (!before || before.index === picture.index) return;
    const name = t(`live:viewer.kind.${picture.kind}`, { number: picture.index + 1 });
    page.announce(t('live:viewer.closed', { name }));
  }

  /** Only the side that T-RS-9 names (RS-95, RS-102). */
  get maySave(): boolean {
    const { mode, side } = this.session();
    return may(mode, side, 'screenshot');
  }

  get canFillScreen(): boolean {
    return document.fullscreenEnabled;
  }

  readonly attachBox: Attachment<HTMLElement> = (element) => {
    this.#box = element;
  };

  /** For the `<video>`: plays the remote picture; the last frame stays while a new link is made. */
  attachVideo(stream: MediaStream | null): Attachment<HTMLVideoElement> {
    return (video) => {
      if (!stream) return;
      const stop = showStream(stream)(video);
      const remove = this.#compositor.add(videoLayer(video));
      const sized = () => {
        this.viewport.picture = { width: video.videoWidth, height: video.videoHeight };
        this.#compositor.resize(this.viewport.picture);
        this.hasPicture = video.videoWidth > 0;
      };
      video.addEventListener('resize', sized);
      const unmeasure = watchLag(video, (ms) => this.session().noteLag(ms));
      return () => {
        video.removeEventListener('resize', sized);
        unmeasure();
        remove();
        stop?.();
      };
    };
  }

  async save(): Promise<void> {
    if (!this.maySave) return;
    const file = await saveScreenshot(this.#compositor.snapshot());
    page.announce(file ? t('live:viewer.saved', { file }) : t('live:viewer.saveFailed'));
  }

  async toggleFullscreen(): Promise<void> {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await this.#box?.requestFullscreen();
  }

  fullscreenChanged(): void {
    this.fullscreen = document.fullscreenElement !== null && document.fullscreenElement === this.#box;
  }

  keydown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' && this.control?.enabled) {
      event.preventDefault();
      this.control.resume();
    } else if (this.viewport.key(event.key)) event.preventDefault();
    else if (event.key === 'f' && this.canFillScreen) void this.toggleFullscreen();
    else if (event.key === 's') void this.save();
  }
}
