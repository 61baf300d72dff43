import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from '../../../shared/protocol/zod';
import { captureAllowed, goOnInOwnWindow, OWN_MARK, takeConversation, type Windows } from './own-window';

const OURS = 'https://support.example';
const Shape = z.strictObject({ chatId: z.string() });
const URL = '/chat?owner=ABCDEFGH';

/** A page that can be posted to; messages arrive in a later turn, as in a browser. */
class Page {
  readonly listeners = new Set<(event: MessageEvent) => void>();
  readonly got: unknown[] = [];
  opener: Pick<Window, 'postMessage'> | null = null;
  marked = true;
  constructor(readonly origin = OURS) {}

  /** How `from` sees this page. */
  seenBy(from: Page, source: () => unknown): Pick<Window, 'postMessage'> {
    const postMessage = (data: unknown, target: string) => {
      if (target !== this.origin) return;
      this.got.push(data);
      queueMicrotask(() => {
        for (const listener of this.listeners)
          listener({ data, origin: from.origin, source: source() } as MessageEvent);
      });
    };
    return { postMessage } as Pick<Window, 'postMessage'>;
  }

  windows(open: (url: string) => Pick<Window, 'postMessage'> | null = () => null): Windows {
    return {
      origin: this.origin,
      opener: this.opener,
      open,
      unmark: () => (this.marked = false),
      addEventListener: (_, listener) => void this.listeners.add(listener),
      removeEventListener: (_, listener) => void this.listeners.delete(listener),
    };
  }
}

/** A frame and a window that see each other. */
function pair(windowOrigin = OURS) {
  const [frame, own] = [new Page(), new Page(windowOrigin)];
  const asSeen: Pick<Window, 'postMessage'>[] = [];
  const ownAsSeen = own.seenBy(frame, () => asSeen[0]);
  const frameAsSeen = frame.seenBy(own, () => ownAsSeen);
  asSeen.push(frameAsSeen);
  own.opener = frameAsSeen;
  return { frame, own, ownAsSeen };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('a window of its own', () => {
  it('is handed the conversation once it asks', async () => {
    const { frame, own, ownAsSeen } = pair();
    const opened: string[] = [];
    const gone = goOnInOwnWindow(
      URL,
      { chatId: 'x' },
      frame.windows((url) => (opened.push(url), ownAsSeen)),
    );
    const taken = takeConversation(Shape, OWN_MARK, own.windows());
    expect([await taken, await gone]).toEqual([{ chatId: 'x' }, true]);
    expect(opened).toEqual([URL + OWN_MARK]);
    expect([frame.listeners.size, own.listeners.size]).toEqual([0, 0]);
    expect(own.marked).toBe(false);
  });

  it('of another origin is told nothing', async () => {
    const { frame, own, ownAsSeen } = pair('https://evil.example');
    const gone = goOnInOwnWindow(
      URL,
      { chatId: 'x' },
      frame.windows(() => ownAsSeen),
    );
    own.opener?.postMessage({ tasuki: 'own-window', t: 'ready' }, OURS);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await gone).toBe(false);
    expect(own.got).toEqual([]);
  });

  it('hears nobody but the page that opened it', async () => {
    const { own } = pair();
    const stranger = new Page();
    const taken = takeConversation(Shape, OWN_MARK, own.windows());
    own
      .seenBy(stranger, () => ({}))
      .postMessage({ tasuki: 'own-window', t: 'take', data: { chatId: 'forged' } }, OURS);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await taken).toBeNull();
  });

  it('takes nothing of another shape, and asks nobody without the mark', async () => {
    const { frame, own, ownAsSeen } = pair();
    expect(await takeConversation(Shape, '', own.windows())).toBeNull();
    expect(frame.got).toEqual([]);
    const gone = goOnInOwnWindow(
      URL,
      { chatId: 1, more: true },
      frame.windows(() => ownAsSeen),
    );
    expect(await takeConversation(Shape, OWN_MARK, own.windows())).toBeNull();
    expect(await gone).toBe(true);
  });

  it('that the browser does not open is known at once', async () => {
    expect(await goOnInOwnWindow(URL, {}, new Page().windows())).toBe(false);
  });
});

describe('whether a frame may capture', () => {
  const page = (allows?: boolean) =>
    (allows === undefined ? {} : { featurePolicy: { allowsFeature: () => allows } }) as Document;

  it('is what the page around it allows, as far as the browser tells', () => {
    expect(captureAllowed(page(false), false)).toBe(true);
    expect(captureAllowed(page(false), true)).toBe(false);
    expect(captureAllowed(page(true), true)).toBe(true);
    expect(captureAllowed(page(), true)).toBe('unknown');
  });
});
