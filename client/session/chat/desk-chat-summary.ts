/** One conversation in a line: what was said last, and how long the customer has waited for an answer. */
import type { Entry } from './conversation';

/** The newest text, which stands for the conversation in a list. `by`: who of the staff wrote it. Notes are no part of it. */
export function lastSaid(entries: readonly Entry[]): { text: string; by?: string } | null {
  for (const { from, content } of entries.toReversed()) {
    if (from === 'customer' && content?.t === 'question') return { text: content.text };
    if (from !== 'note' && content?.t === 'text') return { text: content.text, by: content.by };
  }
  return null;
}

/** Epoch ms of the customer's first message that nobody of the staff has answered yet; null: the ball is with them. */
export function unansweredSince(entries: readonly Entry[]): number | null {
  let since: number | null = null;
  for (const { from, at, content } of entries) {
    if (from === 'operator' && content?.t !== 'guest') since = null;
    else if (from === 'customer' && content?.t !== 'answer') since ??= at;
  }
  return since;
}
