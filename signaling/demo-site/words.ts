/** What the sample company says about itself, in both languages. */
export type SiteLanguage = 'en' | 'ja';

export interface SiteWords {
  company: string;
  /** That all this is a demonstration, and what to try. */
  demo: string;
  desk: string;
  other: string;
  nav: { home: string; products: string; support: string };
  hero: { title: string; text: string; action: string };
  offers: { title: string; text: string }[];
  products: { title: string; intro: string; rows: [name: string, text: string, price: string][] };
  support: {
    title: string;
    intro: string;
    chat: string;
    chatText: string;
    number: string;
    numberText: string;
    hours: string;
  };
  footer: string;
}

const en: SiteWords = {
  company: 'Aoba Office Supply',
  demo: 'A sample company for trying Tasuki. Make yourself available at the operator’s desk, and the button on this page goes online.',
  desk: 'Open the operator’s desk',
  other: '日本語',
  nav: { home: 'Home', products: 'Products', support: 'Support' },
  hero: {
    title: 'Printers that just print',
    text: 'We sell, set up and look after office printers and copiers for small companies, and we answer when something jams.',
    action: 'See our printers',
  },
  offers: [
    {
      title: 'Set up in a day',
      text: 'We bring the machine, connect every computer and show your people how it works.',
    },
    { title: 'Toner before it runs out', text: 'The machine tells us, and the parcel is on its way.' },
    {
      title: 'Help on your screen',
      text: 'A driver that will not install? We look at it together with you.',
    },
  ],
  products: {
    title: 'Products',
    intro: 'All machines can be rented by the month, service included.',
    rows: [
      ['Aoba 20', 'Black and white, 20 pages a minute, for one desk', '¥2,800'],
      ['Aoba 35 C', 'Colour, scanner and two trays, for a small office', '¥6,400'],
      ['Aoba 60 Pro', 'A3, stapling and folding, for a busy floor', '¥14,900'],
    ],
  },
  support: {
    title: 'Support',
    intro: 'Ask us in the chat, or call us and we look at your screen together.',
    chat: 'Chat',
    chatText: 'Press the button and write what is wrong.',
    number: 'On the telephone with us?',
    numberText: 'Type the number that we tell you. You decide what we may see.',
    hours: 'Monday to Friday, 9:00–17:00',
  },
  footer: 'Aoba Office Supply is invented, and so are its printers.',
};

const ja: SiteWords = {
  company: 'あおば事務機',
  demo: 'Tasuki を試すための架空の会社です。オペレータ画面で「受付中」にすると、このページのボタンがオンラインになります。',
  desk: 'オペレータ画面を開く',
  other: 'English',
  nav: { home: 'ホーム', products: '製品', support: 'サポート' },
  hero: {
    title: '印刷で、立ち止まらない。',
    text: '中小企業向けに、オフィス用プリンターと複合機の販売・設置・保守を行っています。紙づまりのときも、すぐにお答えします。',
    action: '製品を見る',
  },
  offers: [
    {
      title: '設置は 1 日で完了',
      text: '機器の搬入からパソコンの接続、使い方のご説明まで、まとめて承ります。',
    },
    { title: 'トナー切れの前にお届け', text: '残量は機器が知らせます。ご注文の手間はかかりません。' },
    {
      title: '画面を見ながらサポート',
      text: 'ドライバーを入れられないときは、画面を一緒に見ながら解決します。',
    },
  ],
  products: {
    title: '製品',
    intro: 'すべての機種を、保守込みの月額でご利用いただけます。',
    rows: [
      ['あおば 20', 'モノクロ、毎分 20 枚。机の上に 1 台', '2,800 円'],
      ['あおば 35 C', 'カラー、スキャナー付き、2 段給紙。小さなオフィスに', '6,400 円'],
      ['あおば 60 Pro', 'A3、ホチキス、紙折り。人数の多いフロアに', '14,900 円'],
    ],
  },
  support: {
    title: 'サポート',
    intro: 'チャットでご相談いただくか、お電話のうえで画面を一緒に確認します。',
    chat: 'チャット',
    chatText: 'ボタンを押して、お困りのことをお書きください。',
    number: 'お電話中の方へ',
    numberText: '担当者がお伝えする番号を入力してください。何を見せるかは、お客さまが決められます。',
    hours: '月曜～金曜 9:00～17:00',
  },
  footer: 'あおば事務機とその製品は、架空のものです。',
};

export const WORDS: Record<SiteLanguage, SiteWords> = { en, ja };
