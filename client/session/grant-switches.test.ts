import { describe, expect, it, vi } from 'vitest';
import type { Grants } from '../../shared/protocol/helper';
import type { GrantGuard } from './grant-guard';
import { FIRST_GRANTS, GrantSwitches } from './grant-switches.svelte';

/** Switches on a page that has the focus, with what they said and a way to make other tabs ask. */
function set(clipboard = true, wished?: Grants) {
  const sent: object[] = [];
  const wishes: Grants[] = [];
  let guard: GrantGuard | undefined;
  let focus: (on: boolean) => void = () => undefined;
  let ask: (asking: boolean) => void = () => undefined;
  const switches = new GrantSwitches(
    clipboard,
    wished,
    { send: (message) => sent.push(message), changed: (next) => wishes.push(next) },
    (given, changed) => {
      guard = given;
      focus = changed;
      return () => undefined;
    },
    (changed) => {
      ask = changed;
      return () => undefined;
    },
  );
  focus(true);
  switches.opened();
  switches.guarding(true);
  sent.length = 0;
  return { switches, sent, wishes, focus, ask: (on: boolean) => ask(on), press: () => guard?.press() };
}

const ON: Grants = { input: true, clipboard: false };

describe('GrantSwitches', () => {
  it('begins with what was consented to, and never with the clipboard where the mode has none', () => {
    expect(set().switches.wished).toEqual(FIRST_GRANTS);
    const share = set(false, { input: false, clipboard: true }).switches;
    expect(share.wished).toEqual({ input: false, clipboard: false });
    expect(share.names).toEqual(['input']);
    expect(share.allow('clipboard')).toBe(false);
  });

  it('is off at once, whatever the helper said before it heard of it', () => {
    const { switches, sent } = set();
    switches.told(ON);
    switches.revoke('input');
    expect(switches.grants.input).toBe(false);
    switches.told(ON);
    expect(switches.grants.input).toBe(false);
    expect(sent).toEqual([{ t: 'grant', name: 'input', on: false }]);
  });

  it('tells a helper that could not be reached as soon as it can', () => {
    const { switches, sent } = set();
    switches.told(ON);
    switches.interrupted();
    switches.revoke('input');
    sent.length = 0;
    switches.opened();
    expect(sent).toEqual([
      { t: 'grant', name: 'input', on: false },
      { t: 'focus', on: true },
    ]);
    switches.told({ input: false, clipboard: false });
    sent.length = 0;
    switches.opened();
    expect(sent).toEqual([{ t: 'focus', on: true }]);
  });

  it('goes on only when the helper says so, and only by a click that counts', () => {
    const { switches, sent, focus } = set();
    switches.told({ input: false, clipboard: false });
    expect(switches.allow('input')).toBe(true);
    expect(switches.grants.input).toBe(false);
    switches.told(ON);
    expect(switches.grants.input).toBe(true);

    focus(false);
    focus(true);
    sent.length = 0;
    expect(switches.allow('clipboard')).toBe(false);
    expect(switches.refused).toBe(true);
    expect(sent).toEqual([]);
    switches.guarding(false);
    switches.guarding(true);
    expect(switches.allow('clipboard')).toBe(true);
  });

  it('does not take the answer to an earlier focus for the one to the last', () => {
    const { switches, focus } = set();
    focus(false);
    focus(true);
    switches.guarding(true);
    expect(switches.allow('clipboard')).toBe(false);
    switches.guarding(true);
    expect(switches.allow('clipboard')).toBe(true);
  });

  it('refuses a press that began before the page was guarded', () => {
    const { switches, focus, press } = set();
    focus(false);
    press();
    focus(true);
    switches.guarding(false);
    switches.guarding(true);
    expect(switches.allow('clipboard')).toBe(false);
  });

  it('keeps remote input off consent pages in other tabs, without making its own switches usable', () => {
    const { switches, sent, focus, ask } = set();
    focus(false);
    sent.length = 0;
    ask(true);
    switches.guarding(false);
    switches.guarding(true);
    expect(switches.allow('clipboard')).toBe(false);
    ask(false);
    expect(sent).toEqual([
      { t: 'focus', on: true },
      { t: 'focus', on: false },
    ]);
  });

  it('asks once, and after "not now" only later again', () => {
    vi.useFakeTimers();
    const { switches } = set();
    switches.told(ON);
    expect(switches.ask('input')).toBe(true);
    expect(switches.requests).toEqual([]); // it is on
    expect(switches.ask('clipboard')).toBe(true);
    expect(switches.ask('clipboard')).toBe(true);
    expect(switches.requests).toEqual(['clipboard']);
    switches.notNow('clipboard');
    expect(switches.ask('clipboard')).toBe(false);
    expect(switches.requests).toEqual([]);
    vi.advanceTimersByTime(11_000);
    expect(switches.ask('clipboard')).toBe(true);
    expect(switches.requests).toEqual(['clipboard']);
    switches.told({ input: true, clipboard: true }); // granted in the helper's own menu
    expect(switches.requests).toEqual([]);
    vi.useRealTimers();
  });

  it('remembers what holds, for the next helper', () => {
    const { switches, wishes } = set();
    switches.told(ON);
    switches.revoke('input');
    expect(wishes).toEqual([{ input: false, clipboard: false }]);
  });
});
