import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChatMarks } from '../../../shared/protocol/chat';
import { keepChat, keptChat } from './desk-chat-kept';
import { MarkTeller } from './desk-chat-marks';
import { TYPING_BELIEVED_MS, TypingSeen, TypingSign } from './desk-chat-typing';

describe('the typing sign', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is told seldom while somebody writes, and taken back when they pause', () => {
    const told: boolean[] = [];
    const sign = new TypingSign((on) => told.push(on));
    for (let key = 0; key < 40; key++) {
      sign.pressed();
      vi.advanceTimersByTime(100);
    }
    expect(told).toEqual([true, true]);
    vi.advanceTimersByTime(4000);
    expect(told).toEqual([true, true, false]);
    sign.stop();
    expect(told).toEqual([true, true, false]);
  });

  it('is not believed for ever', () => {
    let on = false;
    const seen = new TypingSeen((shown) => (on = shown));
    seen.heard(true);
    vi.advanceTimersByTime(TYPING_BELIEVED_MS - 1);
    expect(on).toBe(true);
    vi.advanceTimersByTime(1);
    expect(on).toBe(false);
  });
});

describe('marks', () => {
  it('are told one at a time, the newest state only, and never back', async () => {
    const told: ChatMarks[] = [];
    const answers: (() => void)[] = [];
    const teller = new MarkTeller((marks) => {
      told.push(marks);
      return new Promise((resolve) => answers.push(() => resolve({ ok: true })));
    });
    const first = teller.tell({ delivered: 1, seen: 0 });
    void teller.tell({ delivered: 2, seen: 0 });
    void teller.tell({ delivered: 3, seen: 3 });
    void teller.tell({ delivered: 1, seen: 1 });
    answers[0]?.();
    await vi.waitFor(() => expect(told).toHaveLength(2));
    answers[1]?.();
    await first;
    expect(told).toEqual([
      { delivered: 1, seen: 0 },
      { delivered: 3, seen: 3 },
    ]);
  });

  it('are told again after an outage', async () => {
    let online = false;
    const told: ChatMarks[] = [];
    const teller = new MarkTeller(async (marks) => {
      told.push(marks);
      return online ? { ok: true } : { ok: false, error: 'failed' };
    });
    await teller.tell({ delivered: 1, seen: 1 });
    online = true;
    await teller.tell({ delivered: 1, seen: 1 });
    await teller.tell({ delivered: 1, seen: 1 });
    expect(told).toHaveLength(2);
  });
});

describe('what a reload keeps', () => {
  afterEach(() => void vi.unstubAllGlobals());

  it('is nothing where site data is blocked or damaged', () => {
    expect(keptChat('a')).toEqual({ draft: '', read: -1 });
    expect(() => keepChat('a', { draft: 'x', read: 1 })).not.toThrow();
    for (const value of ['{', '5', '{"draft":7,"read":"x"}']) {
      vi.stubGlobal('sessionStorage', { getItem: () => value });
      expect(keptChat('a')).toEqual({ draft: '', read: -1 });
    }
  });
});
