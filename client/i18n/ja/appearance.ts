import type { Translation } from '../catalog';
import type en from '../en/appearance';

const ja: Translation<typeof en> = {
  intro: 'チャットボタンとチャットウィンドウを、御社のイメージに合わせられます。画像は GIF・PNG・WebP です。',
  look: 'チャットウィンドウを開く',
  buttons: 'カスタマイズボタン',
  buttonsText:
    'ボタンセットは、受付中の画像と受付していないときの画像の 2 枚からなり、ページごとに名前で選べます。だれでも開けるアドレスを指定するか、ここで画像をアップロードしてください。',
  'set.name': 'ボタンセットの名前',
  'set.nameHint': '英数字と - _ が使えます。HTML では data-button に書きます。',
  'set.nameError': '英数字と - _ を 1～32 文字で入力してください（先頭は英数字）。',
  'set.online': 'オンラインボタン',
  'set.onlineHint': '画像のアドレス（https:// から）',
  'set.offline': 'オフラインボタン',
  'set.offlineHint':
    '画像のアドレス。ファイル名を disabled.gif（または .png、.webp）にすると、このセットではオフラインメッセージを受け付けません。',
  'set.urlError': 'https:// で始まるアドレスを入力するか、画像をアップロードしてください。',
  'set.upload': '代わりにアップロード：{{label}}',
  'set.saved': 'ボタンセット {{name}} を保存しました。',
  'set.removed': 'ボタンセット {{name}} を削除しました。',
  'set.editName': '{{name}} を変更',
  'set.removeName': '{{name}} を削除',
  'set.removeTitle': 'ボタンセット {{name}} を削除しますか？',
  'set.removeText': '今後、このセットを指定したページには標準のボタンが表示されます。',
  edit: '変更',
  remove: '削除',
  cancel: 'キャンセル',
  send: '送信',
  save: '保存',
  choose: '先にファイルを選んでください。',
  none: '画像はまだありません。',
  slot: '{{width}} × {{height}} ピクセルちょうど、300 kB まで。',
  banner: 'カスタマイズバナー',
  'banner.file': 'バナーイメージ',
  'banner.now': '現在のバナー',
  'banner.saved': 'バナーを保存しました。',
  'banner.remove': 'バナーを削除',
  'banner.removed': 'バナーを削除しました。',
  logo: 'カスタマイズロゴ',
  'logo.file': 'ロゴイメージ',
  'logo.now': '現在のロゴ',
  'logo.saved': 'ロゴを保存しました。',
  'logo.remove': 'ロゴを削除',
  'logo.removed': 'ロゴを削除しました。',
  'fault.type': 'このファイルは、完全な GIF・PNG・WebP の画像ではありません。',
  'fault.bytes': 'ファイルが大きすぎます。{{kilobytes}} kB までです。',
  'fault.animated': 'アニメーションのコマ数が多すぎます。60 コマまでです。',
  'fault.size':
    '画像は {{needWidth}} × {{needHeight}} ピクセルちょうどにしてください。この画像は {{width}} × {{height}} です。',
  'fault.sizeMost':
    '画像は {{most}} × {{most}} ピクセルまでです。この画像は {{width}} × {{height}} です。',
};
export default ja;
