import type { Translation } from '../catalog';
import type en from '../en/helper';

const ja: Translation<typeof en> = {
  'windows.heading': '見せるウインドウを選んでください',
  'windows.text': 'ブラウザーの確認画面で、ウインドウを 1 つずつ選びます。ほかのものは見えません。',
  'windows.picking': 'ブラウザーの確認画面が開きました。そこでウインドウを 1 つ選んでください。',
  'windows.add': 'ウインドウを選ぶ',
  'windows.another': 'ウインドウを追加する',
  'windows.list': '見せるもの',
  'windows.window': 'ウインドウ {{number}}',
  'windows.tab': 'ブラウザーのタブ {{number}}',
  'windows.remove': '外す',
  'windows.removeNamed': '外す：{{name}}',
  'windows.done': '完了（これらを見せる）',
  'windows.full': '同時に見せられるウインドウの数の上限です。',
  'windows.problem.monitor':
    '画面全体が選ばれたため、すぐに停止しました。このセッションで見せられるのはウインドウだけです。ウインドウを選んでください。',
  'windows.problem.unknown':
    'このブラウザーでは、選ばれたものがウインドウか画面全体かを確かめられないため、すぐに停止しました。新しい Chrome、Edge、Safari をお使いください。',
  'windows.problem.twice': 'このウインドウはすでに選ばれています。',

  'hand.heading.customer': 'あと 1 つ、ヘルパーを起動してください',
  'hand.heading.operator': 'このコンピュータでヘルパーを起動してください',
  'hand.text.customer':
    'オペレータには、共有した画面が見えています。マウスとキーボードでもお手伝いするには、お客さまご自身に小さなプログラムを起動していただきます。インストールは不要で、使えるのはこのセッションの間だけです。',
  'hand.text.operator':
    'お客さまには、あなたの画面が見えています。マウスとキーボードで操作していただくには、小さなプログラムを起動してください。インストールは不要で、使えるのはこのセッションの間だけです。',
  'hand.download': 'ヘルパーをダウンロード',
  'hand.downloadFor': 'ヘルパーをダウンロード（{{build}}）',
  'hand.others': '別のシステムの場合',
  'hand.without': '操作なしで続ける',
  'hand.waiting': 'ヘルパーの起動を待っています…',
  'hand.held': 'ただいまサービスが混み合っています。ヘルパーの起動は少しお待ちください。自動的に続きます。',
  'hand.adopted': 'まもなくヘルパーがつながります…',
  'hand.loading': 'この端末に合うファイルを調べています…',
  'hand.failed': 'いまダウンロードの一覧を取得できません。',
  'hand.again': 'もう一度試す',
  'hand.noBuilds.customer': 'このサービスにはヘルパーが用意されていません。オペレータにお伝えください。',
  'hand.noBuilds.operator': 'このサービスにはヘルパーが用意されていません。管理者にお知らせください。',
  'hand.otherSystem': 'この種類の端末で使えるヘルパーはありません。操作なしで続けることができます。',
  'hand.phone': 'スマートフォンやタブレットは操作できません。操作なしで続けることができます。',

  'build.windows-amd64': 'Windows 用',
  'build.macos-arm64': 'Mac 用（Apple シリコン、M1 以降）',
  'build.macos-amd64': 'Mac 用（Intel）',
  'build.linux-amd64': 'Linux 用（x86-64）',
  'build.linux-arm64': 'Linux 用（ARM64）',
  'build.other': 'その他のシステム用',

  'step.download': 'ダウンロードする',
  'step.downloadText': 'ボタンを押すと、ブラウザーがファイルを 1 つ保存します。',
  'step.open': 'ファイルを開く',
  'step.openText': 'ブラウザーのダウンロード一覧、または「ダウンロード」フォルダーから開きます。',
  'step.openTerminal': 'または、次の 1 行をコピーしてターミナルに貼り付け、Enter キーを押します：',
  'step.showLine': '行を表示',
  'step.connected': '完了',
  'step.connectedText': '小さな画面に「接続されました」と出ます。このページも自動的に切り替わります。',

  'asks.summary': 'コンピュータに、ファイルを信頼するか尋ねられたら',
  'asks.windows':
    '「Windows によって PC が保護されました」と出た場合は、「詳細情報」→「実行」を押してください。いま {{host}} から保存したファイルの場合に限ります。',
  'asks.macos':
    'Mac が開くのを拒んだ場合は、システム設定 → プライバシーとセキュリティ →「このまま開く」を押してください。続いて「アクセシビリティ」の許可を求められたら、ヘルパーを許可します。いま {{host}} から保存したファイルの場合に限ります。',
  'asks.linux':
    '開いても何も起きない場合は、ファイルを右クリック → プロパティ → アクセス権 で、プログラムとして実行できるようにしてください。',

  details: '詳細',
  'details.publisher': '提供元',
  'details.publisherText': '{{company}}（{{host}}）',
  'details.version': 'バージョン',
  'details.size': '大きさ',
  'details.sizeText': '{{size}} MB',
  'details.sums': 'チェックサムの一覧',
  'details.signature': '一覧の署名',
  'details.link':
    'このコンピュータにヘルパーがすでにある場合は、ターミナルからヘルパーを起動し、引数として次のリンクを渡します：',
  'details.copy': 'リンクをコピー',
  'details.copyLine': '行をコピー',
  'details.once':
    'リンクとファイルは、10 分以内に 1 回だけ、このセッションでのみ使えます。ほかの人に渡さないでください。',

  'expired.heading.time': 'ヘルパーが時間内に起動されませんでした',
  'expired.text.time':
    '保存したファイルはもう使えません。新しいヘルパーを受け取るか、操作なしで続けることができます。',
  'expired.heading.busy': 'このヘルパーは使えません',
  'expired.text.busy':
    'このヘルパーの鍵はすでに使われています。新しいヘルパーを受け取るか、操作なしで続けてください。',
  'expired.heading.refused': 'サービスがヘルパーを受け付けませんでした',
  'expired.text.refused':
    '保存したファイルは使えません。新しいヘルパーを受け取るか、操作なしで続けることができます。',
  'gone.heading': 'ヘルパーとの接続が失われました',
  'gone.text':
    'サービスはヘルパーと連絡が取れなくなりました。接続がなければ、ヘルパーは 1 分以内に操作を止めます。「接続されました」の画面が残っている場合は、そこで「キャンセル」を押すとすぐに止まります。画面の共有は続いています。新しいヘルパーを起動することも、このまま続けることもできます。',
  renew: '新しいヘルパーを受け取る',
  'dismissed.customer': 'オペレータは共有された画面を見るだけで、操作はしません。',
  'dismissed.operator': 'お客さまはあなたの画面を見るだけで、操作はしません。',
  'dismissed.untold':
    '操作なしで続けますが、ヘルパーにまだ伝わっていない可能性があります。「接続されました」の画面が残っている場合は、そこで「キャンセル」を押すとすぐに止まります。',
  'dismissed.again': 'やはり操作を許可する',
  'away.text':
    'ヘルパーとサービスの接続が途切れています。自動的に接続し直しています。いますぐ止めるには、ヘルパーの画面を使ってください。',

  'attached.heading.customer': 'オペレータがマウスとキーボードを使えます',
  'attached.heading.operator': 'お客さまがここでマウスとキーボードを使えます',
  'attached.off.customer': 'オペレータは見るだけです',
  'attached.off.operator': 'お客さまは見るだけです',
  'attached.untold': 'ここではオフですが、ヘルパーにまだ伝わっていません',
  'attached.untoldText':
    'ヘルパーに伝わるまでは、まだ使われる可能性があります。自動的に伝わるか、1 分以内に止まります。いますぐ止めるには、ヘルパーの「接続されました」の画面で「キャンセル」を押してください。',
  'attached.seen.customer': 'オペレータには共有中のものが見えますが、操作はできません',
  'attached.seen.operator': 'お客さまには共有中のものが見えますが、操作はできません',
  'attached.seenAll':
    '操作できるのは、ウインドウと画面全体だけです。Chrome、Edge、Safari で共有した場合に限ります。ブラウザーのタブは見ることしかできません。',
  'attached.seenSome': '共有中のもののうち、ブラウザーのタブは見えるだけで、操作はできません。',
  'attached.preparing': 'ヘルパーがつながりました。準備しています…',
  'attached.version': 'このコンピュータでヘルパー {{version}} が動いています。',
  'attached.yours': 'あなた自身のマウスとキーボードが、いつも優先されます。',
  'attached.paused': 'いまあなたがマウスかキーボードを使っているため、遠隔操作は待っています。',
  'attached.remove': 'ヘルパーを終了する',

  'none.heading': 'このコンピュータは遠隔操作できません',
  'none.wayland':
    'この画面のしくみ（Wayland）では、ほかのプログラムからマウスとキーボードを使えません。セッションは続き、相手は画面を見ることができます。',
  'none.no-display':
    'ヘルパーから操作できる画面が見つかりませんでした。セッションは続き、相手は画面を見ることができます。',
  'none.no-permission':
    'ヘルパーに許可がありません。Mac の場合：システム設定 → プライバシーとセキュリティ → アクセシビリティ でヘルパーをオンにして、起動し直してください。',
  'none.failed':
    'ヘルパーがマウスとキーボードを使えませんでした。セッションは続き、相手は画面を見ることができます。',

  'grants.title': '許可していること',
  'grants.input': 'マウスとキーボードの操作',
  'grants.inputHint': 'いつでもオフにできます。すぐに効きます。',
  'grants.clipboard': 'クリップボードの共有',
  'grants.clipboardHint': '一方でコピーした文字を、もう一方で貼り付けられます。',
  'grants.refused': 'ご本人の操作であることを確かめるため、もう一度押してください。',
  'grants.untold': 'ここではオフですが、ヘルパーにまだ伝わっていません。',
  'grants.on': 'オン',
  'grants.off': 'オフ',

  'request.input.customer': 'オペレータが、マウスとキーボードの操作をもう一度求めています。',
  'request.input.operator': 'お客さまが、マウスとキーボードの操作をもう一度求めています。',
  'request.clipboard.customer':
    'オペレータが、コピーした文字のやり取り（クリップボードの共有）を求めています。',
  'request.clipboard.operator':
    'お客さまが、コピーした文字のやり取り（クリップボードの共有）を求めています。',
  'request.allow': '許可する',
  'request.notNow': '今はしない',

  'advance.heading': 'ヘルパーを先に用意する',
  'advance.text':
    'ヘルパーは、お客さまが同意した場合に、オペレータがマウスとキーボードを使えるようにするものです。オペレータから番号を聞いてから起動してください。番号を尋ねるだけで、それまでは何もしません。',
};
export default ja;
