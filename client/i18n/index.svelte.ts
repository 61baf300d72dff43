/**
 * Texts in two languages: i18next behind a rune. Every text is read through `t()`, which depends on the current
 * language, so a switch changes the words in place and remounts nothing — a live session goes on.
 *
 * Catalogs are one file per view and language and are loaded when a view (or a switch) needs them.
 */
import { createInstance } from 'i18next';
import type { Language } from '../../shared/protocol/common';
import type admin from './en/admin';
import type appearance from './en/appearance';
import type chat from './en/chat';
import type chatrequest from './en/chatrequest';
import type common from './en/common';
import type customer from './en/customer';
import type desk from './en/desk';
import type deskchat from './en/deskchat';
import type devices from './en/devices';
import type deskrequest from './en/deskrequest';
import type embed from './en/embed';
import type helper from './en/helper';
import type hours from './en/hours';
import type inbox from './en/inbox';
import type live from './en/live';
import type mail from './en/mail';
import type numberbox from './en/numberbox';
import type offline from './en/offline';
import type session from './en/session';
import type setup from './en/setup';
import type signin from './en/signin';
import { preferredLanguage, rememberLanguage } from './preference';

export interface Catalogs {
  admin: typeof admin;
  appearance: typeof appearance;
  chat: typeof chat;
  chatrequest: typeof chatrequest;
  common: typeof common;
  customer: typeof customer;
  desk: typeof desk;
  deskchat: typeof deskchat;
  devices: typeof devices;
  deskrequest: typeof deskrequest;
  embed: typeof embed;
  helper: typeof helper;
  hours: typeof hours;
  inbox: typeof inbox;
  live: typeof live;
  mail: typeof mail;
  numberbox: typeof numberbox;
  offline: typeof offline;
  session: typeof session;
  setup: typeof setup;
  signin: typeof signin;
}
export type Namespace = keyof Catalogs;
export type Key = { [N in Namespace]: `${N}:${keyof Catalogs[N] & string}` }[Namespace];

type Text<K extends Key> = K extends `${infer N extends Namespace}:${infer Rest}`
  ? Rest extends keyof Catalogs[N]
    ? Catalogs[N][Rest]
    : never
  : never;
type Placeholders<T> = T extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;
type Values<K extends Key> = [Placeholders<Text<K>>] extends [never]
  ? []
  : [values: Record<Placeholders<Text<K>>, string | number>];

type Loader = () => Promise<{ default: Record<string, string> }>;
const LOADERS = import.meta.glob(['./en/*.ts', './ja/*.ts']) as Record<string, Loader>;

class Texts {
  #language = $state<Language>('ja');
  readonly #engine = createInstance();
  readonly #wanted: Namespace[] = [];

  constructor() {
    void this.#engine.init({
      initAsync: false,
      resources: {},
      keySeparator: false,
      nsSeparator: ':',
      fallbackLng: false,
      interpolation: { escapeValue: false },
    });
  }

  get language(): Language {
    return this.#language;
  }

  /** Settles the language before anything is loaded: `?lang=`, the last choice or the browser's. */
  begin(): void {
    this.#show(preferredLanguage());
  }

  /** Loads the texts of a view in the current language; call it before the view is shown. */
  async load(...namespaces: Namespace[]): Promise<void> {
    this.#wanted.push(...namespaces);
    let language: Language;
    do {
      language = this.#language;
      await this.#fetch(language, namespaces);
    } while (language !== this.#language);
  }

  /** Switches every text on the page once the new language has arrived, and remembers the choice. */
  async switchTo(language: Language): Promise<void> {
    await this.#fetch(language, this.#wanted);
    this.#show(language);
    rememberLanguage(language);
  }

  /** The text of a key in a given language; its catalog must be loaded (`inBoth`). */
  text(language: Language, key: Key, values?: Record<string, string | number>): string {
    return this.#engine.t(key, { lng: language, ...values });
  }

  /** Loads a catalog in both languages, for texts written in a language other than the page's. */
  async inBoth(namespace: Namespace): Promise<void> {
    await Promise.all([this.#fetch('ja', [namespace]), this.#fetch('en', [namespace])]);
  }

  #show(language: Language): void {
    this.#language = language;
    document.documentElement.lang = language;
  }

  async #fetch(language: Language, namespaces: readonly Namespace[]): Promise<void> {
    const missing = namespaces.filter((name) => !this.#engine.hasResourceBundle(language, name));
    await Promise.all(
      missing.map(async (name) => {
        const catalog = await LOADERS[`./${language}/${name}.ts`]?.();
        this.#engine.addResourceBundle(language, name, catalog?.default ?? {});
      }),
    );
  }
}

export const texts = new Texts();

/** The text of a key in the current language. Placeholders are checked by the compiler. */
export function t<K extends Key>(key: K, ...values: Values<K>): string {
  return texts.text(texts.language, key, values[0]);
}
