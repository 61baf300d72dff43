import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  Announcer,
  EXPIRE_MS,
  HEAR_MS,
  HOST_LOST_MS,
  REPEAT_MS,
  watchElsewhere,
  type Tabs,
} from './consent-elsewhere';
import { browser } from './consent-elsewhere.fake';

function host(tab: Tabs, session = 'session', skip?: string) {
  const told: boolean[] = [];
  const watch = watchElsewhere(session, (asking) => told.push(asking), skip, tab);
  watch.setHosting(true);
  return { told, watch };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('a page that asks', () => {
  it('is ready a moment after it got the focus where no tab has a helper, and not before', () => {
    const page = new Announcer(undefined, browser().tab());
    page.announce(true);
    vi.advanceTimersByTime(HEAR_MS - 1);
    expect(page.ready).toBe(false);
    vi.advanceTimersByTime(1);
    expect(page.ready).toBe(true);
    page.announce(false);
    expect(page.ready).toBe(false);
  });

  it('waits for the helper of another tab, however long it takes', () => {
    const { tab } = browser();
    const { told, watch } = host(tab());
    const changed = vi.fn();
    const page = new Announcer(changed, tab());
    page.announce(true);
    expect(told).toEqual([true]);
    vi.advanceTimersByTime(10 * REPEAT_MS);
    expect([page.ready, page.held]).toEqual([false, true]);
    changed.mockClear();
    watch.confirm(true);
    expect(changed).toHaveBeenCalled();
    expect([page.ready, page.held]).toEqual([true, false]);
  });

  it('waits for all of them', () => {
    const { tab } = browser();
    const one = host(tab(), 'one');
    const two = host(tab(), 'two');
    const page = new Announcer(undefined, tab());
    page.announce(true);
    vi.advanceTimersByTime(HEAR_MS);
    one.watch.confirm(true);
    expect(page.ready).toBe(false);
    two.watch.confirm(true);
    expect(page.ready).toBe(true);
    two.watch.confirm(false);
    expect(page.ready).toBe(false);
    two.watch.close();
    expect(page.ready).toBe(true);
  });

  it('has to be confirmed anew when it gets the focus again, and when another page asks', () => {
    const { tab } = browser();
    const { told, watch } = host(tab());
    const page = new Announcer(undefined, tab());
    page.announce(true);
    watch.confirm(true);
    page.announce(false);
    page.announce(true);
    vi.advanceTimersByTime(HEAR_MS);
    expect(page.ready).toBe(false);
    watch.confirm(true);
    expect(page.ready).toBe(true);
    new Announcer(undefined, tab()).announce(true);
    expect(page.ready).toBe(false);
    expect(told).toEqual([true, false, true, true]);
  });

  it('hears of a helper that comes later, also of one whose page was opened later', () => {
    const { tab } = browser();
    const page = new Announcer(undefined, tab());
    page.announce(true);
    vi.advanceTimersByTime(HEAR_MS);
    expect(page.ready).toBe(true);
    const { told, watch } = host(tab());
    expect(told).toEqual([true]);
    expect(page.ready).toBe(false);
    watch.setHosting(false);
    expect(page.ready).toBe(true);
    watch.setHosting(true);
    expect(page.ready).toBe(false);
  });

  it('stays shut while a tab with a helper says no more, for as long as that helper may live on', () => {
    const { tab } = browser();
    const gone = tab();
    const { watch } = host(gone);
    const page = new Announcer(undefined, tab());
    page.announce(true);
    vi.advanceTimersByTime(HEAR_MS);
    watch.confirm(true);
    expect(page.ready).toBe(true);
    gone.crash();
    vi.advanceTimersByTime(3 * REPEAT_MS);
    expect([page.ready, page.held]).toEqual([false, true]);
    vi.advanceTimersByTime(HOST_LOST_MS);
    expect(page.ready).toBe(true);
  });

  it('does not take an older confirmation for the present one', () => {
    const { tab } = browser();
    const page = new Announcer(undefined, tab());
    page.announce(true);
    const channel = tab().open();
    channel.postMessage({ t: 'hosting', from: 'h', to: page.id, turn: 0, guards: true });
    vi.advanceTimersByTime(HEAR_MS);
    expect(page.ready).toBe(false);
    channel.postMessage({ t: 'hosting', from: 'h', to: page.id, turn: 1, guards: true });
    expect(page.ready).toBe(true);
  });
});

describe('a page with a helper', () => {
  it('guards as long as any page asks, and forgets one that was closed or has crashed', () => {
    const { tab } = browser();
    const { told } = host(tab());
    const [closed, crashed] = [tab(), tab()];
    new Announcer(undefined, closed).announce(true);
    new Announcer(undefined, crashed).announce(true);
    closed.page.dispatchEvent(new Event('pagehide'));
    expect(told).toEqual([true, true, true]);
    crashed.crash();
    vi.advanceTimersByTime(EXPIRE_MS);
    expect(told).toEqual([true, true, true, false]);
  });

  it('keeps guarding for a page that stays', () => {
    const { tab } = browser();
    const { told, watch } = host(tab());
    const page = new Announcer(undefined, tab());
    page.announce(true);
    watch.confirm(true);
    vi.advanceTimersByTime(4 * EXPIRE_MS);
    expect(told).toEqual([true]);
    expect(page.ready).toBe(true);
  });

  it('guards again for a page that comes back out of the cache of left pages', () => {
    const { tab } = browser();
    const { told } = host(tab());
    const asking = tab();
    const page = new Announcer(undefined, asking);
    page.announce(true);
    asking.page.dispatchEvent(new Event('pagehide'));
    expect(page.ready).toBe(false);
    asking.page.dispatchEvent(new Event('pageshow'));
    expect(told).toEqual([true, false, true]);
  });

  it('leaves out its own announcer, and says nothing after its end', () => {
    const { tab } = browser();
    const own = tab();
    const page = new Announcer(undefined, own);
    const { told, watch } = host(own, 'session', page.id);
    page.announce(true);
    vi.advanceTimersByTime(HEAR_MS);
    expect(told).toEqual([]);
    expect(page.ready).toBe(true);
    watch.close();
    new Announcer(undefined, tab()).announce(true);
    expect(told).toEqual([]);
  });
});
