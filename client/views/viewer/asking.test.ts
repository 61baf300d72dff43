import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ANSWER_MS, Asking, type Asked } from './asking';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function start(linked = true) {
  const said: Asked[] = [];
  return {
    said,
    asking: new Asking(
      () => linked,
      (what) => said.push(what),
    ),
  };
}

it('says "asked" only when the person there sees the question', () => {
  const { asking, said } = start();
  asking.ask('input');
  expect(said).toEqual([]);
  asking.answered('input', true);
  asking.ask('clipboard');
  asking.answered('clipboard', false);
  expect(said).toEqual(['asked', 'notShown']);
  vi.advanceTimersByTime(ANSWER_MS * 2);
  expect(said).toHaveLength(2);
});

it('says that it did not get there, without a link or an answer', () => {
  const none = start(false);
  none.asking.ask('input');
  expect(none.said).toEqual(['notAsked']);
  const { asking, said } = start();
  asking.ask('input');
  vi.advanceTimersByTime(ANSWER_MS);
  expect(said).toEqual(['notAsked']);
  asking.answered('input', true); // too late, and answers that nobody waits for are the other side's to make up
  asking.answered('clipboard', true);
  expect(said).toEqual(['notAsked']);
});

it('waits for the newest question only, and for none once it is stopped', () => {
  const { asking, said } = start();
  asking.ask('input');
  vi.advanceTimersByTime(ANSWER_MS - 1);
  asking.ask('input');
  vi.advanceTimersByTime(ANSWER_MS - 1);
  expect(said).toEqual([]);
  asking.stop();
  vi.advanceTimersByTime(ANSWER_MS);
  expect(said).toEqual([]);
});
