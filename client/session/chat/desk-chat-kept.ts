/** What a reload of the desk must not lose and the server does not know: drafts, and how far this tab has read. */

export interface KeptChat {
  draft: string;
  /** Last `seq` that was shown to the operator, or -1. */
  read: number;
}

const NONE: KeptChat = { draft: '', read: -1 };
const keyOf = (chatId: string): string => `tasuki chat ${chatId}`;

/** Where site data is blocked nothing is kept, and everything else works. */
export function keptChat(chatId: string): KeptChat {
  try {
    const kept = JSON.parse(sessionStorage.getItem(keyOf(chatId)) ?? 'null') as Partial<KeptChat> | null;
    return {
      draft: typeof kept?.draft === 'string' ? kept.draft : NONE.draft,
      read: typeof kept?.read === 'number' ? kept.read : NONE.read,
    };
  } catch {
    return NONE;
  }
}

/** Keeps it over a reload of the tab. */
export function keepChat(chatId: string, kept: KeptChat): void {
  try {
    sessionStorage.setItem(keyOf(chatId), JSON.stringify(kept));
  } catch {
    // Blocked or full.
  }
}

/** It is over, or off this desk. */
export function forgetChat(chatId: string): void {
  try {
    sessionStorage.removeItem(keyOf(chatId));
  } catch {
    // Blocked.
  }
}
