/**
 * The five modes and what each allows (spec T-RS-9), as data. The receiving end of every message asks
 * `may`; a hidden button is no check.
 */
import type { Permit } from '../protocol/http';
import type { Mode, Side } from '../protocol/common';

export interface ModeRules {
  /** Whose screen is shown to the other. */
  sharer: Side;
  /** Who operates the sharer's computer from afar; null: nobody. */
  operates: Side | null;
  /** Who may save the picture. */
  screenshot: Side;
  /** Files both ways, if the permit has it too. */
  files: boolean;
  clipboard: boolean;
  /** Reconnects by itself after a restart of the customer's computer. */
  survivesRestart: boolean;
  /** Needs the native helper on the sharer's computer. */
  helper: boolean;
}

export const MODE_RULES: Readonly<Record<Mode, ModeRules>> = {
  manage: {
    sharer: 'customer',
    operates: 'operator',
    screenshot: 'operator',
    files: true,
    clipboard: true,
    survivesRestart: true,
    helper: true,
  },
  control: {
    sharer: 'customer',
    operates: 'operator',
    screenshot: 'operator',
    files: true,
    clipboard: true,
    survivesRestart: false,
    helper: true,
  },
  view: {
    sharer: 'customer',
    operates: null,
    screenshot: 'operator',
    files: false,
    clipboard: false,
    survivesRestart: false,
    helper: false,
  },
  share: {
    sharer: 'operator',
    operates: 'customer',
    screenshot: 'customer',
    files: false,
    clipboard: false,
    survivesRestart: false,
    helper: true,
  },
  show: {
    sharer: 'operator',
    operates: null,
    screenshot: 'customer',
    files: false,
    clipboard: false,
    survivesRestart: false,
    helper: false,
  },
};

/** Modes this version can run; `manage` is not yet part of it. */
export const AVAILABLE_MODES: readonly Mode[] = ['control', 'view', 'share', 'show'];

export type Action = 'send-screen' | 'receive-screen' | 'screenshot' | 'input' | 'file' | 'clipboard';

/**
 * What `side` may do in `mode`, before permit and grant narrow it further.
 * @returns true only where T-RS-9 says so; everything unnamed is denied.
 */
export function may(mode: Mode, side: Side, action: Action): boolean {
  const rules = MODE_RULES[mode];
  switch (action) {
    case 'send-screen':
      return rules.sharer === side;
    case 'receive-screen':
      return rules.sharer !== side;
    case 'screenshot':
      return rules.screenshot === side;
    case 'input':
      return rules.operates === side;
    case 'file':
      return rules.files;
    case 'clipboard':
      return rules.clipboard;
  }
}

/** Modes an operator can choose now: what the administrator allows and this version can run. */
export function permittedModes(permit: Permit): Mode[] {
  return AVAILABLE_MODES.filter((mode) => permit.modes.includes(mode));
}

/**
 * Whether only chosen windows may be shown (RS-50, RS-51), from what the operator asks and the administrator allows.
 * @returns null when the operator asks for what the permit does not have
 */
export function windowsOnly(permit: Permit, asked: boolean): boolean | null {
  if (permit.appSelectionAlways) return true;
  return asked && !permit.appSelection ? null : asked;
}

/** What a new operator may do until the administrator says otherwise: the four modes with approval each time. */
export const DEFAULT_PERMIT: Permit = {
  modes: ['control', 'view', 'share', 'show'],
  fileTransfer: false,
  filePrerequest: false,
  appSelection: true,
  appSelectionAlways: false,
  recording: 'off',
};
