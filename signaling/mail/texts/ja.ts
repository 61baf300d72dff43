import type { MailTexts } from './texts';

const operated =
  'お客さまのコンピュータを拝見し、操作します。お客さまご自身に小さなプログラムを起動していただきます。';

export const ja: MailTexts = {
  session: {
    subject: (company) => `${company} リモートサポートのご案内`,
    greeting: (customer) => `${customer} 様`,
    opening: ({ operator, company }) =>
      `お申し込みいただいたリモートサポートについて、${company} の ${operator} よりご案内します。`,
    whatHeading: '行うこと',
    what: {
      view: 'お客さまが選んだ画面を拝見します。こちらからは操作しません。',
      manage: operated,
      control: operated,
      share: 'こちらの画面をご覧いただき、操作していただけます。お客さまの画面は見えません。',
      show: 'こちらの画面をご覧いただきます。お客さまの画面は見えません。',
    },
    windowsOnly: 'あらかじめ選んだウインドウだけが表示されます。',
    asksFirst:
      '誰が何を求めているかをお読みになり、「許可する」を押されるまで、画面の表示や操作は行われません。',
    howHeading: '手順',
    steps: ({ code, site }) => [
      `サポートを受けるコンピュータで、下のリンクを開いてください。${site} のページが開きます。`,
      `「接続」を押してください。番号を求められた場合は、${code} を入力してください。`,
      '誰が何を求めているかを確認し、同意する場合だけ「許可する」を押してください。',
    ],
    linkHeading: 'リンク',
    valid: (until) => `1 回だけ使えます。有効期限：${until}`,
    end: '「キャンセル」を押すと、いつでも終了できます。',
    refuseHeading: 'お断りになる場合',
    refuse:
      'お心当たりのない場合は、何もせずにこのメールを削除するか、開いたページで「拒否」を押してください。ご不安なときは、ご存じの電話番号から当社にお問い合わせください。',
    secrets: (company) =>
      `${company} の担当者が、メールやサポート中に、パスワード・暗証番号・カード番号をお尋ねすることはありません。リンクを知っている人は誰でも使えますので、このメールを転送しないでください。`,
    signature: ({ operator, company }) => [company, operator],
  },
  notice: {
    subject: (company) => `メッセージが届いています（${company}）`,
    greeting: (operator) => `${operator} 様`,
    waits: '不在の間にメッセージが届きました。内容はオペレータ画面でのみ読めます。',
    where: '画面の「メッセージ」を開いてください。',
    why: 'オペレータ画面でメール通知を有効にしているため、このメールをお送りしています。通知は同じ画面で停止できます。',
  },
  test: {
    subject: 'Tasuki からのテストメール',
    works: 'メールの設定は正しく動作しています。',
    why: (company) => `${company} の管理者がこのテストを送信しました。対応は必要ありません。`,
  },
};
