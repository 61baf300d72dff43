import type { Translation } from '../catalog';
import type en from '../en/setup';

const ja: Translation<typeof en> = {
  title: '初期設定',
  heading: 'Tasuki へようこそ',
  intro: 'このページで、最初に 1 回だけ設定を行います。2 分ほどで終わります。',
  steps: '進み具合',
  'steps.form': '会社',
  'steps.key': '解除キー',
  'steps.confirm': '確認',
  'steps.done': '完了',

  'noToken.heading': '専用リンクが必要です',
  'noToken.text':
    '初期設定は、サーバーが最初の起動時に表示するリンクからだけ行えます。リンクの末尾は「#token=…」です。そのリンクをそのまま開いてください。',
  wrongToken:
    'リンクが正しくないか、以前の起動時のものです。サーバーが最後に表示したリンクを開いてください。このページに入力した内容はそのまま残っています。',
  'already.heading': '初期設定は完了しています',
  'already.text':
    '初期設定は 1 回だけ行えます。お心当たりがない場合は、すぐにサーバーの管理担当者に連絡してください。',
  toAdmin: '管理者画面へ',
  toDesk: 'オペレータ画面へ',

  'form.company': '会社名',
  'form.companyHint': 'お客さまの確認画面に表示されます。',
  'form.adminId': '管理者 ID',
  'form.adminIdHint': '英数字と . _ @ - が使えます。',
  'form.password': 'パスワード',
  'form.passwordHint': '10 文字以上。いくつかの単語をつなげるのがおすすめです。ほかの条件はありません。',
  'form.repeat': 'パスワード（もう一度）',
  'form.language': '会社で使う言語',
  'form.next': '次へ：解除キー',
  'form.error.company': '会社名を 80 文字以内で入力してください。',
  'form.error.adminId': '英数字と . _ @ - を 1～64 文字で入力してください。',
  'form.error.password': '10 文字以上で入力してください。',
  'form.error.repeat': '2 つのパスワードが一致しません。',
  'form.strength': '長さ：{{count}} 文字',
  'form.weak': '短すぎます',
  'form.fair': '十分です',
  'form.strong': '安全です',

  'key.making': 'ブラウザーの中で解除キーを作成しています…',
  'key.heading': '解除キー',
  'key.once': '表示されるのは今だけです。先に進む前に、保存または印刷してください。',
  'key.label': '解除キー',
  'key.what': '解除キーとは',
  'key.what1': 'チャットの記録、メッセージ、録画は、鍵をかけて保存されます。それを開くのが解除キーです。',
  'key.what2': 'このブラウザーの中で作成されました。サーバーは解除キーを知らず、再発行もできません。',
  'key.what3':
    '解除キーを持つ人は、記録を読むことができます。紛失し、承認済みの端末もない場合、記録は二度と読めません。',
  'key.where':
    '契約書と同じように、印刷して金庫に入れるか、パスワード管理ソフトに保管してください。メールには保存しないでください。',
  'key.save': 'ファイルに保存',
  'key.print': '印刷',
  'key.copy': 'コピー',
  'key.next': '保管しました。次へ',
  'key.back': '戻る',
  'key.file':
    'Tasuki 解除キー\n\n会社名：{{company}}\n作成日：{{date}}\n\n{{key}}\n\n安全な場所に保管してください。このキーを持つ人は、保存されたチャット、メッセージ、録画を読むことができます。サーバーはこのキーを知らず、再発行もできません。\n',

  'confirm.heading': '解除キーの確認',
  'confirm.text': '保管した解除キーを見ながら、次の 2 つのグループ（4 文字ずつ）を入力してください。',
  'confirm.group': '{{number}} 番目のグループ',
  'confirm.wrong': '解除キーと一致しません。保管したものをもう一度ご確認ください。',
  'confirm.finish': '設定を完了する',
  'confirm.back': '解除キーをもう一度表示',

  'done.heading': '初期設定が完了しました',
  'done.subscriber': '加入コード',
  'done.subscriberText': '会社を識別するコードです。お客さまに送るリンクに含まれます：{{address}}',
  'done.enrolled': 'このブラウザーは承認済みです。「端末」の画面で、オペレータのブラウザーを承認できます。',
  'done.notEnrolled':
    'このブラウザーは承認できませんでした。「端末」の画面で、解除キーを使っていつでも承認できます。',
  'done.next': '次に、管理者画面にログインして、オペレータを追加してください。',
};
export default ja;
