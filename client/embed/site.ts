/** All buttons of the page, the one window that they open, and their stay on pages that change under them. */
import { createButton, type Button } from './button';
import { addressOf, isSame, optionsOf, type Options } from './options';
import { createPanel, keptWindow, type Panel, type WindowState } from './panel';
import { watchPresence, type Watch } from './presence';

export interface Site {
  /** A snippet was met. */
  add(script: HTMLScriptElement): void;
  /** As if the first button had been pressed. */
  open(): void;
  close(): void;
}

export function createSite(): Site {
  const buttons = new Set<Button>();
  const watches = new Map<string, Watch>();
  const state: WindowState = { open: false, going: !!keptWindow(), unread: 0 };
  let panel: Panel | undefined;
  let pressed: Button | undefined;

  /** Fixed buttons, one above the other, and the window stand beside the body, which sites fill and replace. */
  const stay = () => {
    const hosts = [...buttons].map(({ host }) => host).filter((host) => host.hasAttribute('fixed'));
    hosts.forEach((host, place) => (host.style.bottom = `${20 + 68 * place}px`));
    if (panel) hosts.push(panel.host);
    for (const host of hosts) if (!host.isConnected) root.append(host);
  };
  const root = document.documentElement;
  new MutationObserver(stay).observe(root, { childList: true });

  const window = (options: Options) => {
    panel ??= createPanel(
      options,
      state,
      () => buttons.forEach((button) => button.show()),
      () => pressed?.focus(),
    );
    stay();
    return panel;
  };
  const press = (button: Button) => {
    pressed = button;
    window(button.options).show(true, true);
  };

  return {
    add(script) {
      const options = optionsOf(script);
      if (!options) return;
      // A single-page site inserts the snippet again each time it shows that page; what it took away stays away.
      for (const old of buttons) {
        if (!old.script.isConnected && isSame(old.options, options)) {
          old.remove();
          buttons.delete(old);
        }
      }
      const address = addressOf(options, '/api/chat/presence');
      const watch = watches.get(address) ?? watchPresence(address);
      watches.set(address, watch);
      buttons.add(createButton(options, script, state, watch, press));
      stay();
      const kept = !panel && keptWindow();
      if (kept) window(options);
      if (kept === 'open') panel?.show(true);
    },
    open() {
      for (const button of buttons) return press(button);
    },
    close: () => panel?.show(false),
  };
}
