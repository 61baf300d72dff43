import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AskingPage, OPEN_MS } from './asking-page.svelte';
import { HEAR_MS, watchElsewhere } from './consent-elsewhere';
import { browser } from './consent-elsewhere.fake';
import type { GrantGuard } from './grant-guard';

function set({ focused = true } = {}) {
  const { tab } = browser();
  let guard: GrantGuard | undefined;
  let focus: (on: boolean) => void = () => undefined;
  const page = new AskingPage((given, changed) => {
    guard = given;
    focus = changed;
    return () => undefined;
  }, tab());
  focus(focused);
  return {
    page,
    tab,
    focus: (on: boolean) => focus(on),
    press: () => guard?.press('pointer 1', performance.now()),
  };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('AskingPage', () => {
  it('counts no click in the first moment, and none whose press began in it', () => {
    const { page, press } = set();
    page.ask('page');
    vi.advanceTimersByTime(OPEN_MS - 1);
    expect([page.ready, page.accepts(), page.refused]).toEqual([false, false, true]);
    press();
    vi.advanceTimersByTime(1);
    expect([page.ready, page.accepts()]).toEqual([true, false]);
    vi.advanceTimersByTime(1);
    press();
    expect([page.accepts(), page.refused]).toEqual([true, false]);
  });

  it('begins anew whenever it gets the focus', () => {
    const { page, focus } = set();
    page.ask('page');
    vi.advanceTimersByTime(OPEN_MS);
    focus(false);
    expect(page.ready).toBe(false);
    focus(true);
    expect(page.ready).toBe(false);
    vi.advanceTimersByTime(OPEN_MS);
    expect(page.ready).toBe(true);
  });

  it('counts nothing while it asks nothing, has no focus, or is closed', () => {
    const { page } = set();
    vi.advanceTimersByTime(OPEN_MS);
    expect(page.ready).toBe(false);
    const other = set({ focused: false }).page;
    other.ask('page');
    vi.advanceTimersByTime(OPEN_MS);
    expect(other.ready).toBe(false);
  });

  it('waits for the helper of another tab and says so', () => {
    const { page, tab } = set();
    const told: boolean[] = [];
    const watch = watchElsewhere('other', (asking) => told.push(asking), undefined, tab());
    watch.setHosting(true);
    page.ask('page');
    vi.advanceTimersByTime(OPEN_MS + HEAR_MS);
    expect([page.ready, page.held, page.accepts()]).toEqual([false, true, false]);
    watch.confirm(true);
    expect([page.ready, page.held, page.accepts()]).toEqual([true, false, true]);
    page.ask('nothing');
    expect(told).toEqual([true, false]);
  });

  it('has other tabs guard the browser’s picker, which takes the focus away', () => {
    const { page, tab, focus } = set();
    const told: boolean[] = [];
    watchElsewhere('other', (asking) => told.push(asking), undefined, tab());
    page.ask('picker');
    focus(false);
    expect(told.at(-1)).toBe(true);
    page.close();
    expect(told.at(-1)).toBe(false);
  });
});
