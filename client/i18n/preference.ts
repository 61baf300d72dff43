/** Which language a page opens in, and how a choice is remembered. */
import type { Language } from '../../shared/protocol/common';

const STORAGE_KEY = 'tasuki.language';

const isLanguage = (value: unknown): value is Language => value === 'ja' || value === 'en';

/** `?lang=` first, then the last choice, then the browser's own list; English where none of them fits. */
export function chooseLanguage(
  search: string,
  remembered: string | null,
  browser: readonly string[],
): Language {
  const asked = new URLSearchParams(search).get('lang')?.replace(/^jp$/, 'ja'); // T-RS-3: the old word
  if (isLanguage(asked)) return asked;
  if (asked === 'jp') return 'ja'; // as old snippets say (T-RS-3)
  if (isLanguage(remembered)) return remembered;
  return browser.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en';
}

export function preferredLanguage(): Language {
  return chooseLanguage(location.search, read(), navigator.languages);
}

/** Keeps the choice for the next visit, and takes `?lang=` out of the address so that a reload does not undo it. */
export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(STORAGE_KEY, language);
  } catch {
    // Storage may be forbidden; then the choice lasts as long as the page.
  }
  const url = new URL(location.href);
  if (!url.searchParams.has('lang')) return;
  url.searchParams.delete('lang');
  history.replaceState(history.state, '', url);
}

function read(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}
