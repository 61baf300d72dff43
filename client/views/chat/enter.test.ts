import { expect, it } from 'vitest';
import { sends } from './enter';

const press = (given: object) =>
  sends(Object.assign({ key: 'Enter', shiftKey: false, isComposing: false, keyCode: 13 }, given));

it('sends on Enter, and never what an input method is composing', () => {
  expect(press({})).toBe(true);
  expect(press({ shiftKey: true })).toBe(false);
  expect(press({ isComposing: true })).toBe(false);
  expect(press({ keyCode: 229 })).toBe(false);
  expect(press({ key: 'a' })).toBe(false);
});
