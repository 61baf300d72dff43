import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClipboardMessage, MAX_CLIPBOARD_CHARS, MAX_HELPER_CHANNEL_BYTES } from '../../shared/protocol/input';
import { TextAssembler, cleanText, splitText } from './helper-controller-clipboard';

const joined = (text: string) => {
  const assembler = new TextAssembler();
  return (splitText(text) ?? []).map((part) => assembler.take(part)).at(-1);
};
/** JSON in UTF-8, as it is sealed. */
const bytesOf = (message: ClipboardMessage) => new TextEncoder().encode(JSON.stringify(message)).length;

describe('text of the clipboard in parts', () => {
  it('arrives as it left, cut wherever it may be', () => {
    for (const text of ['', 'a', '漢字🙂'.repeat(9_000), `${'x'.repeat(9_999)}🙂y`]) {
      expect(joined(text)).toBe(text);
      for (const { text: part } of splitText(text)!) expect(part).not.toMatch(/\p{Surrogate}/u);
    }
  });

  it('fits the channel, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (some) => {
        const text = cleanText(some.repeat(Math.ceil(10_000 / Math.max(1, some.length)))).slice(0, 20_000);
        for (const part of splitText(text) ?? []) {
          ClipboardMessage.parse(part);
          expect(bytesOf(part)).toBeLessThan(MAX_HELPER_CHANNEL_BYTES - 24);
        }
      }),
      { numRuns: 25 },
    );
    expect(bytesOf(splitText(cleanText('\u0001\ud800"'.repeat(10_000)))![0]!)).toBeLessThan(40_000);
  });

  it('takes the longest text there may be and no longer one', () => {
    const longest = 'あ'.repeat(MAX_CLIPBOARD_CHARS);
    expect(joined(longest)).toBe(longest);
    expect(splitText(`${longest}あ`)).toBeNull();
  });

  it('keeps tabs, line ends and emoji, and drops what is no text', () => {
    expect(cleanText('a\tb\r\nc\u0000\u001b[31m🙂\ud83d')).toBe('a\tb\r\nc[31m🙂\ufffd');
  });

  it('puts nothing together out of parts that do not belong together', () => {
    const part = (n: number, of: number, text = String(n)) => ({ t: 'text' as const, part: n, of, text });
    const all = (...parts: ClipboardMessage[]) => {
      const assembler = new TextAssembler();
      return parts.map((each) => assembler.take(each)).filter((each) => each !== null);
    };
    expect(all(part(1, 2))).toEqual([]);
    expect(all(part(0, 3), part(2, 3), part(1, 3))).toEqual([]);
    expect(all(part(0, 2), part(1, 3))).toEqual([]);
    expect(all(part(0, 2), part(0, 2), part(1, 2))).toEqual(['01']);
    expect(all(part(5, 2))).toEqual([]);
    expect(all(part(0, 1), part(1, 1))).toEqual(['0']);
  });
});
