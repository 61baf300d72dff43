import type { Translation } from '../catalog';
import type en from '../en/embed';

const ja: Translation<typeof en> = {
  heading: '組込方法 – HTML',
  intro:
    'サポートを受け付けるページに HTML をコピーして貼り付け、ブラウザーで開いてボタンや入力欄が表示されることを確認してください。',
  options: 'オプション',
  language: '言語',
  button: 'ボタンセット',
  buttonDefault: '標準のボタン',
  position: 'ボタンの位置',
  'position.bottom-right': '右下に固定',
  'position.bottom-left': '左下に固定',
  'position.inline': 'HTML を置いた場所',
  auto: '番号入力欄：最後の数字を入力したら自動的に進む',
  exe: '番号入力欄：ヘルパーの事前入手を案内する',
  copy: 'コピー',
  copyName: 'コピー：{{title}}',
  copyAddress: 'アドレスのみ',
  copyAddressName: 'アドレスをコピー：{{title}}',
  chat: 'チャットボタン',
  'chat.hint': 'オペレータの受付状況に連動します。受付中でないときは、メッセージを残せます。',
  box: 'セッション番号の入力欄',
  'box.hint': 'お客さまが御社のページで、オペレータから聞いた番号を入力します。',
  link: 'チャットへのリンク',
  'link.hint': 'スクリプトを使えないページ用です。メールなどには「アドレスのみ」をコピーしてください。',
  helper: 'ヘルパーへのリンク',
  'helper.hint': 'お客さまがヘルパーを事前に入手するページを開きます。',
  policy: 'コンテンツセキュリティポリシーを使うサイトの場合',
  'policy.hint':
    '次の指定をポリシーに追加してください。チャットボタンには 4 行すべて、番号入力欄には frame-src だけが必要で、リンクにはどれも要りません。インラインの指定やほかのホストは不要です。ボタンセットの画像が別のサーバーにある場合は、そのサーバーを img-src に加えてください。',
  preview: 'プレビュー',
  previewHint: '上のオプションのとおりに、空のページで実際に動かしています。',
  previewLink: 'ここでは、リンクは別のタブで開きます。',
  noKey:
    'この HTML には、まだ御社の鍵が固定されていません。先に「端末」でこのブラウザーを承認し、そのあとで HTML をコピーしてください。',
  distrust: 'この HTML をコピーしないでください',
  distrustText:
    'サーバーが示す御社の鍵が、このブラウザーの承認時の鍵と異なります。何者かが変更したおそれがあります。サーバーの点検を依頼してください。',
  origins: 'チャットと番号入力欄を表示できるサイト',
  'origins.field': 'サイトのアドレス（1 行に 1 つ）',
  'origins.hint':
    '例：https://www.example.com。https://*.example.com は、その下のすべての名前を表します。空欄の場合、すべてのサイトで表示できます。',
  'origins.error': 'サイトのアドレスではありません：{{lines}}',
  'origins.saved': 'サイトの一覧を保存しました。',
  save: '保存',
};
export default ja;
