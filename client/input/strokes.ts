/** Key combinations that the own computer keeps for itself, to be sent from a menu. Pure. */
import type { InputMessage } from '../../shared/protocol/input';

/** What a key is called on keyboards everywhere, or the catalog's name of it. */
export const COMBINATIONS = {
  taskManager: ['ControlLeft', 'ShiftLeft', 'Escape'],
  switchWindow: ['AltLeft', 'Tab'],
  closeWindow: ['AltLeft', 'F4'],
  system: ['MetaLeft'],
  escape: ['Escape'],
  printScreen: ['PrintScreen'],
  hankaku: ['Backquote'],
  nonConvert: ['NonConvert'],
  convert: ['Convert'],
  kana: ['KanaMode'],
} as const;
export type Combination = keyof typeof COMBINATIONS;

export const FUNCTION_KEYS = Array.from({ length: 12 }, (_, index) => `F${index + 1}`);

/** All down in order, then all up in the opposite one. */
export function strokesOf(codes: readonly string[]): InputMessage[] {
  const key = (down: boolean) => (code: string) => ({ t: 'key' as const, code, down });
  return [...codes.map(key(true)), ...codes.toReversed().map(key(false))];
}
