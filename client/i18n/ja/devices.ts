import type { Translation } from '../catalog';
import type en from '../en/devices';

const ja: Translation<typeof en> = {
  intro:
    '承認したブラウザーは、チャットとメッセージを読み、オペレータとして応対できます。それ以外の機能は承認なしで使えます。',
  pictures: 'このブラウザーの絵',
  picturesOf: '{{name}} の {{device}} の絵',
  of: '{{name}} – {{device}}',
  thisOne: 'このブラウザー',
  'role.administrator': '管理者',
  'role.operator': 'オペレータ',
  asked: '依頼 {{time}}',
  since: '承認 {{time}}',
  seen: '最終利用 {{time}}',
  checking: '依頼を確認しています…',
  cancel: 'キャンセル',
  distrust:
    'サーバーの情報が自社の鍵と一致しないため、承認を中止しました。サーバーが書き換えられた可能性があります。原因がわかるまで、ここでは何も承認しないでください。',
  conflict: '端末の状態がすでに変わっています。一覧は最新の状態です。',

  'own.heading': 'このブラウザーでは、まだ承認できません',
  'own.approved': 'このブラウザーは承認済みです。ほかの端末を承認できます。',
  'own.locked': '初期設定で一度だけ表示された解除キーを入力すると、承認できるようになります。',
  'own.unlocked': 'このページを閉じるまで、入力した解除キーで承認できます。',
  'own.revoked': 'このブラウザーの承認は取り消されました。',
  'own.storage':
    'このブラウザーはサイトのデータを保存しないため、承認できません。解除キーを使って、ほかの端末を承認することはできます。',
  'own.distrust':
    'このブラウザーの承認についてのサーバーの情報に、自社の正しい署名がありません。この情報は使いません。解除キーで承認し直してください。',
  'own.other': '承認済みの管理者のブラウザーがほかにある場合は、そこから承認することもできます。',
  'own.ask': 'ほかのブラウザーに依頼する',
  'own.pending':
    'このブラウザーの承認を依頼しました。承認済みの管理者のブラウザーでこの画面を開くと、同じ 4 つの絵が表示されます。',

  'key.label': '解除キー',
  'key.hint': '4 文字 × 8 組です。このブラウザーの中だけで使い、サーバーには送りません。',
  'key.remember': 'このブラウザーも承認し、次回から解除キーの入力を省く',
  'key.use': '解除キーを使う',
  'key.incomplete': '解除キーは、英数字 4 文字が 8 組です。',
  'key.wrong': 'この解除キーは正しくありません。',
  'key.opened': '端末を承認できるようになりました。',
  'key.enrolled': 'このブラウザーを承認しました。',

  waiting: '承認待ち',
  waitingText: '相手の画面に表示されている 4 つの絵を電話などで確認し、同じ場合だけ承認してください。',
  nobodyWaits: '承認待ちの端末はありません。',
  administratorToo: '管理者のブラウザーは、ほかの端末を承認し、保管庫のすべてを開くことができます。',
  notGenuine:
    'この依頼は、本人のブラウザーから出されたものではないため、承認できません。どこから来たものか確認してください。',
  needsKey: '承認するには、先に上の欄に解除キーを入力してください。',
  approve: '承認',
  approveName: '{{name}} の {{device}} を承認',
  approvedNow: '{{name}} の {{device}} を承認しました。',
  decline: '却下',
  declineName: '{{name}} の {{device}} を却下',
  declineTitle: '{{name}} の {{device}} を却下しますか？',
  declineText: '相手のブラウザーにすぐ表示されます。相手はもう一度依頼できます。',

  approved: '承認済み',
  noneApproved: '承認した端末はまだありません。',
  revoke: '取り消し',
  revokeName: '{{name}} の {{device}} の承認を取り消す',
  revokeTitle: '{{name}} の {{device}} の承認を取り消しますか？',
  revokeText:
    'このブラウザーでは、以後のチャットとメッセージを読めなくなります。もう一度承認を依頼することはできます。',
  revokedNow: '{{name}} の {{device}} の承認を取り消しました。',
  revoked: '取り消し・却下（{{count}}）',
};
export default ja;
