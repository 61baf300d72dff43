import { expect, it } from 'vitest';
import { isShortcut } from './shortcut';

const NONE = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };

it('a shortcut of the desk has Alt alone: what types letters elsewhere is none', () => {
  expect(isShortcut({ ...NONE, altKey: true })).toBe(true);
  expect(isShortcut(NONE)).toBe(false);
  for (const other of ['ctrlKey', 'metaKey', 'shiftKey'])
    expect(isShortcut({ ...NONE, altKey: true, [other]: true }), other).toBe(false);
});
