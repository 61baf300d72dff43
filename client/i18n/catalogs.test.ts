/** Both languages are complete, and no words stand outside the catalogs. */
import { parse, type AST } from 'svelte/compiler';
import { describe, expect, it } from 'vitest';
import { chooseLanguage } from './preference';

type Catalog = Record<string, string>;
const load = (modules: Record<string, { default: Catalog }>) =>
  Object.fromEntries(
    Object.entries(modules).map(([path, module]) => [path.replace(/^.*\/|\.ts$/g, ''), module.default]),
  );
const en = load(import.meta.glob('./en/*.ts', { eager: true }));
const ja = load(import.meta.glob('./ja/*.ts', { eager: true }));

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();

describe.each(Object.keys(en))('%s', (name) => {
  const english = en[name] ?? {};
  const japanese = ja[name] ?? {};

  it('has the same keys in both languages', () => {
    expect(Object.keys(japanese).sort()).toEqual(Object.keys(english).sort());
  });

  it('has no empty text, and the same placeholders on both sides', () => {
    for (const [key, text] of Object.entries(english)) {
      expect(text.trim(), key).not.toBe('');
      expect(japanese[key]?.trim(), key).not.toBe('');
      expect(placeholders(japanese[key] ?? ''), key).toEqual(placeholders(text));
    }
  });

  it('is really translated', () => {
    const plain = Object.values(japanese).map((text) => text.replace(/\{\{\w+\}\}|Tasuki/g, ''));
    const latin = plain.filter((text) => /[A-Za-z]{3}/.test(text) && !/[ぁ-んァ-ヶ一-龠]/.test(text));
    expect(latin).toEqual([]);
    const kana = Object.values(english).filter((text) => /[ぁ-んァ-ヶ]/.test(text));
    expect(kana).toEqual([]);
  });
});

it('knows the same catalogs in both languages', () => {
  expect(Object.keys(ja).sort()).toEqual(Object.keys(en).sort());
});

const components = import.meta.glob<string>('../**/*.svelte', {
  eager: true,
  query: '?raw',
  import: 'default',
});

/** Attributes that people read or hear. */
const SPOKEN = new Set(['alt', 'aria-label', 'aria-description', 'label', 'placeholder', 'title']);
const hasWords = (text: string) => /\p{L}{2}/u.test(text);

/** Walks every fragment below a node, whatever kind of block it belongs to. */
function* wordsIn(node: AST.Fragment | AST.Fragment['nodes'][number]): Generator<string> {
  if (node.type === 'Text' && hasWords(node.data)) yield node.data.trim();
  for (const attribute of 'attributes' in node ? node.attributes : []) {
    if (attribute.type !== 'Attribute' || !SPOKEN.has(attribute.name) || attribute.value === true) continue;
    for (const part of [attribute.value].flat()) {
      if (part.type === 'Text' && hasWords(part.data)) yield `${attribute.name}="${part.data}"`;
    }
  }
  if ('nodes' in node) for (const child of node.nodes) yield* wordsIn(child);
  for (const value of Object.values(node) as unknown[]) if (isFragment(value)) yield* wordsIn(value);
}

const isFragment = (value: unknown): value is AST.Fragment =>
  typeof value === 'object' && value !== null && 'type' in value && value.type === 'Fragment';

it.each(Object.entries(components))('%s takes its words from the catalogs', (_path, source) => {
  const root = parse(source, { modern: true });
  expect([...wordsIn(root.fragment)]).toEqual([]);
});

describe('chooseLanguage', () => {
  it('prefers the address, then the last choice, then the browser', () => {
    expect(chooseLanguage('?lang=en', 'ja', ['ja'])).toBe('en');
    expect(chooseLanguage('', 'ja', ['en-US'])).toBe('ja');
    expect(chooseLanguage('?lang=xx', null, ['de-DE', 'ja-JP', 'en'])).toBe('ja');
    expect(chooseLanguage('', null, ['de-DE'])).toBe('en');
  });
});
