/** What is written with an input method, a keyboard on the screen or dictation, as messages. Pure. */
import type { InputMessage } from '../../shared/protocol/input';

const MOST_CHARS = 2000;
/** More is no typing; it goes over the clipboard. */
const MOST_MESSAGES = 10;

const stroke = (code: string): InputMessage[] => [
  { t: 'key', code, down: true },
  { t: 'key', code, down: false },
];

/**
 * Text to be typed as Unicode over there, in messages of the allowed length; pairs of surrogates stay together.
 * @returns null when it is too long to be typed
 */
export function textMessages(text: string): InputMessage[] | null {
  const messages: InputMessage[] = [];
  for (let at = 0; at < text.length;) {
    let end = Math.min(at + MOST_CHARS, text.length);
    const last = text.charCodeAt(end - 1);
    if (end < text.length && last >= 0xd800 && last <= 0xdbff) end -= 1;
    messages.push({ t: 'text', text: text.slice(at, end) });
    at = end;
  }
  return messages.length > MOST_MESSAGES ? null : messages;
}

/**
 * What an `input` event means that no key stands behind.
 * @param inputType as in InputEvent; those of a composition are told by `compositionend`
 */
export function writtenMessages(inputType: string, data: string | null): InputMessage[] {
  switch (inputType) {
    case 'insertText':
    case 'insertReplacementText':
      return data ? (textMessages(data) ?? []) : [];
    case 'insertLineBreak':
    case 'insertParagraph':
      return stroke('Enter');
    case 'deleteContentBackward':
      return stroke('Backspace');
    case 'deleteContentForward':
      return stroke('Delete');
    default:
      return [];
  }
}
