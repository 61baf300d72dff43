/** What a visitor has typed, kept for as long as the tab lives: a reload must not lose it. */
const FIELDS = ['name', 'mail', 'subject', 'text'] as const;
export type DraftText = Record<(typeof FIELDS)[number], string>;

const keyOf = (owner: string): string => `tasuki-offline-${owner}`;

/** What was typed for this company; empty where nothing was, or nothing is kept. */
export function loadDraft(owner: string): DraftText {
  const empty: DraftText = { name: '', mail: '', subject: '', text: '' };
  try {
    const stored = JSON.parse(sessionStorage.getItem(keyOf(owner)) ?? '{}') as Partial<DraftText>;
    for (const field of FIELDS) if (typeof stored[field] === 'string') empty[field] = stored[field];
  } catch {
    // A browser that keeps nothing, or something else under that name: begin empty.
  }
  return empty;
}

/** @param text null: it was sent */
export function keepDraft(owner: string, text: DraftText | null): void {
  try {
    if (text) sessionStorage.setItem(keyOf(owner), JSON.stringify(text));
    else sessionStorage.removeItem(keyOf(owner));
  } catch {
    // It stays on the page all the same.
  }
}
