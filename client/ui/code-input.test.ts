import { describe, expect, it } from 'vitest';
import { complaintAbout, regroup } from './code-input';

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
