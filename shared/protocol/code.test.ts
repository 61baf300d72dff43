import { describe, expect, it } from 'vitest';
import { groupCode, parseCode } from './code';

describe('parseCode', () => {
  it.each([
    ['12345678', '12345678'],
    [' 1234 5678\n', '12345678'],
    ['1234-5678', '12345678'],
    ['１２３４－５６７８', '12345678'],
    ['12 34—56‐78', '12345678'],
    ['１２３４ー５６７８', '12345678'],
    ['1234\u200b5678\u00a0', '12345678'],
    ['', ''],
    ['12', '12'],
    ['123456789', '123456789'],
  ])('reads %j', (text, digits) => expect(parseCode(text)).toBe(digits));

  it.each(['1234a678', '①②', '12.5', '٣٤٥', '<b>'])('refuses %j', (text) => {
    const read = parseCode(text);
    expect(read === null || /^[0-9]*$/.test(read)).toBe(true);
    if (text !== '①②') expect(read).toBeNull();
  });

  it('groups for reading aloud', () => expect(groupCode('12345678')).toBe('1234 5678'));
});
