import { afterEach, describe, expect, it, vi } from 'vitest';
import { ChatContent, ChatText } from '../../../shared/protocol/chat-content';
import { PersonName } from '../../../shared/protocol/common';
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

afterEach(() => vi.unstubAllGlobals());

describe('what is typed', () => {
  it.each(HOSTILE)('can be sent, whatever it is: %j', (text) => {
    const plain = cleanText(text);
    if (plain !== '') expect(ChatText.parse(plain)).toBe(plain);
    const name = cleanName(text);
    if (name !== '') expect(PersonName.parse(name)).toBe(name);
  });

  it('reaches the other side without half a pair, whoever sent it', () => {
    expect(ChatText.parse('half \ud800 a pair')).toBe('half \ufffd a pair');
    expect(PersonName.parse(' \udc00 ')).toBe('\ufffd');
    expect(ChatText.parse('👩‍💻')).toBe('👩‍💻');
  });

  it('keeps what people mean', () => {
    expect(cleanText('  Hello\r\n\tworld  ')).toBe('Hello\n\tworld');
    expect(cleanName('  山田 \n 太郎 ')).toBe('山田 太郎');
    expect(cleanText('\u202e')).toBe('');
    expect([tooLong('x'.repeat(4000)), tooLong('x'.repeat(4001))]).toEqual([false, true]);
    expect(cleanName('x'.repeat(200))).toHaveLength(80);
  });

  it('makes a question that the other side accepts', () => {
    vi.stubGlobal('navigator', { userAgent: 'x'.repeat(5000), language: 'ja' }); // Node 20 has none
    const question = questionOf(
      { page: 'https://shop.example/', title: 'a\u202eb'.repeat(200) },
      HOSTILE[0]!,
      HOSTILE[1]!,
    );
    expect(ChatContent.parse(question)).toEqual(question);
  });
});
