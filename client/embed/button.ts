/** One button. It takes its place at once and shows itself when the server has said what to show. */
import type { ButtonState } from '../../shared/protocol/embed';
import { element, icon, shadowed } from './element';
import type { Options } from './options';
import { BUTTON } from './styles';
import { TEXTS } from './texts';

const BUBBLE = 'M4 5h16v11H10l-4.5 4v-4H4z';
/** For a snippet without a placeholder. */
const SIZE = { width: '180', height: '56' };

export class Button {
  readonly host: HTMLElement;
  readonly #button = element('button', { type: 'button', 'aria-haspopup': 'dialog', hidden: '' });
  readonly #badge = element('b', { hidden: '' });
  #name = '';
  /** Changes with everything that is to be shown. */
  #turn = 0;
  #state: ButtonState | null = null;
  #going = false;

  constructor(
    readonly options: Options,
    readonly script: HTMLScriptElement,
    press: () => void,
  ) {
    this.#button.addEventListener('click', press);
    this.host = shadowed('tasuki-button', BUTTON, this.#button);
    this.expanded(false);
    if (options.position === 'inline') this.#placeInline();
    else this.host.setAttribute('fixed', options.position);
  }

  get fixed(): boolean {
    return this.host.hasAttribute('fixed');
  }

  focus(): void {
    this.#button.focus();
  }

  /** Whether the window is open, as screen readers tell it. */
  expanded(open: boolean): void {
    this.#button.setAttribute('aria-expanded', String(open));
  }

  /** How many messages wait to be read. */
  unread(count: number): void {
    this.#badge.hidden = count === 0;
    this.#badge.textContent = count > 99 ? '99+' : String(count);
    this.#badge.setAttribute('aria-label', `${count} ${TEXTS[this.options.language].unread}`);
    this.#badge.setAttribute('role', 'img');
  }

  /** A conversation goes on: the way to it stays, whoever is there for new ones. */
  going(on: boolean): void {
    this.#going = on;
    if (this.#state) this.show(this.#state);
  }

  show(state: ButtonState): void {
    this.#state = state;
    const { online, offlineMessages, picture } = state;
    const texts = TEXTS[this.options.language];
    this.#name = online || this.#going ? texts.online : texts.offline;
    this.#turn++;
    if (!online && !offlineMessages && !this.#going) this.#button.hidden = true;
    else if (picture) this.#showPicture(picture);
    else this.#fill('', icon(BUBBLE), this.#name);
  }

  /** Only when it has arrived, so that nothing on the page moves. */
  #showPicture(picture: string): void {
    const image = element('img', { alt: this.#name });
    const turn = this.#turn;
    const late = () => turn !== this.#turn;
    image.onload = () => late() || this.#fill('pic', image);
    image.onerror = () => late() || this.#fill('', icon(BUBBLE), this.#name);
    image.src = new URL(picture, this.options.origin).href;
  }

  #fill(look: string, ...content: (Node | string)[]): void {
    this.#button.className = look;
    this.#button.replaceChildren(...content, this.#badge);
    this.#button.hidden = false;
  }

  /** Where the script stands, in place of the placeholder that kept the room for it. */
  #placeInline(): void {
    const place = this.script.nextElementSibling;
    const kept = place?.matches('svg[data-tasuki]') ? place : null;
    for (const side of ['width', 'height'] as const) {
      this.host.style[side] = `${parseInt(kept?.getAttribute(side) ?? SIZE[side])}px`;
    }
    if (kept) kept.replaceWith(this.host);
    else this.script.after(this.host);
  }
}
