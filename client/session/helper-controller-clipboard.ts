/** Text of the clipboard in parts, as the channel `clipboard` carries it. Pure. */
import {
  CLIPBOARD_PART_CHARS,
  MAX_CLIPBOARD_CHARS,
  type ClipboardMessage,
} from '../../shared/protocol/input';

const MAX_PARTS = MAX_CLIPBOARD_CHARS / CLIPBOARD_PART_CHARS;

// Escaped in JSON they take six bytes each; no text on a clipboard needs them.
// eslint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/**
 * Without control characters other than tab and line ends, and without halves of surrogate pairs.
 * @returns what the other side will have in its clipboard
 */
export function cleanText(text: string): string {
  return text.replace(CONTROLS, '').replace(/\p{Surrogate}/gu, '\ufffd');
}

/** @returns null when the text is too long to be sent; a text of nothing is one empty part */
export function splitText(text: string): ClipboardMessage[] | null {
  if (text.length > MAX_CLIPBOARD_CHARS) return null;
  const parts: string[] = [];
  for (let at = 0; at < text.length || at === 0;) {
    let end = Math.min(at + CLIPBOARD_PART_CHARS, text.length);
    // A pair stays together: half a character survives neither JSON in Go nor UTF-8.
    if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end -= 1;
    parts.push(text.slice(at, end));
    if (end === at) break;
    at = end;
  }
  if (parts.length > MAX_PARTS) return null;
  return parts.map((each, part) => ({ t: 'text' as const, part, of: parts.length, text: each }));
}

const isHighSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdbff;

/** Puts the parts of one text together; a part that does not follow the one before makes it forget everything. */
export class TextAssembler {
  #parts: string[] = [];
  #of = 0;

  /** @returns the whole text with its last part, else null */
  take({ part, of, text }: ClipboardMessage): string | null {
    if (part === 0) {
      this.#parts = [];
      this.#of = of;
    }
    if (part !== this.#parts.length || of !== this.#of || part >= of) {
      this.forget();
      return null;
    }
    this.#parts.push(text);
    if (this.#parts.length < of) return null;
    const whole = this.#parts.join('');
    this.forget();
    return whole;
  }

  forget(): void {
    this.#parts = [];
    this.#of = 0;
  }
}
