/** What is typed and not sent survives a reload of the tab, and no longer. */
const PREFIX = 'tasuki.chat.draft.';

/** What was typed in that box; empty where nothing was. */
export function keptDraft(name: string): string {
  try {
    return sessionStorage.getItem(PREFIX + name) ?? '';
  } catch {
    return ''; // Site data is blocked.
  }
}

/** @param text empty: sent, or deleted */
export function keepDraft(name: string, text: string): void {
  try {
    if (text === '') sessionStorage.removeItem(PREFIX + name);
    else sessionStorage.setItem(PREFIX + name, text);
  } catch {
    // Blocked or full.
  }
}
