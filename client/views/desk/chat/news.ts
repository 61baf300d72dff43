/** How the desk's news reach the operator: called with sound and notification, shown for a while, or only read out. */
import { t } from '../../../i18n/index.svelte';
import type { DeskAlerts } from '../../../session/chat/desk-chat-alerts.svelte';
import type { DeskChatNews } from '../../../session/chat/desk-chats.svelte';
import { page } from '../../../ui/page.svelte';

/** What must be known of the desk to tell news there. */
export interface NewsDesk {
  alerts: Pick<DeskAlerts, 'call'>;
  /** Whether the operator takes new chats. */
  available: () => boolean;
  /** Whether that conversation is in front of the operator's eyes. */
  inSight: (chatId: string) => boolean;
  /** Brings a conversation to the front; null: the queue. */
  show: (chatId: string | null) => void;
}

/** Tells it once. */
export function tellNews(news: DeskChatNews, desk: NewsDesk): void {
  const who = ('who' in news && news.who) || t('deskchat:unknown');
  const call = (kind: 'waiting' | 'message', text: string, chatId: string | null) =>
    desk.alerts.call({ kind, text, chatId, show: () => desk.show(chatId) });
  switch (news.kind) {
    case 'waiting': {
      const text = news.forYou ? t('deskchat:news.forYou') : t('deskchat:news.waiting');
      // Whoever is away is not called, unless it is handed to them.
      if (desk.available() || news.forYou) call('waiting', text, null);
      return page.speak(text);
    }
    case 'message': {
      // The log of the one in front is read out by itself.
      if (desk.inSight(news.chatId)) return;
      call('message', t('deskchat:news.message'), news.chatId);
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
      call('message', t('deskchat:news.forYou'), news.chatId);
      return page.announce(t('deskchat:news.joined', { name: who }));
  }
}
