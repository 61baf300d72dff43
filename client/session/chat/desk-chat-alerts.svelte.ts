/** Calls the operator while they look elsewhere: a desktop notification and a sound. Never with a word of a message. */
import { SvelteMap } from 'svelte/reactivity';
import { recall, remember } from '../../ui/remembered';
import { chime } from './desk-chat-sound';

const SOUND = 'tasuki desk sound';
const NOTIFY = 'tasuki desk notifications';
/** One notification a conversation, and one for the queue: a newer one takes the older one's place. */
const tagOf = (chatId: string | null): string => (chatId === null ? 'tasuki-queue' : `tasuki-chat-${chatId}`);

export type NotifyState = NotificationPermission | 'unsupported';

/** Something the operator is called for. */
export interface Call {
  kind: 'waiting' | 'message';
  /** That something happened, never what was said. */
  text: string;
  /** The conversation it is about; null: the queue. */
  chatId: string | null;
  /** Brings what it is about to the front, when the notification is clicked. */
  show: () => void;
}

export class DeskAlerts {
  /** What the browser allows; it is asked for by a button only. */
  permission = $state<NotifyState>('Notification' in globalThis ? Notification.permission : 'unsupported');
  #wanted = $state(recall(NOTIFY) !== 'off');
  #sound = $state(recall(SOUND) !== 'off');
  readonly #shown = new SvelteMap<string, Notification>();

  get sound(): boolean {
    return this.#sound;
  }
  set sound(on: boolean) {
    this.#sound = on;
    remember(SOUND, on ? 'on' : 'off');
    if (on) chime('message');
  }

  /** Whether notifications are shown. */
  get notifying(): boolean {
    return this.permission === 'granted' && this.#wanted;
  }

  /** Switches notifications on or off here, and asks the browser where it was not asked yet; call it from a click. */
  async setNotifying(on: boolean): Promise<void> {
    if (on && this.permission === 'default') this.permission = await Notification.requestPermission();
    this.#wanted = on;
    remember(NOTIFY, on ? 'on' : 'off');
    if (!on) this.quiet();
  }

  /** Sounds, and shows a notification while the page is out of sight. */
  call({ kind, text, chatId, show }: Call): void {
    if (this.#sound) chime(kind);
    if (!this.notifying || !document.hidden) return;
    const tag = tagOf(chatId);
    try {
      // Closed first: one that only takes the place of another under the same tag comes without a call.
      this.#shown.get(tag)?.close();
      const shown = new Notification(text, { tag });
      this.#shown.set(tag, shown);
      shown.onclick = () => {
        window.focus();
        this.quiet();
        show();
      };
    } catch {
      // Some browsers allow notifications from service workers only; title and sound remain.
      this.permission = 'unsupported';
    }
  }

  /** What one was about is settled. @param chatId null: nobody waits any more */
  settled(chatId: string | null): void {
    this.#shown.get(tagOf(chatId))?.close();
    this.#shown.delete(tagOf(chatId));
  }

  /** The operator is back. */
  quiet(): void {
    for (const shown of this.#shown.values()) shown.close();
    this.#shown.clear();
  }
}
