/** The box for the session number: shows `1234 5678` while typing, without ever moving the caret against the hand. */
import { CODE_DIGITS, groupCode, parseCode } from '../../shared/protocol/code';

export interface Typed {
  text: string;
  caret: number;
}

/**
 * Regroups what stands in the box after a change.
 * @param deletingForward the change was made with the Delete key: the caret then goes behind the gap
 * @returns the new text and caret, or null when it should stay exactly as typed
 */
export function regroup(
  text: string,
  caret: number,
  deleting: 'no' | 'back' | 'forward' = 'no',
): Typed | null {
  const digits = parseCode(text);
  const before = parseCode(text.slice(0, caret));
  if (digits === null || before === null) return null;
  const grouped = groupCode(digits);
  if (grouped === text) return null;
  return { text: grouped, caret: caretAfter(grouped, before.length, deleting) };
}

/**
 * Regroups the box that an event came from, in place.
 * @returns what stands there now
 */
export function typedCode(event: Event & { currentTarget: HTMLInputElement }): string {
  const { inputType = '', isComposing = false } = event as Partial<InputEvent>;
  const box = event.currentTarget;
  const deleting =
    inputType === 'deleteContentForward' ? 'forward' : inputType.startsWith('delete') ? 'back' : 'no';
  // An input method's unfinished text belongs to it.
  const better = isComposing ? null : regroup(box.value, box.selectionStart ?? 0, deleting);
  if (better) {
    box.value = better.text;
    box.setSelectionRange(better.caret, better.caret);
  }
  return box.value;
}

/** Behind the n-th digit; at a gap, on the side towards which the hand is moving. */
function caretAfter(grouped: string, count: number, deleting: 'no' | 'back' | 'forward'): number {
  let seen = 0;
  let at = 0;
  while (at < grouped.length && seen < count) {
    if (grouped[at] !== ' ') seen += 1;
    at += 1;
  }
  return grouped[at] === ' ' && deleting !== 'back' ? at + 1 : at;
}

export type Complaint = 'empty' | 'letters' | 'short' | 'long';

/** What is wrong with a number before it is even tried. */
export function complaintAbout(text: string): Complaint | null {
  const digits = parseCode(text);
  if (digits === null) return 'letters';
  if (digits.length === 0) return 'empty';
  if (digits.length < CODE_DIGITS) return 'short';
  return digits.length > CODE_DIGITS ? 'long' : null;
}
