/**
 * In full screen some browsers hand over even Alt+Tab, Esc and the Windows key; everywhere else the system keeps them.
 * Escape then has to be held to leave full screen, which the browser says by itself.
 */
interface KeyboardLock {
  lock?(): Promise<void>;
  unlock?(): void;
}

const keyboard = (): KeyboardLock | undefined =>
  (navigator as Navigator & { keyboard?: KeyboardLock }).keyboard;

/** Asks for all keys while the page fills the screen. @returns gives them back */
export function lockKeyboard(): () => void {
  if (!document.fullscreenElement) return () => undefined;
  // Refused where the page is embedded or the browser does not want to: the menu sends these keys too.
  keyboard()
    ?.lock?.()
    .catch(() => undefined);
  return () => keyboard()?.unlock?.();
}
