/** One button. It takes its place at once and shows itself when the server has said what to show. */
import type { ButtonState } from '../../shared/protocol/embed';
import { element, shadowed } from './element';
import type { Options } from './options';
import type { WindowState } from './panel';
import type { Watch } from './presence';
import { TEXTS } from './texts';

export interface Button {
  readonly host: HTMLElement;
  readonly options: Options;
  readonly script: HTMLScriptElement;
  focus(): void;
  /** The window has changed. */
  show(): void;
  remove(): void;
}

/** @param panel how the window stands, at any time */
export function createButton(
  options: Options,
  script: HTMLScriptElement,
  panel: Readonly<WindowState>,
  watch: Watch,
  press: (button: Button) => void,
): Button {
  const texts = TEXTS[options.language];
  const badge = element('b');
  const button = element('button', { type: 'button', 'aria-haspopup': 'dialog', hidden: '' });
  const host = shadowed('tasuki-button', button);
  let state: ButtonState | undefined;
  let shown = '';

  if (options.position === 'inline') placeInline(host, script);
  else host.setAttribute('fixed', options.position);

  const show = () => {
    const { open, going, unread } = panel;
    button.ariaExpanded = `${open}`;
    if (!state) return;
    // A conversation goes on: the way to it stays, whoever is there for new ones.
    const { online, offlineMessages, picture } = state;
    const there = online || going;
    const name = there || !offlineMessages ? texts.online : texts.offline;
    badge.hidden = !unread;
    badge.textContent = unread > 99 ? '99+' : `${unread}`;
    // It is known by one name in every state, and what is seen is part of it.
    const known = name === texts.online ? name : `${texts.online} – ${name}`;
    button.ariaLabel = known + (unread ? ` (${unread})` : '');
    // The company's own picture of being closed (RS-32) stays in sight.
    const next = there || offlineMessages || picture ? [name, picture].join() : '';
    if (next === shown) return;
    shown = next;
    const fill = (look: string, content: Node | string) => {
      if (next !== shown) return; // a picture that comes too late
      button.className = look;
      button.replaceChildren(content, badge);
      button.hidden = !next;
    };
    const drawn = () => fill('own', name);
    if (!next || !picture) return drawn();
    // Only when it has arrived, so that nothing on the page moves.
    const image = element('img', { alt: '' });
    image.onload = () => fill('pic', image);
    image.onerror = drawn;
    image.src = new URL(picture, options.origin).href;
  };
  const release = watch((told) => {
    state = told;
    show();
  });
  const made: Button = {
    host,
    options,
    script,
    focus: () => button.focus(),
    show,
    remove() {
      release();
      host.remove();
    },
  };
  button.onclick = () => press(made);
  return made;
}

/** Where the script stands, in place of the placeholder before it, which kept the room. */
function placeInline(host: HTMLElement, script: HTMLScriptElement): void {
  const place = script.previousElementSibling;
  if (!place?.matches('svg[data-tasuki]')) return script.before(host);
  const { width, height, display, verticalAlign } = getComputedStyle(place);
  Object.assign(host.style, { width, height, verticalAlign, ...(display !== 'inline' && { display }) });
  place.replaceWith(host);
}
