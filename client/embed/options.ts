/** What a snippet asks for (T-RS-3), from its attributes or, in the old form, from its address. */
export interface Options {
  /** Of the server. */
  origin: string;
  owner: string;
  language: 'ja' | 'en';
  /** Name of the button set; empty: the button that we draw. */
  button: string;
  /** The tenant's pinned identity key, or empty. */
  key: string;
  position: string;
}

/** @returns null when it does not say whose button it is */
export function optionsOf(script: HTMLScriptElement): Options | null {
  const url = new URL(script.src, location.href);
  const value = (name: string) => script.dataset[name] ?? url.searchParams.get(name);
  const owner = value('owner') ?? value('login');
  const wanted = value('lang') ?? (document.documentElement.lang || navigator.language);
  return owner
    ? {
        origin: url.origin,
        owner,
        // `jp` is the old word for Japanese.
        language: /^j[ap]/i.test(wanted) ? 'ja' : 'en',
        button: value('button') ?? '',
        key: value('key') ?? '',
        position: value('position') ?? 'bottom-right',
      }
    : null;
}

/** Whether two snippets are the same one, inserted twice. */
export const isSame = (a: Options, b: Options): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Address of something at the server, for which empty values are like none. */
export const addressOf = (
  { origin, owner, button }: Options,
  path: string,
  more?: Record<string, string>,
): string => `${origin}${path}?${new URLSearchParams({ owner, button, ...more })}`;
