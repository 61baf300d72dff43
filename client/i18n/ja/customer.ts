import type { Translation } from '../catalog';
import type en from '../en/customer';

const ja: Translation<typeof en> = {
  title: 'リモートサポート',
  titleCompany: 'リモートサポート – {{company}}',
  heading: 'セッション番号を入力してください',
  intro: 'オペレータがお電話などでお伝えする、8 桁の数字です。',
  fromLink: 'リンクに含まれていた番号を入力しました。準備ができたら「接続」を押してください。',
  field: 'セッション番号',
  connect: '接続',
  checking: '番号を確認しています…',
  safe: 'まだ何も共有されません。画面が見える前に、必ずお客さまに確認します。',
  'complaint.empty': '番号を入力してください。8 桁の数字です。',
  'complaint.letters': '番号は数字だけです。ほかの文字を消してください。',
  'complaint.short': '番号は 8 桁です。いまは {{count}} 桁です。',
  'complaint.long':
    '番号は 8 桁ですが、{{count}} 桁入力されています。同じ数字を重ねて入力していないかご確認ください。',
  'unknown.heading': 'この番号は使えません',
  'unknown.text':
    '打ち間違い、有効期限切れ、取り消し、または使用済みの可能性があります。オペレータに番号を確認するか、新しい番号をお求めください。',
  'unknown.clock':
    'お使いの端末の時計がずれていることが原因かもしれません。日付と時刻を「自動設定」にして、もう一度お試しください。',
  fear: '突然の電話で、この操作を求められていませんか。',
  fearText:
    '番号は、ご自分からサポートを依頼した場合にだけ入力してください。銀行・官公庁・メーカーが突然電話でこの操作を求めることはありません。少しでも不安なときは、電話を切ってください。',
};
export default ja;
