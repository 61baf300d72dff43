/** Looking up canned replies while writing: `/` and the beginning of a shortcut, or any word of the text. */
import type { CannedReply } from '../../../shared/protocol/replies';

/** What is typed so far, when the end of the draft asks for a canned reply: a `/` that begins a word, and that word. */
export function replyQuery(draft: string): string | null {
  const found = /(?:^|\s)\/(\S*)$/u.exec(draft);
  return found ? (found[1] ?? '') : null;
}

const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

/** 0 is best; null: does not fit. */
function rank({ shortcut, text, own }: CannedReply, query: string): number | null {
  const word = fold(shortcut);
  const behind = own ? 0 : 0.5;
  if (word === query) return behind;
  if (word.startsWith(query)) return 1 + behind;
  if (word.includes(query)) return 2 + behind;
  return fold(text).includes(query) ? 3 + behind : null;
}

/** The fitting ones, the best first; a personal one before the tenant's of the same kind. */
export function matchReplies(replies: readonly CannedReply[], query: string): CannedReply[] {
  const wanted = fold(query);
  return replies
    .flatMap((reply) => {
      const at = rank(reply, wanted);
      return at === null ? [] : [{ reply, at }];
    })
    .sort((a, b) => a.at - b.at || a.reply.shortcut.localeCompare(b.reply.shortcut))
    .map(({ reply }) => reply);
}

/** `{name}` becomes the customer's name. A function, so that `$&` in a name stays what it is. */
export const fillReply = (text: string, name: string): string => text.replace(/\{name\}/gi, () => name);
