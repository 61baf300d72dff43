import type { Translation } from '../catalog';
import type en from '../en/session';

const ja: Translation<typeof en> = {
  steps: '進み具合',
  'steps.number': '番号',
  'steps.consent': '確認',
  'steps.screen': '画面',
  'steps.connected': '接続',

  cancel: 'キャンセル',
  'busy.pairing': '安全な接続を準備しています',
  'busy.pairingText': '双方で秘密の鍵を取り決めています。少しお待ちください。',
  'busy.waitingOperator': 'オペレータ側の応答を待っています。操作は必要ありません。',
  'busy.connecting': '接続しています',
  'busy.connectingText': '許可されました。接続しています。数秒お待ちください。',

  'consent.heading.view': '画面をオペレータに見せますか。',
  'consent.heading.show': 'オペレータの画面を見ますか。',
  'consent.heading.control': 'オペレータがこのコンピュータを見て、操作してもよいですか。',
  'consent.heading.share': 'オペレータのコンピュータを操作しますか。',
  'consent.who.control':
    '{{company}} の {{operator}} が、お客さまの画面を見て、マウスとキーボードで操作することを求めています。',
  'consent.who.share':
    '{{company}} の {{operator}} が、自分の画面をお客さまに見せ、操作していただくことを求めています。',
  'consent.who.view': '{{company}} の {{operator}} が、お客さまの画面を見ることを求めています。',
  'consent.who.show': '{{company}} の {{operator}} が、自分の画面をお客さまに見せることを求めています。',
  'consent.operator': 'オペレータ',
  'consent.company': '会社',
  'consent.can': 'できること',
  'consent.cannot': 'できないこと',
  'consent.view.can.see':
    'オペレータは、お客さまが次の画面で選んだ画面またはウインドウを見ることができます。',
  'consent.view.can.image': 'オペレータは、見えている画面を静止画として保存できます。',
  'consent.view.cannot.operate': 'マウスやキーボードの操作',
  'consent.view.cannot.files': 'ファイルを開く・コピーする・送ること',
  'consent.view.cannot.else': '選ばなかったウインドウやカメラの映像を見ること、マイクの音を聞くこと',
  'consent.view.cannot.later': 'あとから無断で接続すること',
  'consent.view.tip': '続ける前に、メールやパスワードなど、見られたくないものを閉じてください。',
  'consent.show.can.see': 'お客さまは、オペレータの画面またはウインドウを見ることができます。',
  'consent.show.can.image': 'お客さまは、見えている画面を静止画として保存できます。',
  'consent.show.cannot.see': 'お客さまの画面を見ること',
  'consent.show.cannot.operate': 'マウスやキーボードの操作',
  'consent.show.cannot.files': 'ファイルを開く・コピーする・送ること',
  'consent.show.cannot.later': 'あとから無断で接続すること',
  'consent.control.can.operate':
    'お客さまが小さなプログラム（ヘルパー）を起動したあと、オペレータはここでマウスとキーボードを使えます。',
  'consent.control.can.open':
    'オペレータは、お客さまと同じようにソフトやファイルを開いたり、設定を変えたりできます。その様子はすべてお客さまに見えます。',
  'consent.control.can.first':
    'お客さまご自身のマウスとキーボードが優先され、操作の許可はいつでも取り消せます。',
  'consent.control.cannot.without': 'ヘルパーの起動より前に、マウスやキーボードを操作すること',
  'consent.control.cannot.clipboard':
    'コピーした内容を読んだり変えたりすること（あとで許可した場合を除きます）',
  'consent.control.cannot.files': 'このサービスを通じて、ファイルを取り出したり、送り込んだりすること',
  'consent.share.can.operate':
    'オペレータが許可している間、お客さまはオペレータのコンピュータでマウスとキーボードを使えます。',
  'consent.share.cannot.operate': 'お客さまのコンピュータを操作すること',
  'consent.cannot.record': 'セッションの録画',
  'consent.end': 'いつでも、ボタン 1 つで終了できます。',
  'consent.fear': 'ご自分から連絡しましたか。',
  'consent.fearText':
    '突然電話がかかってきた場合や、画面の警告に従って電話した場合は、「拒否」を押してください。まだ何も共有されていません。',
  'consent.words':
    'オペレータにも同じ 4 つの絵が表示されています。気になるときは電話で読み上げてもらい、違っていたら「拒否」を押してください。',
  'consent.allow': '許可する',
  'consent.decline': '拒否',
  'consent.taken': 'ヘルパーで承諾されました。画面の共有はこのページで行います。まだ何も共有されていません。',
  'consent.taken.fear': 'ヘルパーに番号を入力したのはご自分ですか。',
  'consent.taken.fearText':
    'このコンピュータでいまヘルパーを起動していない場合（このページがリンクとして送られてきた場合など）は、「拒否」を押してください。',
  'consent.taken.go': '続ける',
  'answer.again': 'ご本人の操作であることを確かめるため、もう一度押してください。',
  'answer.held':
    'Tasuki の別のページを通じて、このコンピュータが遠隔で操作されている可能性があります。ここを遠隔で押せないことが確認できしだい、お答えいただけます。時間がかかるときは、そのページでセッションを終了してください。',
  'consent.next.control':
    '次に、どの画面を共有するかをブラウザーが確認します。そのあと、ヘルパーをお渡しします。',
  'consent.windows': 'お客さまが選んだウインドウだけが見えます',
  'consent.windowsText': '次の画面で、見せるウインドウを 1 つずつ選びます。画面のほかの部分は見えません。',
  'consent.windowsTextControl':
    '次の画面で、見せるウインドウを 1 つずつ選びます。画面のほかの部分は見えず、操作もできません。',
  'consent.windowsWish': '自分で選んだウインドウだけを見せる',
  'consent.windowsWishHint': '画面のほかの部分は見えなくなります。',
  'consent.next.view': '次に、どの画面を共有するかをブラウザーが確認します。',

  'unable.heading': 'この端末では画面を共有できません',
  'unable.text':
    '{{company}} の {{operator}} が、お客さまの画面を見ることを求めています。スマートフォンやタブレットのブラウザー、一部の古いブラウザーでは、画面を共有できません。',
  'unable.text.control':
    '{{company}} の {{operator}} が、この端末の画面を見て操作することを求めています。スマートフォンやタブレットは遠隔操作できず、画面も共有できません。一部の古いブラウザーでも共有できません。',
  'unable.do': '次の方法があります',
  'unable.computer':
    'または、パソコン（Windows、Mac、Linux）の新しい Chrome、Edge、Firefox、Safari でこのページを開いてください。',
  'unable.newNumber': '番号は 1 回しか使えません。オペレータに新しい番号をお求めください。',
  'unable.show':
    'オペレータの画面を見せてもらうようお伝えください。その方法なら、この端末でもご利用いただけます。',
  'unable.leave': 'セッションを閉じる',

  'picking.heading': '共有するものを選んでください',
  'picking.text': 'ブラウザーの確認画面が開きました。オペレータに見せるものをそこで選びます。',
  'picking.howScreen': '「画面全体」：その画面に映っているものすべて',
  'picking.howWindow': '「ウインドウ」：選んだソフトだけ。ほかのものを見せたくないときに最適です',
  'picking.howTab': '「タブ」：ブラウザーの 1 ページだけ',
  'picking.operable':
    'オペレータがマウスとキーボードでお手伝いできるのは、画面全体かウインドウです。タブは見ることしかできません。',
  'picking.confirm': '選んだら、その画面で「共有」を押してください。',
  'picking.none': 'ボタンを押すと、どの画面やウインドウを共有するかをブラウザーが確認します。',
  'picking.choose': '画面を選ぶ',
  'picking.refusedHeading': '画面が選ばれませんでした',
  'picking.refused': '何も共有されていません。もう一度選ぶか、ここで終了できます。',
  'picking.refusedMac':
    'Mac では、ブラウザーに許可が必要な場合があります：システム設定 → プライバシーとセキュリティ → 画面収録',
  'picking.again': 'もう一度選ぶ',
  'picking.waitHeading': 'オペレータが画面を選んでいます',
  'picking.wait': 'まもなく、ここにオペレータの画面が表示されます。操作は必要ありません。',

  'connected.heading': '接続されました',
  'connected.title.view': '● 画面を共有中 – Tasuki',
  'connected.title.show': '接続中 – {{company}}',
  'connected.with': '{{company}} {{operator}}',
  'connected.sharing': 'いま共有しているもの',
  'connected.sharing.several': 'ウインドウ {{count}} つ',
  'connected.sharingHint.several':
    'オペレータに見えるのはこれらのウインドウだけです。ほかのものは見えません。',
  'connected.sharing.monitor': '画面全体',
  'connected.sharing.window': 'ウインドウ 1 つ',
  'connected.sharing.browser': 'ブラウザーのタブ 1 つ',
  'connected.sharing.unknown': '選んだ画面',
  'connected.sharingHint.monitor':
    'この画面に映るものはすべてオペレータに見えます。見られたくないものは開かないでください。',
  'connected.sharingHint.window':
    'オペレータに見えるのはこのウインドウだけです。ほかのウインドウは見えません。',
  'connected.sharingHint.browser': 'オペレータに見えるのはこのタブだけです。',
  'connected.sharingHint.unknown': 'オペレータに見えるのは、お客さまが選んだものだけです。',
  'connected.minimise':
    'ほかのウインドウに切り替えて、そのまま作業できます。このページは開いたままにしてください。閉じるとセッションが終了します。',
  'connected.cancelHint': '「キャンセル」を押すと、すぐに終了します。',
  'connected.notShared': 'お客さまの端末からは何も共有されていません。オペレータの画面を見ています。',
  'connected.preview': 'オペレータに見えている内容',
  'connected.serverAway': 'サービスが再起動しています。セッションはそのまま続いています。',

  'interrupted.heading': '接続が途切れました',
  'interrupted.text':
    '自動的に接続し直しています。このページを開いたままお待ちください。操作は必要ありません。',
  'interrupted.mine': 'お使いの端末が、いまインターネットにつながっていないようです。',
  'interrupted.theirs': 'オペレータ側の接続が、いま途切れています。',

  'ended.heading': 'セッションは終了しました',
  'ended.nothing': 'もう何も共有されていません。',
  'ended.nothingEver': '何も共有されませんでした。',
  'ended.another': '別の番号を入力する',
  'ended.backToChat': 'チャットに戻る',
  'ended.next': 'このあとは',
  'ended.close': 'このページは閉じてかまいません。',
  'ended.callBack': '引き続きサポートが必要な場合は、オペレータに新しい番号をお求めください。',
  'ended.suspicious': '相手が本物かどうか不安な場合は、ご自分でご存じの電話番号から会社に確認してください。',
  'ended.pc': 'パソコンでこのページを開き、オペレータに新しい番号をお求めください。',
  'ended.network':
    'インターネットの接続を確認するか、別のネットワーク（会社の VPN を切るなど）で、新しい番号を使ってお試しください。',
  'ended.tamperedNext':
    'このネットワークでは続けないでください。この内容をオペレータに電話で伝え、別のネットワークからやり直してください。',

  'why.cancelled.customer': 'お客さまがセッションを終了しました。',
  'why.cancelled.operator': 'オペレータがセッションを終了しました。',
  'why.cancelled': 'セッションが終了されました。',
  'why.declined': 'お客さまが拒否しました。オペレータには拒否されたことだけが伝わり、何も見えていません。',
  'why.share_stopped.customer':
    'ブラウザーのバーで共有を停止したか、共有していたウインドウを閉じたため、セッションが終了しました。',
  'why.share_stopped.operator': 'オペレータが画面を見せるのを終えました。',
  'why.share_stopped': '共有が停止されました。',
  'why.left.customer': 'このページが閉じられたか、ネットワークが長い間つながりませんでした。',
  'why.left.operator': 'オペレータのページが閉じられたか、ネットワークが長い間つながりませんでした。',
  'why.left': '一方の接続が長い間途切れました。',
  'why.expired': '番号の有効期限が切れました。',
  'why.withdrawn': 'オペレータが番号を取り消しました。',
  'why.no_answer.customer': '時間内に回答がなかったため、セッションを閉じました。',
  'why.no_answer.operator': 'オペレータ側から時間内に応答がありませんでした。',
  'why.no_answer': '一方から時間内に応答がありませんでした。',
  'why.no_path':
    'お客さまとオペレータの間に通信経路が見つかりませんでした。ファイアウォールに遮られている可能性があります。',
  'why.unsupported.operator': 'オペレータのブラウザーでは画面を共有できませんでした。',
  'why.unsupported': 'このブラウザーでは画面を共有できません。',
  'why.tampered':
    '通信の途中で内容が変えられたことを検知しました。お客さまを守るため、セッションをただちに閉じました。',
  'why.signed_out': 'オペレータがログアウトしました。',
  'why.failed': 'ソフトウェアでエラーが起きました。',
};
export default ja;
