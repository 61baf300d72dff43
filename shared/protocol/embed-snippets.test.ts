import { expect, it } from 'vitest';
import { linkAddress, policyLines, snippetOf, SNIPPETS, type SnippetWish } from './embed-snippets';

const WISH: SnippetWish = {
  origin: 'https://support.example.org',
  owner: 'ABCDEFGH',
  language: 'ja',
  button: '',
  position: 'bottom-right',
  auto: true,
  helper: true,
  key: 'B'.repeat(43),
};

/** Attributes of the first such element. */
function attributes(html: string, tag: string): Record<string, string> {
  const text = new RegExp(`<${tag} ([^>]*)>`).exec(html)?.[1] ?? '';
  const found = [...text.matchAll(/([\w-]+)(?:="([^"]*)")?/g)];
  return Object.fromEntries(found.map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')]));
}

it('the chat button is one asynchronous script that pins the key (RS-21, RS-25)', () => {
  const text = snippetOf('chat', { ...WISH, button: 'chat', position: 'inline' });
  expect(attributes(text, 'script')).toEqual({
    async: '',
    src: 'https://support.example.org/chat.js',
    'data-owner': 'ABCDEFGH',
    'data-lang': 'ja',
    'data-button': 'chat',
    'data-position': 'inline',
    'data-key': WISH.key,
  });
  expect(text).toMatch(/<svg data-tasuki [^>]*><\/svg>\n<script /);
  expect(text).toMatch(/^<!-- Begin .*-->\n[^]*\n<!-- End .*-->$/);
});

it('only what differs from the standard is written', () => {
  expect(Object.keys(attributes(snippetOf('chat', { ...WISH, key: null }), 'script'))).toEqual([
    'async',
    'src',
    'data-owner',
    'data-lang',
  ]);
});

it('the number box may capture the screen and names its company (RS-19)', () => {
  const box = attributes(snippetOf('box', WISH), 'iframe');
  const { searchParams, pathname } = new URL(box.src ?? '');
  const query = Object.fromEntries(searchParams);
  expect([pathname, query]).toEqual(['/embed/code', { owner: 'ABCDEFGH', lang: 'ja', auto: '1', exe: '1' }]);
  expect(snippetOf('box', { ...WISH, auto: false, helper: false })).not.toMatch(/auto=|exe=/);
  expect(box.allow).toContain('display-capture');
  expect(box.title).toBe('セッション番号の入力');
});

it('links lead to the chat with the pinned key, and to the helper (RS-27)', () => {
  const address = (kind: 'link' | 'helper') => new URL(attributes(snippetOf(kind, WISH), 'a').href ?? '');
  expect(address('link').searchParams.get('key')).toBe(WISH.key);
  expect(address('helper').pathname + address('helper').hash).toBe('/c/ABCDEFGH#helper');
  // As it is copied for a mail, it is the very same, without HTML.
  for (const kind of ['link', 'helper'] as const)
    expect(linkAddress(kind, WISH)).toBe(attributes(snippetOf(kind, WISH), 'a').href);
  expect(linkAddress('link', { ...WISH, button: 'shop' })).toContain('&lang=ja&button=shop&key=');
});

it('no snippet needs anything inline', () => {
  for (const kind of SNIPPETS) expect(snippetOf(kind, WISH)).not.toMatch(/style=|\son\w+=|javascript:/);
});

it('the policy names four kinds of sources', () => {
  expect(policyLines('https://s.test').split('\n')).toEqual([
    'script-src https://s.test;',
    'connect-src https://s.test;',
    'frame-src https://s.test;',
    'img-src https://s.test;',
  ]);
});
