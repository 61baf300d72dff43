import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GrantGuard, watchPage } from './grant-guard';

/** The clock of events; every press and every confirmation has a time of its own. */
let clock = 0;
const tick = () => ++clock;

/** A guard as it is while the page has the focus and the helper keeps remote input off it. */
function guarded(): GrantGuard {
  const guard = new GrantGuard(tick);
  guard.setFocus(true);
  guard.confirm(true);
  return guard;
}

/** Presses, releases and clicks. */
function click(guard: GrantGuard, meanwhile: () => void = () => undefined): boolean {
  guard.press('pointer 1', tick());
  guard.pressed('pointer 1')();
  meanwhile();
  const settle = guard.release('pointer 1');
  const accepted = guard.accepts();
  settle();
  return accepted;
}

describe('GrantGuard', () => {
  it('accepts a click while the page is guarded', () => {
    expect(click(guarded())).toBe(true);
  });

  it('accepts a click without a press, as screen readers make it', () => {
    expect(guarded().accepts()).toBe(true);
  });

  it('refuses everything without a helper that confirmed', () => {
    const guard = new GrantGuard(tick);
    expect(click(guard)).toBe(false);
    guard.setFocus(true);
    expect(click(guard)).toBe(false);
  });

  it('refuses the click that gave the page the focus, even if the confirmation arrives before its release', () => {
    const guard = new GrantGuard(tick);
    const accepted = click(guard, () => {
      guard.setFocus(true);
      guard.confirm(true);
    });
    expect(accepted).toBe(false);
    expect(click(guard)).toBe(true);
  });

  it('refuses a press from before the confirmation that the browser tells of after it', () => {
    const guard = new GrantGuard(tick);
    const at = tick();
    guard.setFocus(true);
    guard.confirm(true);
    guard.press('pointer 1', at);
    guard.pressed('pointer 1')();
    guard.release('pointer 1');
    expect(guard.accepts()).toBe(false);
  });

  it('counts from the first confirmation, not from the last that says the same', () => {
    const guard = guarded();
    expect(click(guard, () => guard.confirm(true))).toBe(true);
    const at = tick();
    guard.confirm(true);
    guard.press('pointer 1', at);
    expect(guard.accepts()).toBe(true);
  });

  it('refuses a press that outlives the focus', () => {
    const guard = guarded();
    expect(click(guard, () => guard.setFocus(false))).toBe(false);
    guard.setFocus(true);
    expect(click(guard)).toBe(false);
    guard.confirm(true);
    expect(click(guard)).toBe(true);
  });

  it('refuses what a repeating key clicks: it may have gone down before', () => {
    const guard = guarded();
    expect(click(guard, () => guard.doubt('pointer 1'))).toBe(false);
    expect(click(guard)).toBe(true);
  });

  it('asks for a new confirmation after every change of focus', () => {
    const guard = guarded();
    guard.setFocus(true);
    expect(guard.ready).toBe(false);
  });

  it('refuses when the helper gives up guarding', () => {
    const guard = guarded();
    guard.confirm(false);
    expect(click(guard)).toBe(false);
  });
});

describe('a page that is watched', () => {
  /** An event of a pointer or key, on the clock of these tests. */
  const happening = (type: string, of: object) =>
    Object.defineProperty(Object.assign(new Event(type), of), 'timeStamp', { value: tick() });

  const page = { window: new EventTarget(), focus: false };

  /** What the browser fires, with its click in the same turn. */
  function fire(
    guard: GrantGuard,
    type: string,
    of: { pointerId: number } | { code: string; repeat?: boolean },
  ) {
    page.window.dispatchEvent(happening(type, of));
    const accepted = guard.accepts();
    vi.runAllTimers();
    return accepted;
  }

  function watched() {
    const guard = new GrantGuard(tick);
    const stop = watchPage(guard, (on) => guard.setFocus(on));
    const focus = () => {
      page.focus = true;
      page.window.dispatchEvent(new Event('focus'));
      guard.confirm(true);
    };
    return { guard, stop, focus };
  }

  beforeEach(() => {
    vi.useFakeTimers();
    page.window = new EventTarget();
    page.focus = false;
    vi.stubGlobal('window', page.window);
    const seen = { visibilityState: 'visible', hasFocus: () => page.focus };
    vi.stubGlobal('document', Object.assign(new EventTarget(), seen));
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  const MOUSE = { pointerId: 1 };
  const SHIFT = { code: 'ShiftLeft' };

  it('refuses a button held since before, whatever else goes up first', () => {
    const { guard, focus } = watched();
    fire(guard, 'keydown', SHIFT);
    fire(guard, 'pointerdown', MOUSE);
    fire(guard, 'keyup', SHIFT);
    focus();
    expect(fire(guard, 'pointerup', MOUSE)).toBe(false);
    // The next one is the person's own.
    fire(guard, 'pointerdown', MOUSE);
    expect(fire(guard, 'pointerup', MOUSE)).toBe(true);
  });

  it('refuses it too when the key goes up after the page is guarded, or comes down once more', () => {
    const { guard, focus } = watched();
    fire(guard, 'keydown', SHIFT);
    fire(guard, 'pointerdown', MOUSE);
    focus();
    fire(guard, 'keyup', SHIFT);
    fire(guard, 'keydown', SHIFT);
    fire(guard, 'keyup', SHIFT);
    expect(fire(guard, 'pointerup', MOUSE)).toBe(false);
  });

  it('takes the end of one press not for the end of the next', () => {
    const { guard, focus } = watched();
    for (const type of ['pointerdown', 'pointerup', 'pointerdown'])
      page.window.dispatchEvent(happening(type, MOUSE));
    vi.runAllTimers();
    focus();
    expect(fire(guard, 'pointerup', MOUSE)).toBe(false);
  });

  it('refuses keys held since before, and lets others click meanwhile', () => {
    const { guard, focus } = watched();
    fire(guard, 'keydown', { code: 'Space' }); // its release went to the browser's own picker
    focus();
    fire(guard, 'pointerdown', MOUSE);
    expect(fire(guard, 'pointerup', MOUSE)).toBe(true);
    expect(guard.accepts()).toBe(false); // nobody knows whose click this would be
    expect(fire(guard, 'keydown', { code: 'Space', repeat: true })).toBe(false);
    expect(fire(guard, 'keyup', { code: 'Space' })).toBe(false);
    fire(guard, 'keydown', { code: 'Space' });
    expect(fire(guard, 'keyup', { code: 'Space' })).toBe(true);
    expect(fire(guard, 'keydown', { code: 'Enter' })).toBe(true);
  });

  it('hears nothing after it was stopped', () => {
    const { guard, focus, stop } = watched();
    focus();
    stop();
    fire(guard, 'pointerdown', MOUSE);
    page.window.dispatchEvent(new Event('blur'));
    expect(guard.ready).toBe(true);
  });
});
