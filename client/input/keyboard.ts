/**
 * The keys that the other computer believes to be down, and what each event of the own keyboard means for them. Pure: a
 * KeyboardEvent in, messages out.
 *
 * Keys go by `code`, the physical key, so the layout over there decides what they write. Two ways of writing:
 *  - own input method (`composes`): what is composed here is sent as text; keys that the input method takes (keyCode 229,
 *    `isComposing`, dead keys) are not sent. While it is off, every key goes as a key, Japanese ones included.
 *  - theirs: every key goes as a key, so their input method composes. The caller gives the focus to something that cannot
 *    be written into, so that the own input method stays out of it.
 */
import type { InputMessage } from '../../shared/protocol/input';
import { ReleaseChord } from './chord';

/** What is read of a KeyboardEvent. */
export interface KeyLike {
  code: string;
  key: string;
  keyCode: number;
  repeat: boolean;
  isComposing: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  metaKey: boolean;
  getModifierState(key: string): boolean;
}

export interface KeyOutcome {
  send: InputMessage[];
  /** Whether the own computer must do nothing with it. */
  prevent: boolean;
  /** The chord that gives the keyboard back was pressed and released. */
  leave?: boolean;
}

const CODE = /^[A-Za-z0-9]{1,32}$/;
/** `keyCode` of a key that an input method has taken. */
const TAKEN = 229;
/** Of these, systems leave out one of down and up, or say it twice: each event is one whole stroke. */
const STROKES = new Set([
  'Zenkaku',
  'Hankaku',
  'ZenkakuHankaku',
  'Alphanumeric',
  'Eisu',
  'Hiragana',
  'Katakana',
  'HiraganaKatakana',
  'KanaMode',
  'KanjiMode',
  'Romaji',
  'HangulMode',
  'HanjaMode',
]);
/** Keys of keyboards on the screen, which have no code. */
const CODES: Readonly<Record<string, string>> = {
  Enter: 'Enter',
  Backspace: 'Backspace',
  Delete: 'Delete',
  Tab: 'Tab',
  Escape: 'Escape',
  ArrowLeft: 'ArrowLeft',
  ArrowRight: 'ArrowRight',
  ArrowUp: 'ArrowUp',
  ArrowDown: 'ArrowDown',
};

/** What Shift makes of the keys of a US keyboard that are no letters. */
const SHIFTED: Readonly<Record<string, string>> = {
  Digit1: '!',
  Digit2: '@',
  Digit3: '#',
  Digit4: '$',
  Digit5: '%',
  Digit6: '^',
  Digit7: '&',
  Digit8: '*',
  Digit9: '(',
  Digit0: ')',
  Backquote: '~',
  Minus: '_',
  Equal: '+',
  BracketLeft: '{',
  BracketRight: '}',
  Backslash: '|',
  Semicolon: ':',
  Quote: '"',
  Comma: '<',
  Period: '>',
  Slash: '?',
};

const isModifier = (code: string): boolean => /^(Control|Alt|Shift|Meta)(Left|Right)$/.test(code);
const key = (code: string, down: boolean): InputMessage => ({ t: 'key', code, down });

export class Keyboard {
  readonly #held = new Set<string>();
  readonly #chord = new ReleaseChord();

  /** @param mac no keyup arrives there for what is pressed while Command is down, and Caps Lock comes in halves */
  constructor(private readonly mac: boolean) {}

  /** Codes that are down over there. */
  get held(): ReadonlySet<string> {
    return this.#held;
  }

  down(event: KeyLike, composes: boolean): KeyOutcome {
    const code = codeOf(event);
    if (!code || (composes && isTaken(event))) {
      this.#chord.spoil(this.#held);
      return { send: [], prevent: false };
    }
    const send = isModifier(code) ? [] : [...this.reconcile(event), ...this.#catchUp(event)];
    if (isShiftless(event)) {
      this.#chord.spoil(this.#held);
      return { send: [...send, { t: 'text', text: event.key }], prevent: true };
    }
    if (this.#isStroke(event, code)) {
      this.#chord.spoil(this.#held);
      // Under Command nothing repeats over there by itself.
      const again = event.repeat && !this.mac ? [] : this.#stroke(code);
      return { send: [...send, ...again], prevent: true };
    }
    if (event.repeat || this.#held.has(code)) return { send, prevent: true };
    this.#held.add(code);
    if (event.key === 'AltGraph') this.#chord.spoil(this.#held);
    else this.#chord.down(this.#held);
    return { send: [...send, key(code, true)], prevent: true };
  }

  up(event: KeyLike): KeyOutcome {
    const code = codeOf(event);
    if (this.mac && code === 'CapsLock') return { send: this.#stroke(code), prevent: true };
    if (!this.#held.delete(code)) return { send: [], prevent: false };
    const send = [key(code, false)];
    if (this.mac && code.startsWith('Meta')) send.push(...this.#letGo((each) => !isModifier(each)));
    return { send, prevent: true, leave: this.#chord.up(this.#held) };
  }

  /** A button or the wheel was used: what is held is no chord. */
  spoilChord(): void {
    this.#chord.spoil(this.#held);
  }

  /** Lets go of modifiers that an event says are up: their keyup went elsewhere. */
  reconcile(
    event: Pick<KeyLike, 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey' | 'getModifierState'>,
  ): InputMessage[] {
    // Under AltGr some systems hide that Ctrl and Alt are down.
    if (this.#held.size === 0 || event.getModifierState('AltGraph')) return [];
    return this.#letGo(
      (code) =>
        (!event.ctrlKey && code.startsWith('Control')) ||
        (!event.altKey && code.startsWith('Alt')) ||
        (!event.shiftKey && code.startsWith('Shift')) ||
        (!event.metaKey && code.startsWith('Meta')),
    );
  }

  /** Presses modifiers that an event says are down: their keydown went elsewhere, or they were let go of over there. */
  #catchUp(event: KeyLike): InputMessage[] {
    if (event.getModifierState('AltGraph')) return [];
    const down = { Control: event.ctrlKey, Alt: event.altKey, Shift: event.shiftKey, Meta: event.metaKey };
    const missing = Object.entries(down).filter(
      ([name, isDown]) => isDown && ![...this.#held].some((code) => code.startsWith(name)),
    );
    return missing.map(([name]) => {
      const code = `${name}Left`;
      this.#held.add(code);
      return key(code, true);
    });
  }

  /** Forgets everything; the caller sends `release`. */
  clear(): void {
    this.#held.clear();
    this.#chord.reset();
  }

  #isStroke(event: KeyLike, code: string): boolean {
    if (STROKES.has(event.key)) return true;
    if (!this.mac) return false;
    return code === 'CapsLock' || (event.metaKey && !isModifier(code));
  }

  #stroke(code: string): InputMessage[] {
    return [...this.#letGo((each) => each === code), key(code, true), key(code, false)];
  }

  #letGo(which: (code: string) => boolean): InputMessage[] {
    const codes = [...this.#held].filter(which);
    for (const code of codes) this.#held.delete(code);
    return codes.map((code) => key(code, false));
  }
}

function codeOf(event: KeyLike): string {
  if (event.code === '') return CODES[event.key] ?? '';
  return CODE.test(event.code) && event.code !== 'Unidentified' ? event.code : '';
}

/**
 * A keyboard on the screen or an assistive program gives the character without pressing Shift for it; as a bare key it
 * would become another one. No layout has the shifted character of a US key on the same key without Shift.
 */
const isShiftless = (event: KeyLike): boolean =>
  !(event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) &&
  !event.getModifierState('CapsLock') &&
  event.key === shiftedOf(event.code);

function shiftedOf(code: string): string | undefined {
  const [, letter] = /^Key([A-Z])$/.exec(code) ?? [];
  return letter ?? SHIFTED[code];
}

const isTaken = (event: KeyLike): boolean =>
  event.isComposing || event.keyCode === TAKEN || event.key === 'Process' || event.key === 'Dead';
