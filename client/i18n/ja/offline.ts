import type { Translation } from '../catalog';
import type en from '../en/offline';

const ja: Translation<typeof en> = {
  heading: 'メッセージを残す',
  intro: 'ただいま担当者が不在です。{{company}} からメールでお答えします。',
  online: '担当者が戻りました。',
  chat: 'チャットで相談する',
  opens: 'チャットの再開：{{time}}',
  sealed: 'メッセージはお使いのブラウザーで暗号化され、{{company}} だけが読めます。',
  name: 'お名前',
  mail: 'メールアドレス',
  subject: '件名',
  text: 'メッセージ',
  website: 'この欄には何も入力しないでください',
  send: 'メッセージを送信',
  working:
    '数秒間、このページを開いたままお待ちください。迷惑メッセージの自動送信でないことを、お使いのブラウザーが確認しています。',
  progress: '進み具合',
  sending: '送信しています…',
  'wrong.name': 'お名前を入力してください。',
  'wrong.mail': 'メールアドレスを最後まで入力してください。例：name@example.org',
  'wrong.subject': 'ご用件を短く入力してください。',
  'wrong.text': 'メッセージを入力してください。',
  'wrong.long': '長すぎます。{{max}} 文字までのところ、{{count}} 文字あります。',
  'problem.keys':
    'このページが {{company}} のものであることを確認できないため、送信しませんでした。ほかの方法で会社にお問い合わせください。',
  'problem.closed': '現在メッセージを受け付けていません。ほかの方法で会社にお問い合わせください。',
  'problem.blocked':
    '{{company}} は、お使いのインターネット接続からのメッセージを {{time}} まで受け付けていません。ほかの方法で会社にお問い合わせください。',
  'problem.filled':
    'まだ送信していません。フォームの自動入力などのプログラムが、画面に見えない欄に文字を入れました。その欄は空に戻しました。もう一度「メッセージを送信」を押すと、送信されます。',
  'problem.limited':
    'お使いのネットワークから短い間に多くのメッセージが届いています。{{time}} 以降にもう一度送信してください。',
  'problem.kept': '入力した内容は残っています。',
  'sent.heading': 'ありがとうございます。メッセージが届きました',
  'sent.text': '{{company}} から {{mail}} あてにお答えします。',
  'sent.again': '別のメッセージを書く',
  'closed.heading': 'ただいま担当者が不在です',
  'closed.text': '担当者が不在の間、{{company}} はここではメッセージを受け付けていません。',
  'closed.instead': 'ほかの方法',
  'closed.later':
    '時間をおいて、もう一度お越しください。このページを開いたままにしておくと、担当者が戻ったときに自動でチャットが開きます。',
  'closed.otherway': '{{company}} のホームページにある電話番号やメールアドレスにご連絡ください。',
  'closed.number': 'オペレータからセッション番号をお聞きになりましたか。',
  'closed.enter': '番号を入力する',
};
export default ja;
