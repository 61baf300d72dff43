import type { Translation } from '../catalog';
import type en from '../en/common';

const ja: Translation<typeof en> = {
  'app.name': 'Tasuki',
  skip: '本文へ移動',
  language: '言語',
  leave: 'このページを離れると、セッションが終了します。離れますか。',
  copied: 'コピーしました',
  copyFailed: 'コピーできませんでした。文字を選択してコピーしてください。',
  message: 'お知らせ',
  'message.close': 'お知らせを閉じる',
  showPassword: '入力した文字を表示',
  loading: '読み込んでいます…',
  demo: 'デモ用の環境です。停止するとすべて消去されます。実際の情報は入力しないでください。',
  'footer.operators': 'オペレータの方',
  'footer.customers': 'お客さま',
  'footer.administrators': '管理者の方',
  'footer.promise': '通信は端末から端末まで暗号化されます。インストールは不要です。',
  'notFound.title': 'ページが見つかりません',
  'notFound.text': 'アドレスが間違っているか、古くなっている可能性があります。',
  'notFound.home': 'セッション番号の入力ページへ',
  'broken.title': 'ページを最後まで読み込めませんでした',
  'broken.text': '通信が途切れたか、サービスが更新されました。もう一度読み込むと、多くの場合は表示されます。',
  'broken.reload': 'もう一度読み込む',

  'mode.manage': '顧客のコンピュータを管理する',
  'mode.control': '顧客のコンピュータを操作する',
  'mode.view': '顧客の画面を見る',
  'mode.share': 'オペレータの画面を共有する',
  'mode.show': 'オペレータの画面を見せる',

  'error.invalid': '入力内容に受け付けられないものがあります。ご確認ください。',
  'error.code_unknown': 'この番号は使えません。',
  'error.limited': '試した回数が多すぎます。{{time}} 以降にもう一度お試しください。',
  'error.limitedNow': '試した回数が多すぎましたが、もう一度お試しいただけます。',
  'error.busy': 'うまくいきませんでした。もう一度お試しください。',
  'error.not_allowed': 'この操作は許可されていません。管理者にお問い合わせください。',
  'error.signed_out': 'ログインの有効期間が終わりました。もう一度ログインしてください。',
  'error.bad_login': 'ID またはパスワードが違います。',
  'error.locked':
    '3 回続けて失敗したため、この ID は {{time}} までログインできません。詳しくは管理者にお問い合わせください。',
  'error.lockedNow': 'ブロックは解除されました。ログインできます。',
  'error.session_gone': 'このセッションは終了しています。',
  'error.conflict': 'すでに存在します。',
  'error.not_found': '見つかりません。削除された可能性があります。',
  'error.version': 'サービスが更新されました。ページをもう一度読み込んでください。',
  'error.too_large': '長すぎます。',
  'error.failed':
    'こちら側でエラーが起きました。しばらくしてからもう一度お試しください。続く場合は、ページを読み込み直してください。',
  'error.offline': 'サービスに接続できません。インターネットの接続を確認して、もう一度お試しください。',
};
export default ja;
