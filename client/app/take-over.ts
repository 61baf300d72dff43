/**
 * `/#take=…`, with which the helper opens the page (RS-70): it carries keys, so it leaves the address bar and the history
 * before anything else happens, and is handed out once.
 */
const MARK = '#take=';
let waiting: string | null = null;

/** Takes it out of the address, if it is there. */
export function stripTake(): void {
  if (!location.hash.startsWith(MARK)) return;
  waiting = location.hash.slice(MARK.length);
  history.replaceState(history.state, '', location.pathname + location.search);
}

/** @returns what stood there, once */
export function takeOver(): string | null {
  const text = waiting;
  waiting = null;
  return text;
}
