/** Key combinations that the own computer keeps for itself, to be sent from a menu. Pure. */
import type { InputMessage } from '../../shared/protocol/input';

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

/** As engraved on the keys, in every language. */
export const ENGRAVED = {
  escape: 'Esc',
  printScreen: 'Print Screen',
  hankaku: '半角/全角',
  nonConvert: '無変換',
  convert: '変換',
  kana: 'カタカナひらがな',
} as const;
export const ATTENTION = 'Ctrl + Alt + Del';

export const FUNCTION_KEYS = Array.from({ length: 12 }, (_, index) => `F${index + 1}`);

/** All down in order, then all up in the opposite one. */
export function strokesOf(codes: readonly string[]): InputMessage[] {
  const key = (down: boolean) => (code: string) => ({ t: 'key' as const, code, down });
  return [...codes.map(key(true)), ...codes.toReversed().map(key(false))];
}
