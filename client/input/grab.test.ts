/** `Grab` on a page of fakes: what the browser tells it, and what leaves for the other computer. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { InputMessage } from '../../shared/protocol/input';
import { Grab } from './grab';

class FakeElement extends EventTarget {
  value = '';
  readonly parts: FakeElement[] = [];
  readonly setPointerCapture = vi.fn();
  contains(other: FakeElement): boolean {
    return other === this || this.parts.includes(other);
  }
  /** As in a browser the events bubble, and tell where the focus goes. */
  focus(): void {
    moveFocus(this);
  }
}

function moveFocus(to: FakeElement): void {
  const from = focused;
  if (from === to) return;
  focused = to;
  for (const target of up(from)) target.dispatchEvent(event('focusout', { relatedTarget: to }));
  for (const target of up(to)) target.dispatchEvent(event('focusin'));
}
const up = (from: FakeElement | null) => (from ? [from, ...(from === composer ? [picture] : [])] : []);
const event = (type: string, fields: object = {}) =>
  Object.assign(new Event(type, { cancelable: true }), fields);

let focused: FakeElement | null;
let picture: FakeElement;
let composer: FakeElement;
let elsewhere: FakeElement;
let page: EventTarget & { hidden: boolean; inFront: boolean };

beforeEach(() => {
  focused = null;
  [picture, composer, elsewhere] = [new FakeElement(), new FakeElement(), new FakeElement()];
  picture.parts.push(composer);
  const windowEvents = new EventTarget();
  page = Object.assign(new EventTarget(), {
    hidden: false,
    inFront: true,
    fullscreenElement: null,
    hasFocus: () => page.inFront,
  });
  vi.stubGlobal('document', page);
  vi.stubGlobal('Node', FakeElement);
  vi.stubGlobal('addEventListener', windowEvents.addEventListener.bind(windowEvents));
  vi.stubGlobal('dispatchEvent', windowEvents.dispatchEvent.bind(windowEvents));
});
afterEach(() => void vi.unstubAllGlobals());

function start({ enabled = true, composes = true } = {}) {
  const sent: InputMessage[] = [];
  const told: [held: boolean, chord: boolean][] = [];
  const grab = new Grab({
    mac: false,
    send: (message) => sent.push(message) > 0,
    buffered: () => 0,
    frame: (act) => act(),
    enabled: () => enabled,
    composes: () => composes,
    spot: ({ x, y }) => ({ spot: { s: 0, x, y }, inside: x <= 1 && y <= 1 }),
    changed: (held, chord) => told.push([held, chord]),
    pinch: () => true,
    hover: () => undefined,
    pasting: () => null,
  });
  const stop = grab.attach(picture as unknown as HTMLElement, composer as unknown as HTMLTextAreaElement);
  const keyboard = (type: string, code: string, some: object = {}) => {
    const key = /^Key/.test(code) ? code.slice(3).toLowerCase() : code;
    const told = event(type, { ...KEY, code, key, ...some });
    picture.dispatchEvent(told);
    return told;
  };
  const pointer = (type: string, buttons: number, some: object = {}) =>
    picture.dispatchEvent(event(type, { ...KEY, ...POINTER, buttons, ...some }));
  const taken = () => sent.splice(0);
  const down = (code: string, some?: object) => keyboard('keydown', code, some);
  const up = (code: string, some?: object) => keyboard('keyup', code, some);
  return { grab, stop, told, taken, down, up, pointer };
}
const KEY = {
  keyCode: 0,
  repeat: false,
  isComposing: false,
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  metaKey: false,
  getModifierState: () => false,
};
const POINTER = { pointerId: 1, pointerType: 'mouse', clientX: 0.5, clientY: 0.25 };
const key = (code: string, down: boolean): InputMessage => ({ t: 'key', code, down });
const RELEASE: InputMessage = { t: 'release' };

describe('taking over', () => {
  it('begins with a click on the picture, which arrives there too', () => {
    const { grab, pointer, taken, told } = start();
    pointer('pointermove', 0);
    expect([grab.held, taken()]).toEqual([false, []]);
    pointer('pointerdown', 1);
    pointer('pointerup', 0);
    expect(grab.held).toBe(true);
    expect(focused).toBe(composer);
    const at = { s: 0, x: 0.5, y: 0.25, button: 0 };
    expect(taken()).toEqual([
      { t: 'button', ...at, down: true },
      { t: 'button', ...at, down: false },
    ]);
    expect(told).toEqual([[true, false]]);
  });

  it('does not happen where operating is impossible', () => {
    const { grab, pointer, down, taken } = start({ enabled: false });
    pointer('pointerdown', 1);
    grab.take();
    down('KeyA');
    expect([grab.held, taken()]).toEqual([false, []]);
  });

  it('gives the focus to the element itself where the other input method composes', () => {
    const { grab } = start({ composes: false });
    grab.take();
    expect(focused).toBe(picture);
  });
});

describe('keys', () => {
  it('go down once however long they are held, and up again', () => {
    const { grab, down, up, taken } = start();
    grab.take();
    expect(down('KeyA').defaultPrevented).toBe(true);
    down('KeyA', { repeat: true });
    down('KeyA', { repeat: true });
    up('KeyA');
    expect(taken()).toEqual([key('KeyA', true), key('KeyA', false)]);
  });

  it('stay here until the picture was taken', () => {
    const { down, taken } = start();
    expect(down('KeyA').defaultPrevented).toBe(false);
    expect(taken()).toEqual([]);
  });

  it('are let go of when the focus goes elsewhere', () => {
    const { grab, down, up, taken, told } = start();
    grab.take();
    down('ShiftLeft', { shiftKey: true });
    taken();
    elsewhere.focus();
    expect(grab.held).toBe(false);
    expect(taken()).toEqual([RELEASE]);
    expect(told.at(-1)).toEqual([false, false]);
    up('ShiftLeft');
    down('KeyB');
    expect(taken()).toEqual([]);
  });

  it('are let go of when the window goes behind another one, which is taken up again with the focus', () => {
    const { grab, down, taken } = start();
    grab.take();
    down('KeyA');
    taken();
    page.inFront = false;
    picture.dispatchEvent(event('focusout', { relatedTarget: null }));
    expect([grab.held, taken()]).toEqual([false, [RELEASE]]);
    page.inFront = true;
    picture.dispatchEvent(event('focusin'));
    expect(grab.held).toBe(true);
  });

  it.each([
    ['the page is left', () => dispatchEvent(new Event('pagehide'))],
    [
      'the page is hidden',
      () => void ((page.hidden = true), page.dispatchEvent(new Event('visibilitychange'))),
    ],
    ['the picture fills the screen', () => page.dispatchEvent(new Event('fullscreenchange'))],
  ])('are let go of when %s', (_why, happen) => {
    const { grab, down, taken } = start();
    grab.take();
    down('KeyA');
    taken();
    happen();
    expect(taken()).toEqual([RELEASE]);
  });

  it('are let go of with the element', () => {
    const { grab, down, stop, taken } = start();
    grab.take();
    down('KeyA');
    taken();
    stop();
    expect([grab.held, taken()]).toEqual([false, [RELEASE]]);
    down('KeyB');
    expect(taken()).toEqual([]);
  });
});

describe('the chord', () => {
  const CTRL = { ctrlKey: true };
  const ALT = { ...CTRL, altKey: true };
  const ALL = { ...ALT, shiftKey: true };

  it('gives the keyboard back when Ctrl, Alt and Shift are all released', () => {
    const { grab, down, up, taken, told } = start();
    grab.take();
    down('ControlLeft', CTRL);
    down('AltLeft', ALT);
    down('ShiftLeft', ALL);
    up('ShiftLeft', ALT);
    up('AltLeft', CTRL);
    expect(grab.held).toBe(true);
    up('ControlLeft');
    expect(grab.held).toBe(false);
    expect(told.at(-1)).toEqual([false, true]);
    expect(focused).toBe(picture);
    expect(taken().at(-1)).toEqual(RELEASE);
    down('KeyA');
    expect(taken()).toEqual([]);
  });

  it('is none with another key or a click in between', () => {
    const { grab, down, up, pointer } = start();
    grab.take();
    const press = (between: () => void) => {
      down('ControlLeft', CTRL);
      down('AltLeft', ALT);
      down('ShiftLeft', ALL);
      between();
      for (const code of ['ShiftLeft', 'AltLeft', 'ControlLeft']) up(code);
    };
    press(() => void (down('KeyS', ALL), up('KeyS', ALL)));
    press(() => void (pointer('pointerdown', 1, ALL), pointer('pointerup', 0, ALL)));
    expect(grab.held).toBe(true);
  });
});

it('writes what the own input method composed', () => {
  const { grab, taken } = start();
  grab.take();
  composer.dispatchEvent(event('compositionend', { data: '日本語' }));
  expect(taken()).toEqual([{ t: 'text', text: '日本語' }]);
  grab.release();
  taken();
  composer.dispatchEvent(event('compositionend', { data: 'after' }));
  expect(taken()).toEqual([]);
});
