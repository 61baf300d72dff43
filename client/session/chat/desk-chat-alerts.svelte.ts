/** Calls the operator while they look elsewhere: a desktop notification and a sound. Never with a word of a message. */
import { recall, remember } from '../../ui/remembered';
import { chime } from './desk-chat-sound';

const SOUND = 'tasuki desk sound';
/** One notification at a time; a newer one takes the older one's place. */
const TAG = 'tasuki-chat';

export type NotifyState = NotificationPermission | 'unsupported';

export class DeskAlerts {
  /** Asked for by a button only. */
  notify = $state<NotifyState>('Notification' in globalThis ? Notification.permission : 'unsupported');
  #sound = $state(recall(SOUND) !== 'off');
  #shown: Notification | undefined;

  get sound(): boolean {
    return this.#sound;
  }
  set sound(on: boolean) {
    this.#sound = on;
    remember(SOUND, on ? 'on' : 'off');
    if (on) chime('message');
  }

  /** Asks the browser; call it from a click. */
  async ask(): Promise<void> {
    if (this.notify === 'default') this.notify = await Notification.requestPermission();
  }

  /** @param text what is shown: that something happened, never what was said */
  call(kind: 'waiting' | 'message', text: string): void {
    if (this.#sound) chime(kind);
    if (this.notify !== 'granted' || !document.hidden) return;
    try {
      this.#shown?.close();
      this.#shown = new Notification(text, { tag: TAG });
      this.#shown.onclick = () => {
        window.focus();
        this.quiet();
      };
    } catch {
      // Some browsers allow notifications from service workers only; title and sound remain.
      this.notify = 'unsupported';
    }
  }

  /** The operator is back. */
  quiet(): void {
    this.#shown?.close();
    this.#shown = undefined;
  }
}
