import { describe, expect, it, vi } from 'vitest';
import type { Grants } from '../../shared/protocol/helper';
import type { GrantGuard } from './grant-guard';
import { FIRST_GRANTS, GrantSwitches } from './grant-switches.svelte';

/** Switches on a page that has the focus, with what they said and a way to make other tabs ask. */
function set(clipboard = true, wished?: Grants) {
  const sent: object[] = [];
  const wishes: Grants[] = [];
  const owed: string[][] = [];
  const elsewhere: (boolean | string)[] = [];
  let guard: GrantGuard | undefined;
  let focus: (on: boolean) => void = () => undefined;
  let ask: (asking: boolean) => void = () => undefined;
  const switches: GrantSwitches = new GrantSwitches(
    clipboard,
    wished,
    {
      send: (message) => sent.push(message),
      changed: (next) => wishes.push(next),
      owedChanged: () => owed.push([...switches.owed]),
    },
    {
      watch: (given, changed) => {
        guard = given;
        focus = changed;
        return () => undefined;
      },
      elsewhere: (changed) => {
        ask = changed;
        return {
          setHosting: (on) => elsewhere.push(on ? 'hosting' : 'gone'),
          confirm: (on) => elsewhere.push(on),
          close: () => elsewhere.push('closed'),
        };
      },
    },
  );
  focus(true);
  switches.came();
  switches.opened();
  switches.guarding(true);
  sent.length = 0;
  elsewhere.length = 0;
  const press = () => guard?.press('pointer 1', performance.now());
  return { switches, sent, wishes, owed, elsewhere, focus, press, ask: (on: boolean) => ask(on) };
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

  it('says what the helper has not been told, at once without a line and after a moment with one', () => {
    vi.useFakeTimers();
    const { switches, owed } = set();
    switches.told(ON);
    switches.revoke('input');
    expect([switches.owed, switches.untold]).toEqual([['input'], []]);
    switches.interrupted();
    expect(switches.untold).toEqual(['input']);
    switches.opened();
    expect(switches.untold).toEqual([]);
    vi.advanceTimersByTime(600);
    expect(switches.untold).toEqual(['input']); // the line is open, but nobody answers
    switches.told({ input: false, clipboard: false });
    expect(switches.untold).toEqual([]);
    expect(owed).toEqual([['input'], []]);
    vi.useRealTimers();
  });

  it('owes nothing to a helper that is gone, and holds nothing for it', () => {
    const { switches, owed, elsewhere } = set();
    switches.told(ON);
    switches.revoke('input');
    switches.told({ input: true, clipboard: true });
    switches.gone();
    expect([switches.owed, switches.untold, switches.grants]).toEqual([
      [],
      [],
      { input: false, clipboard: false },
    ]);
    expect(owed).toEqual([['input'], []]);
    expect(elsewhere).toEqual([false, 'gone']);
  });

  it('answers other tabs only with the helper’s word on the last focus', () => {
    const { switches, elsewhere, ask } = set();
    ask(true);
    ask(true);
    switches.guarding(true);
    expect(elsewhere).toEqual([]);
    switches.guarding(true);
    expect(elsewhere).toEqual([true]);
    switches.interrupted();
    expect(elsewhere).toEqual([true, false]);
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
