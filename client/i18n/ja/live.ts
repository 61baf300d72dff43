import type { Translation } from '../catalog';
import type en from '../en/live';

const ja: Translation<typeof en> = {
  'words.title': '合言葉',

  'viewer.picture': 'リモート画面',
  'viewer.group': 'ビューア',
  'viewer.tools': '表示',
  'viewer.fit': '全体',
  'viewer.fitHint': '画面全体がウインドウに収まるように表示します',
  'viewer.actual': '等倍',
  'viewer.actualHint': '実際の大きさ（1 画素を 1 画素）で表示します',
  'viewer.zoomIn': '拡大',
  'viewer.zoomOut': '縮小',
  'viewer.zoom': '倍率 {{percent}} %',
  'viewer.fullscreen': '全画面表示',
  'viewer.leaveFullscreen': '全画面表示を終了',
  'viewer.screenshot': '画像を保存',
  'viewer.screenshotHint': '表示中の画面を PNG ファイルに保存します',
  'viewer.saved': '画像を保存しました：{{file}}',
  'viewer.saveFailed': '画像を保存できませんでした。',
  'viewer.quality': '画質',
  'viewer.sharp': '文字を鮮明に',
  'viewer.sharpHint': '文字がはっきり見えます。書類などに向いています',
  'viewer.smooth': '動きを滑らかに',
  'viewer.smoothHint': '動きが滑らかになります。動画などに向いています',
  'viewer.info': '接続情報',
  'viewer.infoHint': '接続の状態を表示します',
  'viewer.interrupted': '途切れています。最後の画面を表示しています。接続し直しています…',
  'viewer.noPicture': 'まもなく画面が表示されます…',

  'viewer.pictures': '共有中のウインドウ',
  'viewer.kind.monitor': '画面 {{number}}',
  'viewer.kind.window': 'ウインドウ {{number}}',
  'viewer.kind.tab': 'タブ {{number}}',
  'viewer.kind.unknown': '映像 {{number}}',
  'viewer.closed': '見ていたウインドウが相手側で閉じられました。「{{name}}」を表示しています。',

  'person.customer': 'お客さま',
  'person.operator': 'オペレータ',

  'control.tools': '操作',
  'control.toggle': '操作する',
  'control.toggleHint': 'オフ：見るだけにします。オン：マウスとキーボードが相手のコンピュータに届きます',
  'control.write': 'キーボード',
  'control.ask': '操作の許可を頼む',
  'control.asked': '頼みました。許可するかどうかは相手が決めます。',
  'control.notShown':
    '頼めませんでした。相手側のヘルパーにいま接続できないか、少し前に「今はしない」と答えがありました。数秒後にもう一度お試しください。',
  'control.notAsked': '今は接続されていません。もう一度お試しください。',
  'control.composer': '入力した内容は相手のコンピュータに届きます',
  'control.chord': 'Ctrl・Alt・Shift を同時に押して離すと、キーボードが手元に戻ります。',
  'control.givenBack':
    'キーボードが手元に戻りました。続けるには、画面をクリックするか、画面を選んで Enter キーを押します。',
  'control.refusing':
    '一部の操作は相手側で受け付けられませんでした（共有されたウインドウの外や、Tasuki の確認画面の上など）。',
  'control.state.none': '相手側にヘルパーがありません。画面を見るだけになります。',
  'control.state.tab':
    'ブラウザーのタブは、見ることはできますが操作できません。{{who}}に、ウインドウか画面全体を共有するよう頼んでください。',
  'control.state.unknown':
    'この映像は、見ることはできますが操作できません。相手のブラウザーが、何を映しているかを知らせないためです。{{who}}に、Chrome、Edge、Safari でウインドウか画面全体を共有するよう頼んでください。',
  'control.state.waiting': '相手側でヘルパーが起動されるのを待っています。その間も画面は見られます。',
  'control.state.gone': '相手側でヘルパーが終了しました。画面を見るだけになります。',
  'control.state.connecting': 'ヘルパーに接続しています…',
  'control.state.lost': 'ヘルパーとの接続が途切れました。接続し直しています…',
  'control.state.tampered':
    '操作を中止しました。途中で通信が書き換えられたか、繰り返されたためです。画面を見続けることも、セッションを終了することもできます。',
  'control.state.wayland':
    'このコンピュータは操作できません。デスクトップ（Wayland）が、ほかのプログラムによるマウスの操作を認めていないためです。「X11」または「Xorg」のセッションでログインし直すと操作できます。',
  'control.state.no-display':
    'このコンピュータは操作できません。ヘルパーがデスクトップを見つけられませんでした。',
  'control.state.no-permission':
    'まだ操作できません。相手側でヘルパーへの許可が必要です。Mac では「システム設定」→「プライバシーとセキュリティ」→「アクセシビリティ」で許可します。',
  'control.state.failed':
    'このコンピュータは操作できません。ヘルパーがマウスとキーボードを動かせませんでした。',
  'control.state.notGranted': 'まだ許可されていません。{{who}}に頼むことができます。',
  'control.state.takenBack':
    '{{who}}が操作の許可を取り消しました。画面は見られます。もう一度頼むこともできます。',
  'control.state.guarded': '待機中：Tasuki の確認画面が開いています。答えられるのは{{who}}だけです。',
  'control.state.paused': '一時停止中：{{who}}がマウスかキーボードを使っています。',
  'control.state.stale': '画面が途切れているため、操作は送られません。',
  'control.state.held': '操作しています。',
  'control.state.ready': '画面をクリックすると操作できます。',
  'control.state.off': '見るだけにしています。',

  keys: 'キー',
  'keys.noAttention':
    '相手のシステムでは、プログラムが Ctrl + Alt + Del を押すことはできません。コンピュータの前にいる方に押してもらってください。',
  'keys.taskManager': 'Ctrl + Shift + Esc（タスク マネージャー）',
  'keys.switchWindow': 'Alt + Tab（次のウインドウ）',
  'keys.closeWindow': 'Alt + F4（ウインドウを閉じる）',
  'keys.system': 'Windows キー',
  'keys.functions': 'ファンクションキー',
  'keys.japanese': '日本語キーボードのキー',
  'keys.method': '日本語などの入力方法',
  'keys.method.own': '手元で変換し、文字を送る',
  'keys.method.theirs': 'キーをそのまま送り、{{who}}の側で変換する',
  'keys.typeClipboard': '手元のクリップボードの文字を入力する',

  'clipboard.follows': '手元のクリップボードも渡す',
  'clipboard.followsHint':
    '手元でコピーした文字が、画面をクリックしたときに{{who}}の側へ届きます。オフのときは、貼り付けたときだけ届きます',
  'clipboard.copyArrived': '相手がコピーした文字を受け取る',
  'clipboard.ask': 'クリップボードの許可を頼む',
  'clipboard.askHint': '2 台のコンピュータの間で文字をコピーして貼り付けられるよう、{{who}}に頼みます',
  'clipboard.received': '相手がコピーした文字を、手元のクリップボードに入れました。',
  'clipboard.tooLong': '長すぎるため、相手のクリップボードに送れません（100 万字まで）。',
  'clipboard.tooLongToType': '長すぎるため、入力できません（2 万字まで）。',
  'clipboard.empty': '手元のクリップボードに文字がありません。',
  'clipboard.unreadable':
    'このページがクリップボードを読むことを、ブラウザーが許可していません。アドレスバーから許可するか、Ctrl + V で貼り付けてください。',

  'stats.route': '経路',
  'stats.direct': '直接',
  'stats.relayed': '中継',
  'stats.protocol': 'プロトコル',
  'stats.roundTrip': '往復時間',
  'stats.frames': 'フレーム',
  'stats.framesValue': '毎秒 {{value}} 枚',
  'stats.bitrate': '通信量',
  'stats.resolution': '解像度',
  'stats.lag': '画面の遅れ',
  'stats.codec': '映像形式',
  'stats.dtls': '暗号（DTLS）',
  'stats.srtp': '暗号（SRTP）',
  'stats.unknown': '–',

  'shortcuts.title': '画面を選択しているときのキー',
  'shortcuts.zoom': '拡大・縮小',
  'shortcuts.pan': '表示位置の移動',
  'shortcuts.fit': '全体表示',
  'shortcuts.actual': '等倍表示',
  'shortcuts.fullscreen': '全画面表示',
  'shortcuts.screenshot': '画像を保存',
};
export default ja;
