/** What the viewer does besides showing: saves images, measures the delay, fills the screen. */
import type { Attachment } from 'svelte/attachments';
import { may } from '../../../shared/policy';
import { t } from '../../i18n/index.svelte';
import { watchLag } from '../../media/lag';
import { saveScreenshot } from '../../media/screenshot';
import type { LiveSession } from '../../session/live-session.svelte';
import { page } from '../../ui/page.svelte';
import { showStream } from '../../ui/video';
import { Viewport } from './viewport.svelte';

export class ViewerState {
  readonly viewport = new Viewport();
  hasPicture = $state(false);
  fullscreen = $state(false);
  infoShown = $state(false);
  #video: HTMLVideoElement | undefined;
  #box: HTMLElement | undefined;

  constructor(private readonly session: () => LiveSession) {}

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
      this.#video = video;
      if (!stream) return;
      const stop = showStream(stream)(video);
      const sized = () => {
        this.viewport.picture = { width: video.videoWidth, height: video.videoHeight };
        this.hasPicture = video.videoWidth > 0;
      };
      video.addEventListener('resize', sized);
      const unmeasure = watchLag(video, (ms) => this.session().noteLag(ms));
      return () => {
        video.removeEventListener('resize', sized);
        unmeasure();
        stop?.();
      };
    };
  }

  async save(): Promise<void> {
    if (!this.maySave || !this.#video) return;
    const file = await saveScreenshot(this.#video);
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
    if (this.viewport.key(event.key)) event.preventDefault();
    else if (event.key === 'f' && this.canFillScreen) void this.toggleFullscreen();
    else if (event.key === 's') void this.save();
  }
}
