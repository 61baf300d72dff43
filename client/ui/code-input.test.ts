import { describe, expect, it } from 'vitest';
import { complaintAbout, regroup, typedCode } from './code-input';

describe('regroup', () => {
  it('groups while typing at the end', () => {
    expect(regroup('12345', 5)).toEqual({ text: '1234 5', caret: 6 });
    expect(regroup('1234', 4)).toBeNull();
  });

  it('understands full-width digits and hyphens', () => {
    expect(regroup('１２３４－５６７８', 9)).toEqual({ text: '1234 5678', caret: 9 });
  });

  it('keeps the caret beside the same digit when one is inserted in the middle', () => {
    expect(regroup('129 45678'.replace(' ', ''), 3)).toEqual({ text: '1294 5678', caret: 3 });
  });

  it('lets Backspace and Delete cross the gap', () => {
    expect(regroup('12345678', 4, 'back')).toEqual({ text: '1234 5678', caret: 4 });
    expect(regroup('12345678', 4, 'forward')).toEqual({ text: '1234 5678', caret: 5 });
  });

  it('leaves what is not a number as it was typed', () => {
    expect(regroup('12a4', 4)).toBeNull();
  });
});

describe('complaintAbout', () => {
  it.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['1234', 'short'],
    ['123456789', 'long'],
    ['1234 567x', 'letters'],
    ['１２３４ ５６７８', null],
  ])('%j → %s', (text, complaint) => {
    expect(complaintAbout(text)).toBe(complaint);
  });
});

describe('typedCode', () => {
  function after(value: string, event: object = {}) {
    const carets: number[] = [];
    const setSelectionRange = (caret: number) => void carets.push(caret);
    const currentTarget = { value, selectionStart: value.length, setSelectionRange };
    const text = typedCode({ currentTarget, ...event } as never);
    return [text, currentTarget.value, carets];
  }

  it('regroups the box in place and says what stands there', () => {
    expect(after('12345', { inputType: 'insertText' })).toEqual(['1234 5', '1234 5', [6]]);
    expect(after('1234', { inputType: 'insertText' })).toEqual(['1234', '1234', []]);
    expect(after('1234 ', { inputType: 'deleteContentBackward' })).toEqual(['1234', '1234', [4]]);
  });

  it('leaves an input method’s unfinished text alone', () => {
    expect(after('１２３４５', { isComposing: true })).toEqual(['１２３４５', '１２３４５', []]);
    expect(after('１２３４５')).toEqual(['1234 5', '1234 5', [6]]);
  });
});
