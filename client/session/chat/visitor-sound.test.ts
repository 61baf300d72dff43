import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { elsewhere, FakeAudio } from './alerts.fake';
import { ChatSound } from './visitor-sound.svelte';

beforeEach(() => void elsewhere((name, value) => vi.stubGlobal(name, value)));
afterEach(() => void vi.unstubAllGlobals());

const primed = () => {
  const sound = new ChatSound();
  sound.prime();
  return sound;
};

it('plays two notes each time, from the first press on', () => {
  new ChatSound().play();
  expect(FakeAudio.heard).toEqual([]);
  const sound = primed();
  sound.play();
  expect(FakeAudio.heard).toEqual([660, 880]);
  sound.play();
  expect(FakeAudio.heard).toHaveLength(4);
});

it('is silent while it is muted, after a reload too, until it is not', () => {
  const sound = primed();
  sound.muted = true;
  sound.play();
  const reloaded = primed();
  expect(reloaded.muted).toBe(true);
  reloaded.play();
  expect(FakeAudio.heard).toEqual([]);
  reloaded.muted = false;
  reloaded.play();
  expect(FakeAudio.heard).toHaveLength(2);
  expect(primed().muted).toBe(false);
});

it('goes on without sound where the device has none', () => {
  vi.stubGlobal('AudioContext', function broken() {
    throw new DOMException('none', 'NotSupportedError');
  });
  const sound = primed();
  expect(() => sound.play()).not.toThrow();
});
