/**
 * The two clipboards. Text copied over there comes here by itself; text from here goes there only by an act of the person:
 * pasting, or having switched `follows` on (RS-97). The helper and `policy.may` decide whether anything may go at all.
 */
import { t } from '../../i18n/index.svelte';
import type { HelperController } from '../../session/helper-controller.svelte';
import { copyText } from '../../ui/clipboard';

/** How long Ctrl+V waits for the text to have arrived over there. */
const PASTE_MS = 700;
/** The browser tells what is pasted in the same task as the key; later than this it does not. */
const PASTE_EVENT_MS = 80;

export class ClipboardBridge {
  /** What is copied here goes over whenever the picture is clicked. Asks the browser for the permission first. */
  follows = $state(false);
  /** Came from there and could not be put into the clipboard here without a click. */
  arrived = $state.raw<string | null>(null);
  /** Both clipboards had this when they last met; either may have changed since. */
  #same: string | null = null;
  #pasted: (() => void) | null = null;

  constructor(
    private readonly controller: () => HelperController,
    private readonly say: (text: string) => void,
  ) {}

  /** @returns stops listening */
  listen(): () => void {
    const controller = this.controller();
    controller.onclipboard = (text) => void this.#take(text);
    return () => (controller.onclipboard = null);
  }

  /** Reads the clipboard here after asking; call it from a click. @returns null when the browser refuses */
  async read(): Promise<string | null> {
    try {
      return await navigator.clipboard.readText();
    } catch {
      this.say(t('live:clipboard.unreadable'));
      return null;
    }
  }

  async setFollows(on: boolean): Promise<void> {
    const text = on ? await this.read() : null;
    this.follows = on && text !== null;
    if (text) this.#send(text);
  }

  /** The picture was clicked. */
  async focused(): Promise<void> {
    if (!this.follows || !this.controller().canClipboard) return;
    const text = await navigator.clipboard.readText().catch(() => '');
    if (text && text !== this.#same) this.#send(text);
  }

  /** The link or the grant is another one: nobody knows what the clipboard over there has now. */
  parted(): void {
    this.#same = null;
  }

  /** Ctrl+V is on its way: settles when the text that `paste` tells is over there; null: nothing to wait for. */
  pasting(): Promise<void> | null {
    if (!this.controller().canClipboard) return null;
    return new Promise((resolve) => {
      const over = setTimeout(resolve, PASTE_EVENT_MS);
      this.#pasted = () => {
        clearTimeout(over);
        setTimeout(resolve, PASTE_MS);
        void this.controller().answered().then(resolve);
      };
    });
  }

  /** For the element around the picture. */
  onpaste(event: ClipboardEvent): void {
    event.preventDefault();
    const pasted = this.#pasted;
    this.#pasted = null;
    const text = event.clipboardData?.getData('text/plain');
    if (text && pasted) this.#send(text);
    pasted?.();
  }

  /** Puts what arrived into the clipboard; call it from a click. */
  async copyArrived(): Promise<void> {
    if (this.arrived === null) return;
    const done = await copyText(this.arrived);
    this.say(t(done ? 'common:copied' : 'common:copyFailed'));
    if (done) this.arrived = null;
  }

  #send(text: string): void {
    const sent = this.controller().sendClipboard(text);
    if (sent === 'sent') this.#same = text;
    else if (sent === 'too-long') this.say(t('live:clipboard.tooLong'));
  }

  async #take(text: string): Promise<void> {
    this.#same = text;
    try {
      await navigator.clipboard.writeText(text);
      this.arrived = null;
      this.say(t('live:clipboard.received'));
    } catch {
      this.arrived = text;
    }
  }
}
