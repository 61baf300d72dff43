/** All buttons of the page, the one window that they open, and their stay on pages that change under them. */
import { Button } from './button';
import { addressOf, isSame, optionsOf, type Options } from './options';
import { keptWindow, Panel } from './panel';
import { Presence } from './presence';

export class Site {
  readonly #buttons = new Map<Button, () => void>();
  readonly #presences = new Map<string, Presence>();
  readonly #observer = new MutationObserver(() => this.#stay());
  #panel: Panel | null = null;
  #pressed: Button | null = null;

  /** A snippet was met. */
  add(script: HTMLScriptElement): void {
    const options = optionsOf(script);
    if (!options) return;
    this.#forget(options);
    const button = new Button(options, script, () => this.#press(button));
    const address = addressOf(options, '/api/chat/presence');
    const presence = this.#presences.get(address) ?? new Presence(address);
    this.#presences.set(address, presence);
    this.#buttons.set(
      button,
      presence.watch((state) => button.show(state)),
    );
    this.#stay();
    // In the head there is no body yet.
    document.addEventListener('DOMContentLoaded', () => this.#stay());
    const kept = this.#panel ? null : keptWindow();
    if (kept) this.#make(options);
    if (kept === 'open') this.#panel?.open(false);
  }

  /** As if the first button had been pressed. */
  open(): void {
    const [button] = this.#buttons.keys();
    if (button) this.#press(button);
  }

  close(): void {
    this.#panel?.close();
  }

  #press(button: Button): void {
    this.#pressed = button;
    this.#make(button.options).open(true);
  }

  #make(options: Options): Panel {
    const each = (act: (button: Button) => void) => [...this.#buttons.keys()].forEach(act);
    this.#panel ??= new Panel(options, {
      opened: (open) => each((button) => button.expanded(open)),
      going: (on) => each((button) => button.going(on)),
      unread: (count) => each((button) => button.unread(count)),
      left: () => this.#pressed?.focus(),
    });
    this.#stay();
    return this.#panel;
  }

  /** A single-page site inserts the snippet again each time it shows that page; what it took away stays away. */
  #forget(options: Options): void {
    for (const [button, release] of this.#buttons) {
      if (button.script.isConnected || !isSame(button.options, options)) continue;
      release();
      button.host.remove();
      this.#buttons.delete(button);
    }
  }

  /** Fixed buttons and the window stand in the body, whichever it is now, one above the other. */
  #stay(): void {
    const { documentElement } = document;
    const body = document.body as HTMLElement | null;
    if (!body) return;
    const fixed = [...this.#buttons.keys()].filter((button) => button.fixed).map(({ host }) => host);
    fixed.forEach((host, place) => (host.style.bottom = `${20 + 68 * place}px`));
    for (const host of [...fixed, ...(this.#panel ? [this.#panel.host] : [])]) {
      if (host.parentNode !== body) body.append(host);
    }
    for (const watched of [documentElement, body]) this.#observer.observe(watched, { childList: true });
  }
}
