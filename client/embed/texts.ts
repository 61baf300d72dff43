export const TEXTS = {
  ja: {
    online: 'チャットで相談',
    offline: 'メッセージを残す',
    close: '閉じる',
  },
  en: {
    online: 'Chat with us',
    offline: 'Leave a message',
    close: 'Close',
  },
};
