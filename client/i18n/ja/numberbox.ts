import type { Translation } from '../catalog';
import type en from '../en/numberbox';

const ja: Translation<typeof en> = {
  title: 'セッション番号 – {{company}}',
  heading: 'セッション番号',
  intro: 'オペレータがお伝えする 8 桁の数字を入力してください。',
  auto: '最後の数字を入力すると、自動的に進みます。',
  elsewhere: 'セッションは別のウィンドウで開きます。',
  opened: '別のウィンドウでセッションを開きました。そちらで続けてください。',
  blocked: 'ブラウザーがウィンドウを開けませんでした。次のリンクから開いてください：',
  open: 'セッションを開く',
  helper: 'ヘルパーを事前に入手する',
  noOwner: 'この入力欄には加入コードが設定されていません。このページの運営者にお知らせください。',
};
export default ja;
