import type { Translation } from '../catalog';
import type en from '../en/hours';

const ja: Translation<typeof en> = {
  intro:
    '営業時間外は、オペレータが受付中でもチャットボタンはオフラインになります。進行中のチャットは続けられます。',
  offline: '受付中のオペレータがいないときに、メッセージを受け付ける',
  offlineHint: 'オフにすると、オフラインの間はボタンを表示しません。',
  when: '営業時間',
  always: '常に営業：オペレータが受付中なら、いつでもオンライン',
  week: '曜日ごとに決める',
  zone: 'タイムゾーン',
  from: '{{name}}：開始',
  to: '{{name}}：終了',
  add: '時間帯を追加',
  addName: '{{name}}：時間帯を追加',
  remove: '{{name}}：{{from}}～{{to}} を削除',
  closed: '休業',
  wrong: '終了は開始より後にしてください。',
  hint: '終了の 00:00 は、その日の終わりを表します。深夜 0 時を過ぎる場合は、翌日に 00:00 から始まる時間帯を追加してください。',
  save: '保存',
  saved: '営業時間を保存しました。',
};
export default ja;
