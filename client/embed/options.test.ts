import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { addressOf, isSame, optionsOf } from './options';

beforeEach(() => {
  vi.stubGlobal('location', { href: 'https://www.example.com/shop' });
  vi.stubGlobal('document', { documentElement: { lang: '' } });
  vi.stubGlobal('navigator', { language: 'fr-FR' });
});
afterEach(() => vi.unstubAllGlobals());

const script = (src: string, dataset: Record<string, string> = {}) =>
  ({ src, dataset }) as unknown as HTMLScriptElement;
const CHAT = 'https://support.example.org/chat.js';

it('reads the attributes (T-RS-3)', () => {
  const dataset = { owner: 'ABCDEFGH', lang: 'ja', button: 'chat', key: 'K', position: 'inline' };
  expect(optionsOf(script(CHAT, dataset))).toEqual({
    origin: 'https://support.example.org',
    owner: 'ABCDEFGH',
    language: 'ja',
    button: 'chat',
    key: 'K',
    position: 'inline',
  });
});

it('reads the old form', () => {
  expect(optionsOf(script(`${CHAT}?login=ABCDEFGH&lang=jp&button=chat`))).toMatchObject({
    owner: 'ABCDEFGH',
    language: 'ja',
    button: 'chat',
    position: 'bottom-right',
  });
});

it('takes the language of the page, then of the browser', () => {
  const language = () => optionsOf(script(`${CHAT}?owner=A`))?.language;
  expect(language()).toBe('en');
  vi.stubGlobal('navigator', { language: 'ja-JP' });
  expect(language()).toBe('ja');
  vi.stubGlobal('document', { documentElement: { lang: 'en-GB' } });
  expect(language()).toBe('en');
});

it('without a code there is no button', () => {
  expect(optionsOf(script(CHAT))).toBeNull();
});

it('the same snippet is known again', () => {
  const [a, b] = [optionsOf(script(`${CHAT}?owner=A`)), optionsOf(script(CHAT, { owner: 'A' }))];
  const other = optionsOf(script(CHAT, { owner: 'A', position: 'inline' }));
  expect([a && b && isSame(a, b), a && other && isSame(a, other)]).toEqual([true, false]);
});

it('addresses carry what was given, escaped', () => {
  const options = optionsOf(script(CHAT, { owner: 'A&b', button: 'x y' }));
  expect(options && addressOf(options, '/chat', { host: 'https://h.test' })).toBe(
    'https://support.example.org/chat?owner=A%26b&button=x+y&host=https%3A%2F%2Fh.test',
  );
});
