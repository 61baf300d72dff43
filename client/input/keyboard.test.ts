import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputMessage } from '../../shared/protocol/input';
import { Keyboard, type KeyLike } from './keyboard';

/** A key as a browser tells of it, with the modifiers that are down besides. */
function event(code: string, some: Partial<KeyLike> & { altGraph?: boolean } = {}): KeyLike {
  return {
    code,
    key: code.replace(/^Key|Left$|Right$/g, '').toLowerCase(),
    keyCode: 65,
    repeat: false,
    isComposing: false,
    ctrlKey: false,
    altKey: false,
    shiftKey: false,
    metaKey: false,
    getModifierState: (name) => name === 'AltGraph' && some.altGraph === true,
    ...some,
  };
}
const CTRL = { ctrlKey: true };

/** What the sent messages do to the other computer's keys. @throws for a key pressed twice or let go twice */
class Remote {
  readonly down = new Set<string>();
  take(messages: InputMessage[]): this {
    for (const message of messages) {
      InputMessage.parse(message);
      if (message.t === 'release') this.down.clear();
      if (message.t !== 'key') continue;
      if (this.down.has(message.code) === message.down) throw new Error(`${message.code} twice`);
      if (message.down) this.down.add(message.code);
      else this.down.delete(message.code);
    }
    return this;
  }
}
const shown = (messages: InputMessage[]) =>
  messages.map((each) => (each.t === 'key' ? `${each.down ? '+' : '-'}${each.code}` : each.t));

describe('the keyboard', () => {
  it('sends physical keys once, whatever they write and however long they are held', () => {
    const keyboard = new Keyboard(false);
    expect(shown(keyboard.down(event('KeyA', { key: 'ф' }), true).send)).toEqual(['+KeyA']);
    expect(keyboard.down(event('KeyA', { repeat: true }), true)).toEqual({ send: [], prevent: true });
    expect(shown(keyboard.up(event('KeyA')).send)).toEqual(['-KeyA']);
    expect(keyboard.up(event('KeyA')).send).toEqual([]);
  });

  it('keeps Tab, F5 and shortcuts from the own browser', () => {
    for (const code of ['Tab', 'F5', 'Escape', 'KeyR', 'AltLeft']) {
      expect(new Keyboard(false).down(event(code, CTRL), true).prevent).toBe(true);
    }
  });

  it.each(['IntlRo', 'IntlYen', 'Convert', 'NonConvert', 'KanaMode', 'Lang1', 'Lang2', 'Backquote'])(
    'sends the Japanese key %s while the own input method is off',
    (code) => {
      const keyboard = new Keyboard(false);
      expect(shown(keyboard.down(event(code, { key: 'x' }), true).send)).toEqual([`+${code}`]);
      expect(shown(keyboard.up(event(code, { key: code })).send)).toEqual([`-${code}`]);
    },
  );

  it('makes a whole stroke of 半角/全角, whose keyup may never come', () => {
    const keyboard = new Keyboard(false);
    const hankaku = event('Backquote', { key: 'Hankaku', keyCode: 243 });
    expect(shown(keyboard.down(hankaku, true).send)).toEqual(['+Backquote', '-Backquote']);
    expect(keyboard.up(event('Backquote', { key: 'Zenkaku', keyCode: 244 })).send).toEqual([]);
  });

  it.each<[string, Partial<KeyLike>]>([
    ['the first key of a composition', { keyCode: 229, key: 'Process' }],
    ['a key within it', { isComposing: true }],
    ['a dead key', { key: 'Dead' }],
  ])('leaves %s to the own input method, and its keyup too', (_name, some) => {
    const keyboard = new Keyboard(false);
    expect(keyboard.down(event('KeyK', some), true)).toEqual({ send: [], prevent: false });
    expect(keyboard.up(event('KeyK')).send).toEqual([]);
    // With their input method every key is a key.
    expect(shown(keyboard.down(event('KeyK', some), false).send)).toEqual(['+KeyK']);
  });

  it('lets a key go that was pressed before a composition began', () => {
    const keyboard = new Keyboard(false);
    keyboard.down(event('ShiftLeft'), true);
    keyboard.down(event('KeyK', { keyCode: 229, shiftKey: true }), true);
    expect(shown(keyboard.up(event('ShiftLeft', { isComposing: true, keyCode: 229 })).send)).toEqual([
      '-ShiftLeft',
    ]);
  });

  it('types what a keyboard on the screen gives without pressing Shift', () => {
    const keyboard = new Keyboard(false);
    for (const [code, key] of [
      ['KeyH', 'H'],
      ['Digit1', '!'],
      ['Backquote', '~'],
    ] as const) {
      expect(keyboard.down(event(code, { key }), true).send).toEqual([{ t: 'text', text: key }]);
      expect(keyboard.up(event(code, { key })).send).toEqual([]);
    }
    // With Shift, with Caps Lock, in a shortcut, on a Japanese keyboard: keys.
    keyboard.down(event('ShiftLeft', { shiftKey: true }), true);
    expect(shown(keyboard.down(event('KeyH', { key: 'H', shiftKey: true }), true).send)).toEqual(['+KeyH']);
    keyboard.clear();
    const caps = { key: 'H', getModifierState: (name: string) => name === 'CapsLock' };
    expect(shown(keyboard.down(event('KeyH', caps), true).send)).toEqual(['+KeyH']);
    expect(shown(keyboard.down(event('BracketLeft', { key: '@' }), true).send)).toEqual(['+BracketLeft']);
  });

  it('knows the keys of a keyboard on the screen, and none that has no name', () => {
    const keyboard = new Keyboard(false);
    expect(shown(keyboard.down(event('', { key: 'Enter' }), true).send)).toEqual(['+Enter']);
    expect(keyboard.down(event('', { key: 'Unidentified', keyCode: 229 }), true)).toEqual({
      send: [],
      prevent: false,
    });
    expect(keyboard.down(event('Unidentified'), true).send).toEqual([]);
    expect(keyboard.down(event('<script>'), true).send).toEqual([]);
  });

  it('lets go of modifiers whose keyup went elsewhere', () => {
    const keyboard = new Keyboard(false);
    keyboard.down(event('ControlLeft', CTRL), true);
    keyboard.down(event('AltLeft', { ...CTRL, altKey: true }), true);
    expect(shown(keyboard.reconcile(event('', CTRL)))).toEqual(['-AltLeft']);
    expect(shown(keyboard.down(event('KeyB'), true).send)).toEqual(['-ControlLeft', '+KeyB']);
  });

  it('presses modifiers whose keydown it did not hear, so that no half of a combination goes over', () => {
    const keyboard = new Keyboard(false);
    expect(shown(keyboard.down(event('KeyV', CTRL), true).send)).toEqual(['+ControlLeft', '+KeyV']);
    expect(shown(keyboard.down(event('KeyC', CTRL), true).send)).toEqual(['+KeyC']);
    expect(shown(keyboard.reconcile(event('')))).toEqual(['-ControlLeft']);
  });

  it('leaves AltGr alone, under which Windows hides Ctrl and Alt', () => {
    const keyboard = new Keyboard(false);
    keyboard.down(event('ControlLeft', CTRL), true);
    keyboard.down(event('AltRight', { key: 'AltGraph', altGraph: true }), true);
    expect(shown(keyboard.down(event('KeyQ', { altGraph: true }), true).send)).toEqual(['+KeyQ']);
  });

  describe('on a Mac', () => {
    const COMMAND = { metaKey: true };
    it('makes whole strokes of what is pressed under Command, again and again', () => {
      const keyboard = new Keyboard(true);
      const remote = new Remote().take(keyboard.down(event('MetaLeft', COMMAND), true).send);
      for (const repeat of [false, true, true]) {
        expect(shown(keyboard.down(event('KeyZ', { ...COMMAND, repeat }), true).send)).toEqual([
          '+KeyZ',
          '-KeyZ',
        ]);
      }
      remote.take(keyboard.up(event('MetaLeft')).send);
      expect(remote.down.size).toBe(0);
    });

    it('lets go of what was down before Command when Command goes up', () => {
      const keyboard = new Keyboard(true);
      const remote = new Remote();
      remote.take(keyboard.down(event('KeyC'), true).send);
      remote.take(keyboard.down(event('MetaLeft', COMMAND), true).send);
      remote.take(keyboard.up(event('MetaLeft')).send);
      expect([...remote.down]).toEqual([]);
    });

    it('makes a stroke of each half of Caps Lock', () => {
      const keyboard = new Keyboard(true);
      expect(shown(keyboard.down(event('CapsLock'), true).send)).toEqual(['+CapsLock', '-CapsLock']);
      expect(shown(keyboard.up(event('CapsLock')).send)).toEqual(['+CapsLock', '-CapsLock']);
    });
  });
});

describe('the chord that gives the keyboard back', () => {
  /** `+Code` and `-Code`; @returns whether it was completed */
  const press = (keyboard: Keyboard, ...keys: string[]) => {
    const held = new Set<string>();
    const now = () => ({
      ctrlKey: [...held].some((each) => each.startsWith('Control')),
      altKey: [...held].some((each) => each.startsWith('Alt')),
      shiftKey: [...held].some((each) => each.startsWith('Shift')),
    });
    return keys.some((each) => {
      const code = each.slice(1);
      if (each.startsWith('+')) held.add(code);
      else held.delete(code);
      const like = event(code, now());
      return (each.startsWith('+') ? keyboard.down(like, true) : keyboard.up(like)).leave === true;
    });
  };
  const [ctrl, alt, shift] = ['ControlLeft', 'AltLeft', 'ShiftRight'];

  it.each([
    [true, 'in this order', [`+${ctrl}`, `+${alt}`, `+${shift}`, `-${shift}`, `-${alt}`, `-${ctrl}`]],
    [true, 'in any order', [`+${shift}`, `+${ctrl}`, `+${alt}`, `-${ctrl}`, `-${shift}`, `-${alt}`]],
    [
      false,
      'with a further key',
      [`+${ctrl}`, `+${alt}`, `+${shift}`, '+KeyK', '-KeyK', `-${shift}`, `-${alt}`, `-${ctrl}`],
    ],
    [false, 'two of three', [`+${ctrl}`, `+${alt}`, `-${alt}`, `-${ctrl}`]],
    [false, 'one after the other', [`+${ctrl}`, `-${ctrl}`, `+${alt}`, `-${alt}`, `+${shift}`, `-${shift}`]],
    [
      false,
      'with Meta',
      [`+MetaLeft`, `+${ctrl}`, `+${alt}`, `+${shift}`, `-MetaLeft`, `-${shift}`, `-${alt}`, `-${ctrl}`],
    ],
    [false, 'while still held', [`+${ctrl}`, `+${alt}`, `+${shift}`, `-${shift}`]],
  ])('%s: %s', (complete, _how, keys) => {
    expect(press(new Keyboard(false), ...keys)).toBe(complete);
  });

  it('works again and again, and not while a button is used', () => {
    const keyboard = new Keyboard(false);
    const all = [`+${ctrl}`, `+${alt}`, `+${shift}`, `-${shift}`, `-${alt}`, `-${ctrl}`];
    expect(press(keyboard, ...all)).toBe(true);
    expect(press(keyboard, ...all)).toBe(true);
    press(keyboard, ...all.slice(0, 3));
    keyboard.spoilChord();
    expect(press(keyboard, ...all.slice(3))).toBe(false);
    expect(press(keyboard, ...all)).toBe(true);
  });

  it('is not AltGr + Shift', () => {
    const keyboard = new Keyboard(false);
    keyboard.down(event('ControlLeft', CTRL), true);
    keyboard.down(event('AltRight', { key: 'AltGraph', altGraph: true }), true);
    keyboard.down(event('ShiftLeft', { altGraph: true, shiftKey: true }), true);
    for (const code of ['ShiftLeft', 'AltRight', 'ControlLeft'])
      expect(keyboard.up(event(code)).leave).toBe(false);
  });
});

it('leaves no key down after any sequence of events and a release', () => {
  const codes = [
    'KeyA',
    'KeyV',
    'ShiftLeft',
    'ControlLeft',
    'AltRight',
    'MetaLeft',
    'CapsLock',
    'Backquote',
    'Enter',
    '',
  ];
  const keys = ['a', 'A', 'Process', 'Dead', 'Hankaku', 'AltGraph', 'Enter', 'Unidentified'];
  const act = fc.record({
    what: fc.constantFrom('down', 'up', 'reconcile', 'spoil', 'release'),
    composes: fc.boolean(),
    code: fc.constantFrom(...codes),
    key: fc.constantFrom(...keys),
    keyCode: fc.constantFrom(65, 229, 243),
    repeat: fc.boolean(),
    isComposing: fc.boolean(),
    ctrlKey: fc.boolean(),
    altKey: fc.boolean(),
    shiftKey: fc.boolean(),
    metaKey: fc.boolean(),
    altGraph: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.boolean(), fc.array(act, { maxLength: 60 }), (mac, acts) => {
      const keyboard = new Keyboard(mac);
      const remote = new Remote();
      for (const { what, composes, code, ...some } of acts) {
        const like = event(code, some);
        if (what === 'down') remote.take(keyboard.down(like, composes).send);
        if (what === 'up') remote.take(keyboard.up(like).send);
        if (what === 'reconcile') remote.take(keyboard.reconcile(like));
        if (what === 'spoil') keyboard.spoilChord();
        if (what === 'release') {
          keyboard.clear();
          remote.take([{ t: 'release' }]);
        }
        // What we believe to be down over there is what is down over there.
        expect([...remote.down].sort()).toEqual([...keyboard.held].sort());
      }
      keyboard.clear();
      remote.take([{ t: 'release' }]);
      expect(keyboard.held.size + remote.down.size).toBe(0);
    }),
    { numRuns: 500 },
  );
});
