import type { Translation } from '../catalog';
import type en from '../en/deskrequest';

const ja: Translation<typeof en> = {
  request: 'リモート接続を依頼',
  title: '{{name}} さんにリモート接続を依頼',
  text: 'お客さまには、あなたの名前と依頼の内容が表示され、お客さまが判断します。拒否されても、チャットは続きます。',
  send: '依頼を送る',
  cancel: 'キャンセル',
  conflict: 'このチャットでは、すでにリモート接続を依頼しているか、接続中です。',
  not_allowed: '管理者の設定が変わり、許可されなくなりました。選び直してください。',
  askedLeft: 'あと {{time}} の間、返事を受け付けます。',
  withdraw: '依頼を取り消す',
  show: '表示',
  'card.asked': 'チャットで依頼中',
  'card.text': 'チャットでお客さまに依頼しました。「許可する」が押されると、すぐに始まります。',
  'state.waiting': 'チャットでの返事を待っています',
  'state.pairing': 'お客さまが許可しました。安全な接続を準備しています',
  'why.expired': '時間内に返事がありませんでした。',
  'why.withdrawn': '依頼は取り消されました。もう返事はできません。',
};

export default ja;
