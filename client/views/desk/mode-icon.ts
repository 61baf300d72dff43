import type { Mode } from '../../../shared/protocol/common';
import { eye, pointer, present, together } from '../../ui/icons';

const ICONS: Record<Mode, string> = {
  manage: pointer,
  control: pointer,
  view: eye,
  share: together,
  show: present,
};

/** The outline that goes with a mode's name. */
export const modeIcon = (mode: Mode): string => ICONS[mode];
