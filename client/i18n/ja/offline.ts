import type { Translation } from '../catalog';
import type en from '../en/offline';

const ja: Translation<typeof en> = {
  heading: 'メッセージを残す',
  intro: 'ただいま担当者が不在です。{{company}} からメールでお答えします。',
  opens: 'チャットの再開：{{time}}',
  sealed: 'メッセージはお使いのブラウザーで暗号化され、{{company}} だけが読めます。',
  name: 'お名前',
  mail: 'メールアドレス',
  subject: '件名',
  text: 'メッセージ',
  website: 'この欄には何も入力しないでください',
  send: 'メッセージを送信',
  working: '自動送信を防ぐための短い計算を、お使いのブラウザーで行っています。数秒かかります。',
  sending: '送信しています…',
  'wrong.name': '80 文字以内で名前を入力してください。',
  'wrong.mail': 'メールアドレスが正しくありません。',
  'wrong.subject': '200 文字以内で件名を入力してください。',
  'wrong.text': '4,000 文字以内でメッセージを入力してください。',
  'problem.keys':
    'このページが {{company}} のものであることを確認できないため、送信しませんでした。ほかの方法で会社にお問い合わせください。',
  'problem.closed': '現在メッセージを受け付けていません。ほかの方法で会社にお問い合わせください。',
  'problem.kept': '入力した内容は残っています。',
  'sent.heading': 'ありがとうございます。メッセージが届きました',
  'sent.text': '{{company}} から {{mail}} あてにお答えします。',
  'sent.again': '別のメッセージを書く',
  'closed.heading': 'ただいま担当者が不在です',
  'closed.text': '{{company}} は、受付時間外のメッセージを受け付けていません。',
};
export default ja;
