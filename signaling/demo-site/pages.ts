/** The sample company's pages, each with the button's HTML as its administrator would paste it. */
import { WORDS, type SiteLanguage, type SiteWords } from './words';

export interface SiteWish {
  /** Origin of the server whose button it shows. */
  origin: string;
  /** 加入コード, and the tenant's identity key to pin. */
  owner: string;
  key: string;
}

const PLACES = ['home', 'products', 'support'] as const;
type Place = (typeof PLACES)[number];
const PATHS: Record<Place, string> = { home: '', products: 'products', support: 'support' };

/** Every page by its path, as `/ja/products`. */
export const pages = (wish: SiteWish): ReadonlyMap<string, string> =>
  new Map(
    (['en', 'ja'] as const).flatMap((language) =>
      PLACES.map((place) => [`/${language}/${PATHS[place]}`, page(wish, language, place)] as const),
    ),
  );

/** A leaf (青葉). */
const LOGO =
  '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M20 3C10 3 4 8 4 15c0 2 .6 3.7 1.5 5l8-9.5-6 11c1.2.4 2.4.5 3.5.5C18 22 21 14 20 3z"/></svg>';
const PRINTER =
  '<svg viewBox="0 0 220 170" aria-hidden="true"><path fill="#cfe3d8" d="M60 10h100v50H60z"/><path fill="#1f6b4a" d="M30 55h160a14 14 0 0 1 14 14v56a10 10 0 0 1-10 10H26a10 10 0 0 1-10-10V69a14 14 0 0 1 14-14z"/><path fill="#fff" stroke="#cfe3d8" stroke-width="2" d="M50 100h120v62H50z"/><path stroke="#8fb8a3" stroke-width="5" stroke-linecap="round" d="M66 118h88M66 133h88M66 148h52"/><circle cx="182" cy="76" r="6" fill="#f0c84b"/></svg>';

const BODIES: Record<Place, (wish: SiteWish, language: SiteLanguage, words: SiteWords) => string> = {
  home: (_wish, language, { hero, offers }) => `<section class="hero">
<div><h1>${hero.title}</h1><p>${hero.text}</p><a class="action" href="/${language}/products">${hero.action}</a></div>
${PRINTER}
</section>
<div class="cards">${offers.map(({ title, text }) => `<section class="card"><h2>${title}</h2><p>${text}</p></section>`).join('\n')}</div>`,

  products: (_wish, _language, { products }) => `<div class="page">
<div><h1>${products.title}</h1><p class="soft">${products.intro}</p></div>
<dl>${products.rows.map(([name, text, price]) => `<div class="row"><dt>${name}</dt><dd>${text}</dd><dd>${price}</dd></div>`).join('\n')}</dl>
</div>`,

  support: (wish, language, { support }) => `<div class="page">
<div><h1>${support.title}</h1><p class="soft">${support.intro}</p></div>
<div class="split">
<section class="card stack"><h2>${support.chat}</h2><p>${support.chatText}</p>
<svg data-tasuki width="240" height="56" aria-hidden="true"></svg>
${button(wish, language, ' data-position="inline"')}
<p class="soft">${support.hours}</p></section>
<section class="card stack"><h2>${support.number}</h2><p>${support.numberText}</p>
<!-- Begin Tasuki session assignment -->
<iframe src="${wish.origin}/embed/code?owner=${wish.owner}&amp;lang=${language}&amp;auto=1&amp;exe=1" title="${support.number}" width="360" height="420" frameborder="0" allow="display-capture; clipboard-write; fullscreen"></iframe>
<!-- End Tasuki session assignment --></section>
</div>
</div>`,
};

const button = ({ origin, owner, key }: SiteWish, language: SiteLanguage, more = ''): string =>
  `<script async src="${origin}/chat.js" data-owner="${owner}" data-lang="${language}"${more} data-key="${key}"></script>`;

/** In the corner of every page; the support page has its own among the text. */
const fixedButton = (wish: SiteWish, language: SiteLanguage): string => `<!-- Begin Tasuki chat button -->
${button(wish, language)}
<!-- End Tasuki chat button -->
`;

function page(wish: SiteWish, language: SiteLanguage, place: Place): string {
  const words = WORDS[language];
  const other = language === 'en' ? 'ja' : 'en';
  const link = (to: Place) =>
    `<a href="/${language}/${PATHS[to]}"${to === place ? ' aria-current="page"' : ''}>${words.nav[to]}</a>`;
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.nav[place]} – ${words.company}</title>
<link rel="stylesheet" href="/style.css">
<p class="note">${words.demo} <a href="${wish.origin}/desk" target="_blank" rel="noopener">${words.desk}</a></p>
<header>
<a class="name" href="/${language}/">${LOGO}${words.company}</a>
<nav>${PLACES.map(link).join(' ')} <a href="/${other}/${PATHS[place]}" lang="${other}">${words.other}</a></nav>
</header>
<main>
${BODIES[place](wish, language, words)}
</main>
<footer>${words.footer}</footer>
${place === 'support' ? '' : fixedButton(wish, language)}</html>
`;
}
