/** The HTML that companies put on their own pages (RS-19, RS-21, RS-25, RS-27); the preview shows the very same. */
import type { Language } from './common';

export const POSITIONS = ['bottom-right', 'bottom-left', 'inline'] as const;
export type Position = (typeof POSITIONS)[number];

export interface SnippetWish {
  /** Of the server, as `https://support.example.org`; empty on the server's own pages. */
  origin: string;
  /** 加入コード. */
  owner: string;
  language: Language;
  /** Empty: the button that we draw. */
  button: string;
  position: Position;
  /** The number box goes on by itself after the last digit, and offers the helper (T-RS-3: `auto`, `exe`). */
  auto: boolean;
  helper: boolean;
  /** The tenant's identity key; null when there is none to pin. */
  key: string | null;
}

export const SNIPPETS = ['chat', 'box', 'link', 'helper'] as const;
export type SnippetKind = (typeof SNIPPETS)[number];

const WORDS = {
  ja: {
    chat: 'チャットで相談',
    box: 'セッション番号の入力',
    helper: 'サポート用ヘルパーのダウンロード',
  },
  en: { chat: 'Chat with us', box: 'Session number', helper: 'Download the support helper' },
};

/** Nothing in these has a meaning in HTML: codes, names and keys by their schemas, the origin by the browser. */
export const snippetOf = (kind: SnippetKind, wish: SnippetWish): string => BUILDERS[kind](wish);

const BUILDERS: Record<SnippetKind, (wish: SnippetWish) => string> = {
  chat: (wish) => {
    const attributes = [
      `data-owner="${wish.owner}"`,
      `data-lang="${wish.language}"`,
      ...(wish.button === '' ? [] : [`data-button="${wish.button}"`]),
      ...(wish.position === 'bottom-right' ? [] : [`data-position="${wish.position}"`]),
      ...(wish.key === null ? [] : [`data-key="${wish.key}"`]),
    ];
    return [
      '<!-- Begin Tasuki chat button -->',
      // Keeps the button's place, so that the page does not move when it appears.
      ...(wish.position === 'inline'
        ? ['<svg data-tasuki width="240" height="56" aria-hidden="true"></svg>']
        : []),
      `<script async src="${wish.origin}/chat.js" ${attributes.join(' ')}></script>`,
      `<noscript><a href="${inHtml(linkAddress('link', wish))}">${WORDS[wish.language].chat}</a></noscript>`,
      '<!-- End Tasuki chat button -->',
    ].join('\n');
  },
  box: (wish) =>
    [
      '<!-- Begin Tasuki session assignment -->',
      `<iframe src="${wish.origin}/embed/code?${boxQuery(wish)}" title="${WORDS[wish.language].box}"`,
      '  width="360" height="420" frameborder="0" allow="display-capture; clipboard-write; fullscreen"></iframe>',
      '<!-- End Tasuki session assignment -->',
    ].join('\n'),
  link: (wish) => `<a href="${inHtml(linkAddress('link', wish))}">${WORDS[wish.language].chat}</a>`,
  helper: (wish) => `<a href="${inHtml(linkAddress('helper', wish))}">${WORDS[wish.language].helper}</a>`,
};

/** Where a link leads: for mails and messages, which take no HTML. */
export function linkAddress(kind: 'link' | 'helper', wish: SnippetWish): string {
  const { origin, owner, language, button, key } = wish;
  if (kind === 'helper') return `${origin}/c/${owner}?lang=${language}#helper`;
  const more = [...(button === '' ? [] : [`button=${button}`]), ...(key === null ? [] : [`key=${key}`])];
  return [`${origin}/chat?owner=${owner}`, `lang=${language}`, ...more].join('&');
}

const inHtml = (address: string): string => address.replaceAll('&', '&amp;');

const boxQuery = ({ owner, language, auto, helper }: SnippetWish): string =>
  [`owner=${owner}`, `lang=${language}`, ...(auto ? ['auto=1'] : []), ...(helper ? ['exe=1'] : [])].join(
    '&amp;',
  );

/**
 * What a strict content security policy must allow, a line for each directive. The box needs `frame-src` alone; links
 * need none.
 */
export const policyLines = (origin: string): string =>
  ['script-src', 'connect-src', 'frame-src', 'img-src'].map((name) => `${name} ${origin};`).join('\n');
