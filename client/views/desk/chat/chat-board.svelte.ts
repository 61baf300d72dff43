/** The chat side of the desk as a screen: this browser as a device, the chats, and how their news reach the operator. */
import type { Me } from '../../../../shared/protocol/http';
import { t } from '../../../i18n/index.svelte';
import { DeskAlerts } from '../../../session/chat/desk-chat-alerts.svelte';
import { ReplyStore } from '../../../session/chat/desk-chat-reply-store.svelte';
import { DeskChats, type DeskChatNews } from '../../../session/chat/desk-chats.svelte';
import type { Desk } from '../../../session/desk.svelte';
import { StaffDevice } from '../../../session/device/staff-device.svelte';
import { page } from '../../../ui/page.svelte';

export class ChatBoard {
  readonly device: StaffDevice;
  readonly chats: DeskChats;
  readonly alerts = new DeskAlerts();
  readonly replies: ReplyStore;
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

  dispose(): void {
    this.#release();
    this.chats.dispose();
    this.device.close();
    this.alerts.quiet();
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
        if (news.chatId === this.chats.front?.id && !document.hidden) return;
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
