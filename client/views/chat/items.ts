/** What stands in the log, in order: messages, and what happened between them. */
import type { ChatClaim } from '../../../shared/protocol/chat';
import type { Entry } from '../../session/chat/conversation';

export type LogItem = { key: string } & (
  | { is: 'day'; at: number }
  | { is: 'new' }
  /** `first`: nobody had answered before. */
  | { is: 'joined'; claim: ChatClaim; first: boolean }
  /** A colleague of theirs, who has not claimed it: brought in, or known by what they write. */
  | { is: 'guest'; name: string }
  /** `by`: the operator whose message it is. */
  | { is: 'message'; entry: Entry; by: string | null }
);

const dayOf = (at: number): string => new Date(at).toDateString();

/** @param divider the line before what came while the person was away stands after this `seq` */
export function logItems(
  entries: readonly Entry[],
  claims: readonly ChatClaim[],
  divider: number | null,
): LogItem[] {
  const items: LogItem[] = [];
  let day = '';
  let told = 0;
  let parted = divider === null;
  const here = new Set<string>();
  const join = (epoch: number) => {
    for (const claim of claims.slice(told, epoch)) {
      items.push({ key: `joined ${claim.epoch}`, is: 'joined', claim, first: claim.epoch === 1 });
      // Who hands a conversation on leaves it.
      here.delete(claims[claim.epoch - 2]?.operator ?? '');
      here.add(claim.operator);
    }
    told = Math.max(told, epoch);
  };
  const asked = new Set(
    entries.flatMap(({ content }) => (content?.t === 'request' ? content.sessionId : [])),
  );
  for (const entry of entries) {
    // The request itself shows how it was answered.
    if (entry.content?.t === 'answer' && asked.has(entry.content.sessionId)) continue;
    if (dayOf(entry.at) !== day) {
      day = dayOf(entry.at);
      items.push({ key: `day ${day} ${entry.id}`, is: 'day', at: entry.at });
    }
    // What is on its way is the newest of all.
    join(entry.epoch ?? claims.length);
    if (!parted && divider !== null && !entry.mine && (entry.seq ?? -1) > divider) {
      parted = true;
      items.push({ key: 'new', is: 'new' });
    }
    const by = nameOf(entry, claims);
    for (const name of [by, broughtIn(entry)]) {
      if (name === null || here.has(name)) continue;
      here.add(name);
      items.push({ key: `guest ${name} ${entry.id}`, is: 'guest', name });
    }
    // Said by the line above.
    if (entry.content?.t !== 'guest') items.push({ key: entry.id, is: 'message', entry, by });
  }
  join(claims.length);
  return items;
}

const broughtIn = ({ content }: Entry): string | null => (content?.t === 'guest' ? content.name : null);

/** Who wrote it: as the message says, else who had claimed the conversation then. */
export function nameOf({ content, epoch, from }: Entry, claims: readonly ChatClaim[]): string | null {
  if (from !== 'operator') return null;
  const named = content?.t === 'text' || content?.t === 'guest' ? content.by : undefined;
  return named ?? (epoch ? claims[epoch - 1]?.operator : undefined) ?? null;
}
