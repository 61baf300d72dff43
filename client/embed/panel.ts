/** The window with the conversation: a frame of the server's page, made when it is wanted for the first time. */
import type { ToChatFrame } from '../../shared/protocol/embed-frame';
import { element, shadowed } from './element';
import { addressOf, type Options } from './options';
import { TEXTS } from './texts';

export interface WindowState {
  open: boolean;
  /** A conversation goes on: the next page of the site brings the window back, open or not. */
  going: boolean;
  /** Messages that wait to be read. */
  unread: number;
}

export interface Panel {
  readonly host: HTMLElement;
  /** @param byPerson somebody asked for it, and the keyboard goes along */
  show(open: boolean, byPerson?: boolean): void;
}

/** `FromChatFrame`, of which a page so small only looks at what it needs. */
type Heard = Partial<Record<'tasuki' | 'count' | 'on' | 'large', unknown>> | null;

/**
 * @param changed told after every change of `state`
 * @param left put away by the person, who is to find themselves where they were
 */
export function createPanel(
  options: Options,
  state: WindowState,
  changed: () => void,
  left: () => void,
): Panel {
  const { origin, language, key, position } = options;
  const { online, close } = TEXTS[language];
  const frame = element('iframe', {
    title: online,
    allow: 'display-capture; clipboard-write; autoplay; fullscreen',
    src: addressOf(options, '/chat', { lang: language, host: location.origin, key }),
  });
  // Until the page in the frame has one of its own: a page that does not come must not cover a phone for ever.
  const cross = element('button', { type: 'button', 'aria-label': close }, '✕');
  const dialog = element(
    'div',
    { role: 'dialog', 'aria-label': online, lang: language, fixed: position, away: '' },
    frame,
    cross,
  );

  let wanted: boolean | undefined;

  /** Once the page is there, and whenever the window is shown or put away. */
  const greet = () => {
    const message: ToChatFrame = state.open
      ? { tasuki: 'open', page: location.href.slice(0, 2000), title: document.title }
      : { tasuki: 'close' };
    frame.contentWindow?.postMessage(message, origin);
    // A frame that has no page yet would not hand the keyboard on to it.
    if (wanted && !cross.isConnected) frame.focus();
  };
  const set = (change: Partial<WindowState>) => {
    const { open, going } = Object.assign(state, change);
    storage((kept) => kept.setItem(KEPT, going ? (open ? 'open' : 'away') : ''));
    changed();
  };
  const show = (open: boolean, byPerson?: boolean) => {
    wanted = byPerson;
    dialog.toggleAttribute('away', !open);
    set({ open });
    greet();
  };
  const leave = () => {
    show(false);
    left();
  };

  cross.onclick = leave;
  addEventListener('message', ({ data, origin: from, source }: MessageEvent<Heard>) => {
    if (from !== origin || source !== frame.contentWindow) return;
    const is = (what: string) => data?.tasuki === what;
    if (is('ready')) {
      cross.remove();
      greet();
    }
    if (is('close')) leave();
    if (is('size')) dialog.toggleAttribute('large', !!data?.large);
    if (is('unread')) set({ unread: (data?.count as number) | 0 });
    if (is('going')) set({ going: !!data?.on });
  });

  return { host: shadowed('tasuki-chat', dialog), show };
}

/** Lives as long as the tab. */
const KEPT = 'tasuki';

/** How the window stood on the page before, if a conversation goes on in it; otherwise nothing. */
export const keptWindow = () => storage((kept) => kept.getItem(KEPT));

function storage<T>(act: (storage: Storage) => T): T | undefined {
  try {
    return act(sessionStorage);
  } catch {
    return; // A page without storage: the button is still there.
  }
}
