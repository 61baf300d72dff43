import { describe, expect, it } from 'vitest';
import { ChatContent, ChatText } from '../../../shared/protocol/chat-content';
import { PersonName } from '../../../shared/protocol/common';
import { browserName } from './visitor-browser';
import { questionOf } from './visitor-start';
import { cleanName, cleanText, tooLong } from './visitor-text';

const HOSTILE = [
  'abc\u202edef\u2066ghi',
  'a\u0000b\u0007c\u001b[31m',
  'line\r\nline\rline\u2028line',
  'half \ud800 a pair',
  '\u200e\u061c',
  '👩‍💻 日本語 العربية',
];

describe('what is typed', () => {
  it.each(HOSTILE)('can be sent, whatever it is: %j', (text) => {
    const plain = cleanText(text);
    if (plain !== '') expect(ChatText.parse(plain)).toBe(plain);
    const name = cleanName(text);
    if (name !== '') expect(PersonName.parse(name)).toBe(name);
  });

  it('keeps what people mean', () => {
    expect(cleanText('  Hello\r\n\tworld  ')).toBe('Hello\n\tworld');
    expect(cleanName('  山田 \n 太郎 ')).toBe('山田 太郎');
    expect(cleanText('\u202e')).toBe('');
    expect([tooLong('x'.repeat(4000)), tooLong('x'.repeat(4001))]).toEqual([false, true]);
    expect(cleanName('x'.repeat(200))).toHaveLength(80);
  });

  it('makes a question that the other side accepts', () => {
    const question = questionOf(
      { page: 'https://shop.example/', title: 'a\u202eb'.repeat(200) },
      HOSTILE[0]!,
      HOSTILE[1]!,
    );
    expect(ChatContent.parse(question)).toEqual(question);
  });
});

describe('the browser’s name', () => {
  it.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
      'Chrome 140 on Windows',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
      'Edge 140 on Windows',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0', 'Firefox 142 on Linux'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
      'Safari 18 on iOS',
    ],
    [
      'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
      'Chrome 140 on Android',
    ],
    ['something else', ''],
  ])('%s', (userAgent, name) => {
    expect(browserName(userAgent)).toBe(name);
  });
});
