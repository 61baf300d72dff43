/** The typing sign: told seldom while somebody writes, taken back when they pause, and forgotten when it is not renewed. */

/** Told again this often while the writing goes on. */
const RENEW_MS = 3000;
/** Without a key pressed for so long it is over. */
const PAUSE_MS = 4000;
/** A sign that is not renewed is not believed any longer; the other page may have gone. */
export const TYPING_BELIEVED_MS = 8000;

export class TypingSign {
  #on = false;
  #toldAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly tell: (on: boolean) => void) {}

  /** A key was pressed. */
  pressed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.stop(), PAUSE_MS);
    if (this.#on && Date.now() - this.#toldAt < RENEW_MS) return;
    this.#on = true;
    this.#toldAt = Date.now();
    this.tell(true);
  }

  /** It was sent, deleted, or left. */
  stop(): void {
    clearTimeout(this.#timer);
    if (!this.#on) return;
    this.#on = false;
    this.tell(false);
  }
}

/** The other side's sign, which fades by itself. */
export class TypingSeen {
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly show: (on: boolean) => void) {}

  heard(on: boolean): void {
    clearTimeout(this.#timer);
    if (on) this.#timer = setTimeout(() => this.show(false), TYPING_BELIEVED_MS);
    this.show(on);
  }
}
