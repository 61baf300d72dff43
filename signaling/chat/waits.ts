/** Where waiting customers stand, how long that may honestly take, and whether anybody is there to answer. */
import type { ChatPlace } from '../../shared/protocol/chat';
import { HOUR, MINUTE } from '../clock';
import { queueOf } from '../store/chat-queries';
import { firstWaits, givenUpWaits } from '../store/chat-waits';
import type { ChatContext } from './context';
import { reachable } from './presence';

const WAITS = 20;
const WAITS_WITHIN = 4 * HOUR;
/** Fewer than these say nothing about the next one. */
const WAITS_NEEDED = 3;

/** Median of what the last ones waited for their first answer, or null when too few got one. */
export async function usualWait(
  { db, clock }: Pick<ChatContext, 'db' | 'clock'>,
  tenantId: string,
): Promise<number | null> {
  const since = clock.now() - WAITS_WITHIN;
  const answered = await firstWaits(db, tenantId, since, WAITS);
  if (answered.length < WAITS_NEEDED) return null;
  const median = medianOf(answered);
  // Who gave up would have waited longer still. What that says of a short wait is unknown, of a long one it counts.
  const longer = (await givenUpWaits(db, tenantId, since, WAITS)).filter((wait) => wait > median);
  return longer.length === 0 ? median : medianOf([...answered, ...longer]);
}

function medianOf(waits: number[]): number {
  const sorted = [...waits].sort((a, b) => a - b);
  const [low = 0, high = 0] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return Math.round((low + high) / 2);
}

/**
 * Everybody's place; who was handed on to one operator stands in that operator's own line. What is told of the wait is
 * never less than what the first in the line has waited already.
 */
export async function placesOf(
  context: Pick<ChatContext, 'db' | 'clock' | 'isOpen'>,
  tenantId: string,
): Promise<Map<string, ChatPlace>> {
  const queue = await queueOf(context.db, tenantId);
  if (queue.length === 0) return new Map();
  const usual = await usualWait(context, tenantId);
  const somebodyFor = await reachable(context, tenantId);
  const now = context.clock.now();
  const lines = new Map<string | null, { length: number; headMs: number }>();
  return new Map(
    queue.map(({ id, epoch, for_account, waiting_since, started_at }) => {
      const waitedMs = Math.max(0, now - (waiting_since ?? started_at));
      const line = lines.get(for_account) ?? { length: 0, headMs: waitedMs };
      line.length += 1;
      lines.set(for_account, line);
      const place = {
        epoch,
        place: line.length,
        waitMs: usual === null ? null : atLeast(usual, line.headMs),
        late: usual !== null && waitedMs > usual,
        online: somebodyFor(for_account),
      };
      return [id, place];
    }),
  );
}

/** Rounded up, in steps: what changes every second would be told, and read aloud, every second. */
function atLeast(usual: number, headMs: number): number {
  if (headMs <= usual) return usual;
  const step = headMs <= 5 * MINUTE ? MINUTE : 5 * MINUTE;
  return Math.ceil(headMs / step) * step;
}
