/** The window with the conversation: a frame of the server's page, made when it is wanted for the first time. */
import type { ToChatFrame } from '../../shared/protocol/embed-frame';
import { element, icon, shadowed } from './element';
import { addressOf, type Options } from './options';
import { PANEL } from './styles';
import { TEXTS } from './texts';

/** A conversation goes on: the next page of the site brings the window back, open or not. Lives as long as the tab. */
const KEPT = 'tasuki';

/** `FromChatFrame`, of which a page so small only looks at what it needs. */
type Heard = Partial<Record<'tasuki' | 'count' | 'on' | 'large', unknown>> | null | undefined;

interface Events {
  opened(open: boolean): void;
  unread(count: number): void;
  going(on: boolean): void;
  /** Put away by the person, who is to find themselves where they were. */
  left(): void;
}

export class Panel {
  readonly host: HTMLElement;
  readonly #window: HTMLElement;
  readonly #frame: HTMLIFrameElement;
  readonly #origin: string;
  #open = false;
  /** Until the window says otherwise, as it was on the page before. */
  #going = keptWindow() !== null;

  constructor(
    options: Options,
    private readonly events: Events,
  ) {
    const { online, close } = TEXTS[options.language];
    const { origin, language, key, position } = options;
    const cross = element('button', { type: 'button', 'aria-label': close }, icon('M6 6l12 12M18 6L6 18'));
    cross.addEventListener('click', () => this.leave());
    this.#origin = origin;
    this.#frame = element('iframe', {
      title: online,
      allow: 'display-capture; clipboard-write; autoplay; fullscreen',
      src: addressOf(options, '/chat', { lang: language, host: location.origin, ...(key && { key }) }),
    });
    this.#window = element(
      'div',
      { role: 'dialog', 'aria-label': online, lang: language, side: position, away: '' },
      element('p', {}, element('span', {}, online), cross),
      this.#frame,
    );
    this.#window.addEventListener('keydown', ({ key }) => key === 'Escape' && this.leave());
    this.host = shadowed('tasuki-chat', PANEL, this.#window);
    addEventListener('message', (event: MessageEvent<Heard>) => this.#hear(event));
  }

  /** @param byPerson the keyboard goes along only with somebody who asked for it */
  open(byPerson: boolean): void {
    this.#show(true);
    if (byPerson) this.#frame.focus();
  }

  close(): void {
    this.#show(false);
  }

  leave(): void {
    this.close();
    this.events.left();
  }

  #show(open: boolean): void {
    this.#open = open;
    this.#window.toggleAttribute('away', !open);
    this.events.opened(open);
    this.#tell();
    this.#remember();
  }

  #tell(): void {
    const message: ToChatFrame = this.#open
      ? { tasuki: 'open', page: location.href.slice(0, 2000), title: document.title }
      : { tasuki: 'close' };
    this.#frame.contentWindow?.postMessage(message, this.#origin);
  }

  #hear({ data, origin, source }: MessageEvent<Heard>): void {
    if (origin !== this.#origin || source !== this.#frame.contentWindow) return;
    if (data?.tasuki === 'ready') this.#tell();
    if (data?.tasuki === 'open') this.open(false);
    if (data?.tasuki === 'close') this.leave();
    if (data?.tasuki === 'size') this.#window.toggleAttribute('large', data.large === true);
    if (data?.tasuki === 'unread') this.events.unread(Number(data.count) || 0);
    if (data?.tasuki === 'going') {
      this.#going = data.on === true;
      this.events.going(this.#going);
      this.#remember();
    }
  }

  #remember(): void {
    try {
      if (this.#going) sessionStorage.setItem(KEPT, this.#open ? 'open' : 'away');
      else sessionStorage.removeItem(KEPT);
    } catch {
      // A page without storage: the button is still there.
    }
  }
}

/** How the window stood on the page before, if a conversation goes on in it. */
export function keptWindow(): string | null {
  try {
    return sessionStorage.getItem(KEPT);
  } catch {
    return null;
  }
}
