/** The chat side of the desk as a screen: this browser as a device, the chats, and how their news reach the operator. */
import type { Me } from '../../../../shared/protocol/http';
import { t } from '../../../i18n/index.svelte';
import { DeskAlerts } from '../../../session/chat/desk-chat-alerts.svelte';
import { ReplyStore } from '../../../session/chat/desk-chat-reply-store.svelte';
import type { WaitingRow } from '../../../session/chat/desk-chat-queue.svelte';
import { DeskChats, type DeskChatNews } from '../../../session/chat/desk-chats.svelte';
import type { Desk } from '../../../session/desk.svelte';
import { StaffDevice } from '../../../session/device/staff-device.svelte';
import { page } from '../../../ui/page.svelte';

export class ChatBoard {
  readonly device: StaffDevice;
  readonly chats: DeskChats;
  readonly alerts = new DeskAlerts();
  readonly replies: ReplyStore;
  /** The operator asked for the conversation in front: its text field takes the keyboard. */
  focusWanted = $state(false);
  /** The conversations are behind a large picture. */
  covered = false;
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
      told: (news) => this.#tell(news),
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
    if (!taken || taken.ended) return;
    if (this.chats.front === taken && !this.#engaged) this.focusWanted = true;
    else page.announce(t('deskchat:news.joined', { name: taken.question?.name ?? t('deskchat:unknown') }));
  }

  /** Alt with 0 accepts, with 1 to 9 or an arrow goes to a chat, with M turns a message into a note. */
  keydown(event: KeyboardEvent): void {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (this.#act(event.code)) event.preventDefault();
  }

  #act(code: string): boolean {
    const { chats, queue, front } = this.chats;
    if (code === 'Digit0') {
      const row = queue.rows[0];
      if (row && this.device.state === 'approved') void this.accept(row);
      return row !== undefined;
    }
    if (code === 'KeyM') {
      if (!front || front.ended) return false;
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

  #tell(news: DeskChatNews): void {
    const who = ('who' in news && news.who) || t('deskchat:unknown');
    switch (news.kind) {
      case 'waiting': {
        const text = news.forYou ? t('deskchat:news.forYou') : t('deskchat:news.waiting');
        // Whoever is away is not called, unless it is handed to them.
        if (this.chats.available || news.forYou) this.alerts.call('waiting', text);
        return page.speak(text);
      }
      case 'message': {
        // The log of the one in front is read out by itself.
        if (news.chatId === this.chats.front?.id && this.#inSight) return;
        this.alerts.call('message', t('deskchat:news.message'));
        return page.speak(t('deskchat:news.message'));
      }
      case 'quicker':
        return page.announce(
          news.by ? t('deskchat:news.quickerBy', { name: news.by }) : t('deskchat:news.quicker'),
        );
      case 'over':
        return page.announce(t('deskchat:news.over'));
      case 'ended':
        return page.announce(t('deskchat:news.ended', { name: who }));
      case 'rated':
        return page.announce(t('deskchat:news.rated', { name: who, stars: news.stars }));
      case 'missed':
        return page.announce(t('deskchat:news.missed', { name: who }));
      case 'gone':
        return page.announce(
          news.why === 'transferred'
            ? t('deskchat:transfer.done', { name: who })
            : t('deskchat:leave.done', { name: who }),
        );
      case 'joined':
        this.alerts.call('message', t('deskchat:news.forYou'));
        return page.announce(t('deskchat:news.joined', { name: who }));
    }
  }
}
