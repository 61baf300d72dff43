/** The chat side of the desk as a screen: this browser as a device, the chats, and how their news reach the operator. */
import { tick } from 'svelte';
import type { Me } from '../../../../shared/protocol/http';
import { t } from '../../../i18n/index.svelte';
import { DeskAlerts } from '../../../session/chat/desk-chat-alerts.svelte';
import { ReplyStore } from '../../../session/chat/desk-chat-reply-store.svelte';
import type { WaitingRow } from '../../../session/chat/desk-chat-queue.svelte';
import { DeskChats } from '../../../session/chat/desk-chats.svelte';
import type { Desk } from '../../../session/desk.svelte';
import { StaffDevice } from '../../../session/device/staff-device.svelte';
import { page } from '../../../ui/page.svelte';
import { passFocus } from '../../../ui/pass-focus';
import { isShortcut } from '../shortcut';
import { tellNews } from './news';

/** Of the list of those who wait. */
export const QUEUE_ID = 'chat-queue';

export class ChatBoard {
  readonly device: StaffDevice;
  readonly chats: DeskChats;
  readonly alerts = new DeskAlerts();
  readonly replies: ReplyStore;
  /** The operator asked for the conversation in front: its text field takes the keyboard. */
  focusWanted = $state(false);
  /** The conversations are behind a large picture. */
  covered = false;
  /** Makes room in front of a large picture, if there is one, for the conversation or (false) for the queue. */
  uncover: (forChat: boolean) => void = () => undefined;
  readonly #release: () => void;

  /** @param lost told when the sign-in is over */
  constructor(
    readonly desk: Desk,
    readonly me: Me,
    lost: () => void,
  ) {
    this.device = new StaffDevice(me);
    this.replies = new ReplyStore('own', lost);
    this.chats = new DeskChats({
      socket: desk.socket,
      device: this.device,
      me,
      told: (news) =>
        tellNews(news, {
          alerts: this.alerts,
          available: () => this.chats.available,
          inSight: (chatId) => chatId === this.chats.front?.id && this.#inSight,
          show: (chatId) => void this.#show(chatId),
        }),
      // A dialog is about the conversation behind it: that one stays, and what was taken waits in the tabs.
      engaged: () => this.#engaged,
    });
    void this.device.open();
    this.#release = desk.follow({
      connected: () => {
        void this.chats.watch();
        void this.replies.load();
      },
      disconnected: () => undefined,
    });
  }

  /** Takes a conversation that waits, and goes on writing there. */
  async accept(row: WaitingRow): Promise<void> {
    await this.chats.accept(row);
    const taken = this.chats.of(row.chat.chatId);
    if (!taken || taken.ended) return this.keepKeyboard();
    if (this.chats.front === taken && !this.#engaged) this.focusWanted = true;
    else page.announce(t('deskchat:news.joined', { name: taken.question?.name ?? t('deskchat:unknown') }));
  }

  /** The conversation that had the keyboard is gone: the one in front or the list of those who wait takes it. */
  keepKeyboard(): void {
    passFocus(() => {
      const tab = document.getElementById(`chat-tab-${this.chats.front?.id}`);
      return tab ?? document.getElementById(QUEUE_ID);
    });
  }

  /** Alt with 0 accepts, with 1 to 9 or an arrow goes to a chat, with M turns a message into a note. */
  keydown(event: KeyboardEvent): void {
    if (isShortcut(event) && this.#act(event)) event.preventDefault();
  }

  #act({ code, repeat }: KeyboardEvent): boolean {
    const { chats, queue, front } = this.chats;
    if (code === 'Digit0') {
      const row = queue.rows[0];
      // A key that is held down would take whoever moved up.
      if (row && !repeat && this.device.state === 'approved') void this.accept(row);
      return row !== undefined;
    }
    if (code === 'KeyM') {
      if (!front || front.ended) return false;
      if (repeat) return true;
      front.noting = !front.noting;
      front.pressed();
      this.focusWanted = true;
      return true;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[code];
    const at =
      step === undefined
        ? Number(/^Digit(\d)$/.exec(code)?.[1] ?? 0) - 1
        : (chats.findIndex((chat) => chat === front) + step + chats.length) % chats.length;
    const chat = chats[at];
    if (!chat) return false;
    this.chats.current = chat.id;
    this.focusWanted = !chat.ended;
    return true;
  }

  dispose(): void {
    this.#release();
    this.chats.dispose();
    this.device.close();
    this.alerts.quiet();
  }

  get #engaged(): boolean {
    return document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;
  }

  get #inSight(): boolean {
    return !document.hidden && document.fullscreenElement === null && !this.covered;
  }

  /** What a notification was about: a conversation with its text field, or (null) who waits. */
  async #show(chatId: string | null): Promise<void> {
    if (document.fullscreenElement) await document.exitFullscreen();
    const chat = chatId === null ? undefined : this.chats.of(chatId);
    this.uncover(chat !== undefined);
    if (chat) {
      this.chats.current = chat.id;
      this.focusWanted = !chat.ended;
    } else if (chatId === null) {
      await tick();
      document.getElementById(QUEUE_ID)?.focus();
    }
  }
}
