import { afterEach, expect, it, vi } from 'vitest';
import { recall, remember } from './remembered';

afterEach(() => void vi.unstubAllGlobals());

it('keeps a choice', () => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  });
  expect(recall('choice')).toBeNull();
  remember('choice', 'theirs');
  expect(recall('choice')).toBe('theirs');
});

it('goes on where the browser blocks site data', () => {
  Object.defineProperty(globalThis, 'localStorage', {
    configurable: true,
    get: () => {
      throw new DOMException('blocked', 'SecurityError');
    },
  });
  expect(recall('choice')).toBeNull();
  expect(() => remember('choice', 'theirs')).not.toThrow();
  Reflect.deleteProperty(globalThis, 'localStorage');
});
