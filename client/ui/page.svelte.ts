/** What the frame around the views must know: whether leaving would end something, and whether a screen is shared. */
import calm from './favicon.svg?url';
import sharing from './favicon-sharing.svg?url';

/** Something that happened, told once. */
export interface Announcement {
  text: string;
  /** Rises each time, so that the same words are told again. */
  nonce: number;
  /** Shown too; otherwise it is to be seen elsewhere on the page. */
  visible: boolean;
}

/** All pages share `page`. */
export class Page {
  /** A session runs here: nothing on the frame may lead away from it. */
  live = $state(false);
  /** Something covers the whole page: the keyboard must not wander behind it. */
  covered = $state(false);
  #told = 0;
  #announcement = $state.raw<Announcement>({ text: '', nonce: 0, visible: false });

  /** The newest one. */
  get announcement(): Announcement {
    return this.#announcement;
  }

  /** Tells what became of an act, to everybody: shown for a while and said by screen readers. */
  announce(text: string): void {
    this.#tell(text, true);
  }

  /** Says to screen readers what everybody else sees elsewhere on the page. */
  speak(text: string): void {
    this.#tell(text, false);
  }

  /** It was read, or has been there long enough; a newer one stays. */
  dismiss(nonce: number): void {
    if (nonce === this.#announcement.nonce) this.#announcement = { ...this.#announcement, visible: false };
  }

  /** Changes the tab's icon while this device's screen is seen by somebody else. */
  showSharing(on: boolean): void {
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    if (icon) icon.href = on ? sharing : calm;
  }

  #tell(text: string, visible: boolean): void {
    this.#announcement = { text, visible, nonce: ++this.#told };
  }
}

export const page = new Page();
