import { describe, expect, it } from 'vitest';
import { InputMessage } from '../../shared/protocol/input';
import { textMessages, writtenMessages } from './writing';

const textOf = (messages: InputMessage[] | null) =>
  messages
    ?.map((each) => InputMessage.parse(each))
    .map((each) => (each.t === 'text' ? each.text : each.t))
    .join('');

describe('written text', () => {
  it('arrives as it was composed, in messages the protocol allows', () => {
    for (const text of ['日本語', '👩‍👩‍👧‍👦🙂', `${'a'.repeat(1999)}🙂${'漢'.repeat(5000)}`]) {
      const messages = textMessages(text);
      expect(textOf(messages)).toBe(text);
      for (const each of messages!) if (each.t === 'text') expect(each.text).not.toMatch(/\p{Surrogate}/u);
    }
    expect(textMessages('')).toEqual([]);
    expect(textMessages('a'.repeat(20_001))).toBeNull();
  });

  it('knows what keyboards on the screen do without keys', () => {
    expect(textOf(writtenMessages('insertText', 'こ'))).toBe('こ');
    const code = (type: string) => {
      const [down, up] = writtenMessages(type, null);
      return down?.t === 'key' && up?.t === 'key' && down.down && !up.down ? down.code : null;
    };
    expect(code('deleteContentBackward')).toBe('Backspace');
    expect(code('insertLineBreak')).toBe('Enter');
    expect(code('insertParagraph')).toBe('Enter');
  });

  it('leaves compositions, pasting and dropping to others', () => {
    for (const type of [
      'insertCompositionText',
      'insertFromComposition',
      'insertFromPaste',
      'insertFromDrop',
      'historyUndo',
    ]) {
      expect(writtenMessages(type, 'x')).toEqual([]);
    }
  });
});
