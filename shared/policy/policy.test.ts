import { describe, expect, it } from 'vitest';
import { MODES, type Mode, type Side } from '../protocol/common';
import { AVAILABLE_MODES, DEFAULT_PERMIT, may, permittedModes, windowsOnly, type Action } from './index';

/** T-RS-9, read off the table by hand: which side may do what. */
const TABLE: Record<Mode, Partial<Record<Action, Side[]>>> = {
  manage: {
    'send-screen': ['customer'],
    'receive-screen': ['operator'],
    screenshot: ['operator'],
    input: ['operator'],
    file: ['operator', 'customer'],
    clipboard: ['operator', 'customer'],
  },
  control: {
    'send-screen': ['customer'],
    'receive-screen': ['operator'],
    screenshot: ['operator'],
    input: ['operator'],
    file: ['operator', 'customer'],
    clipboard: ['operator', 'customer'],
  },
  view: { 'send-screen': ['customer'], 'receive-screen': ['operator'], screenshot: ['operator'] },
  share: {
    'send-screen': ['operator'],
    'receive-screen': ['customer'],
    screenshot: ['customer'],
    input: ['customer'],
  },
  show: { 'send-screen': ['operator'], 'receive-screen': ['customer'], screenshot: ['customer'] },
};
const ACTIONS: Action[] = ['send-screen', 'receive-screen', 'screenshot', 'input', 'file', 'clipboard'];

describe('policy', () => {
  it.each(MODES)('%s allows what T-RS-9 says and nothing else', (mode) => {
    for (const action of ACTIONS) {
      for (const side of ['operator', 'customer'] as const) {
        expect(may(mode, side, action), `${mode} ${side} ${action}`).toBe(
          TABLE[mode][action]?.includes(side) ?? false,
        );
      }
    }
  });

  it('has exactly five modes and offers all but manage', () => {
    expect(MODES).toHaveLength(5);
    expect(AVAILABLE_MODES).toEqual(['control', 'view', 'share', 'show']);
  });

  it('never offers a mode the permit lacks', () => {
    expect(permittedModes(DEFAULT_PERMIT)).toEqual(['control', 'view', 'share', 'show']);
    expect(permittedModes({ ...DEFAULT_PERMIT, modes: ['show', 'manage'] })).toEqual(['show']);
    expect(permittedModes({ ...DEFAULT_PERMIT, modes: [] })).toEqual([]);
  });

  it('shows chosen windows only when the permit says always, and never lets an operator ask for what it lacks', () => {
    const permit = { ...DEFAULT_PERMIT, appSelection: true };
    expect([windowsOnly(permit, true), windowsOnly(permit, false)]).toEqual([true, false]);
    expect(windowsOnly({ ...permit, appSelection: false }, true)).toBeNull();
    expect(windowsOnly({ ...permit, appSelection: false }, false)).toBe(false);
    expect(windowsOnly({ ...permit, appSelectionAlways: true }, false)).toBe(true);
  });
});
