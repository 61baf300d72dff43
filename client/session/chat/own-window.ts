/**
 * The chat goes on in a window of its own, where the frame it stood in may not capture. What the window needs contains a
 * key, so it travels in one message between two pages of the same origin, once:
 *
 * ```
 * frame                                   window of its own
 *   │ window.open(url#own) ───────────────────▶ │
 *   │ ◀────────── tasuki:own-window {t: 'ready'} │
 *   │ ── tasuki:own-window {t: 'take', data} ──▶ │
 * ```
 */
import type { z } from '../../../shared/protocol/zod';

export const OWN_MARK = '#own';
const OPEN_WAIT_MS = 30_000;
const TAKE_WAIT_MS = 5_000;
const FEATURES = 'popup,width=520,height=760';

interface Said {
  tasuki: 'own-window';
  t: 'ready' | 'take';
  data?: unknown;
}

/** What both ends need of the browser; tests put something else in its place. */
export interface Windows {
  origin: string;
  opener: Pick<Window, 'postMessage'> | null;
  open(url: string): Pick<Window, 'postMessage'> | null;
  /** Takes the mark out of the address: after a reload this browser has the conversation itself. */
  unmark(): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  removeEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

const browserWindows = (): Windows => ({
  origin: location.origin,
  opener: window.opener as Window | null,
  open: (url) => window.open(url, '_blank', FEATURES),
  unmark: () => history.replaceState(history.state, '', location.pathname + location.search),
  addEventListener: (type, listener) => window.addEventListener(type, listener),
  removeEventListener: (type, listener) => window.removeEventListener(type, listener),
});

/** Only what a page of ours in that very window says. */
function hear(windows: Windows, from: unknown, t: Said['t'], waitMs: number): Promise<Said | null> {
  return new Promise((resolve) => {
    const finish = (said: Said | null) => {
      clearTimeout(timer);
      windows.removeEventListener('message', listener);
      resolve(said);
    };
    const listener = ({ source, origin, data }: MessageEvent) => {
      const said = data as Partial<Said> | null;
      if (source === from && origin === windows.origin && said?.tasuki === 'own-window' && said.t === t)
        finish(said as Said);
    };
    const timer = setTimeout(() => finish(null), waitMs);
    windows.addEventListener('message', listener);
  });
}

/**
 * Opens the window and hands the conversation over; call it from a click.
 * @param url of the chat, without a fragment
 * @returns false when the browser did not open it, or nothing there asked for the conversation
 */
export async function goOnInOwnWindow(
  url: string,
  data: object,
  windows = browserWindows(),
): Promise<boolean> {
  const opened = windows.open(url + OWN_MARK);
  if (!opened) return false;
  if (!(await hear(windows, opened, 'ready', OPEN_WAIT_MS))) return false;
  opened.postMessage({ tasuki: 'own-window', t: 'take', data } satisfies Said, windows.origin);
  return true;
}

/**
 * In the window: asks the frame that opened it for the conversation.
 * @param hash the address's fragment; without the mark nobody is asked
 * @returns null when there is none, or it has not the right shape
 */
export async function takeConversation<T>(
  schema: z.ZodType<T>,
  hash: string,
  windows = browserWindows(),
): Promise<T | null> {
  const { opener } = windows;
  if (hash !== OWN_MARK) return null;
  windows.unmark();
  if (!opener) return null;
  const answer = hear(windows, opener, 'take', TAKE_WAIT_MS);
  opener.postMessage({ tasuki: 'own-window', t: 'ready' } satisfies Said, windows.origin);
  const parsed = schema.safeParse((await answer)?.data);
  return parsed.success ? parsed.data : null;
}

/** Whether this page may capture: a frame may only where the page around it lets it. `unknown`: the browser does not say. */
export function captureAllowed(
  page: Document = document,
  framed = window.top !== window.self,
): boolean | 'unknown' {
  if (!framed) return true;
  const { featurePolicy } = page as { featurePolicy?: { allowsFeature?(name: string): boolean } };
  return featurePolicy?.allowsFeature?.('display-capture') ?? 'unknown';
}
