/** Why a picture was refused, in words: with the size that is needed and the one that it has. */
import {
  MAX_BUTTON_SIDE,
  MAX_PICTURE_BYTES,
  PICTURE_FAULTS,
  PICTURE_KINDS,
  type PictureKind,
} from '../../../../shared/protocol/embed';
import { t } from '../../../i18n/index.svelte';
import type { Problem } from '../../../net/http';
import { problemText } from '../../../ui/problem';

export function pictureFaultText(problem: Problem, kind: PictureKind): string {
  const { error, fields = [] } = problem;
  const fault = error === 'too_large' ? 'bytes' : PICTURE_FAULTS.find((each) => fields.includes(each));
  switch (fault) {
    case 'bytes':
      return t('appearance:fault.bytes', { kilobytes: MAX_PICTURE_BYTES / 1000 });
    case 'type':
      return t('appearance:fault.type');
    case 'animated':
      return t('appearance:fault.animated');
    case 'size':
      return sizeText(kind, fields.find((each) => /^\d+x\d+$/.test(each)) ?? '');
    default:
      return problemText(problem);
  }
}

function sizeText(kind: PictureKind, found: string): string {
  const [width = '?', height = '?'] = found.split('x').map((side) => side || '?');
  const needed = PICTURE_KINDS[kind];
  if (!needed) return t('appearance:fault.sizeMost', { most: MAX_BUTTON_SIDE, width, height });
  return t('appearance:fault.size', { needWidth: needed[0], needHeight: needed[1], width, height });
}
