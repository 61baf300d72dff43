import { describe, expect, it } from 'vitest';
import { GrantGuard } from './grant-guard';

/** A guard as it is while the page has the focus and the helper keeps remote input off it. */
function guarded(): GrantGuard {
  const guard = new GrantGuard();
  guard.setFocus(true);
  guard.confirm(true);
  return guard;
}

/** Presses, releases and clicks. */
function click(guard: GrantGuard, meanwhile: () => void = () => undefined): boolean {
  guard.press();
  meanwhile();
  const accepted = guard.accepts();
  guard.settle();
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
    const guard = new GrantGuard();
    expect(click(guard)).toBe(false);
    guard.setFocus(true);
    expect(click(guard)).toBe(false);
  });

  it('refuses the click that gave the page the focus, even if the confirmation arrives before its release', () => {
    const guard = new GrantGuard();
    const accepted = click(guard, () => {
      guard.setFocus(true);
      guard.confirm(true);
    });
    expect(accepted).toBe(false);
    expect(click(guard)).toBe(true);
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
    expect(click(guard, () => guard.doubt())).toBe(false);
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
