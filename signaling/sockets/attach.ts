/** Listens to one socket: only the events of its list, so many a second, each acknowledged whatever happens. */
import { ProtocolError, type Failure } from '../../shared/protocol/errors';
import type { Core } from '../core';
import { TokenBucket } from '../limits/token-bucket';
import type { AnySocket, EventDefinition } from './on';

/** A message costs one token, and one more for each of these many characters: the relay is no tunnel. */
const CHARS_PER_TOKEN = 4096;
const BURST_SECONDS = 4;
/** A desk's one socket carries all sessions of its operator. */
const DESK_SHARE = 4;
/** A page that was told so often to slow down is not one of ours. */
const MAX_REFUSALS = 500;

/** Answers the events of a socket; whatever else it sends is refused. */
export function attach(core: Core, socket: AnySocket, events: EventDefinition[]): void {
  const known = new Map(events.map((event) => [event.name, event]));
  const perSecond = core.config.limits.eventsPerSocket * (socket.data.side === 'operator' ? DESK_SHARE : 1);
  const bucket = new TokenBucket(perSecond, perSecond * BURST_SECONDS, core.clock.now());
  let refusals = 0;

  socket.onAny((name: string, ...args: unknown[]) => {
    const ack = args.at(-1);
    const message = args[0];
    const answer = (value: object) => {
      if (typeof ack === 'function') (ack as (value: object) => void)(value);
    };
    const now = core.clock.now();
    const wait = bucket.take(1 + Math.floor(sizeOf(message) / CHARS_PER_TOKEN), now);
    if (wait > 0) {
      core.metrics.limited('events_per_socket');
      answer({ ok: false, error: 'limited', retryAt: now + wait } satisfies Failure);
      if (++refusals > MAX_REFUSALS) socket.disconnect(true);
      return;
    }
    const event = known.get(name);
    if (!event) return answer({ ok: false, error: 'invalid' } satisfies Failure);
    void run(core, socket, event, message).then((value) => {
      bucket.charge(Math.floor(sizeOfHistory(value) / CHARS_PER_TOKEN));
      answer(value);
    });
  });
}

async function run(core: Core, socket: AnySocket, event: EventDefinition, message: unknown): Promise<object> {
  const stop = core.metrics.events.startTimer({ event: event.name });
  try {
    const value = await event.handle({ core, socket }, message);
    stop({ outcome: 'ok' });
    return { ok: true, ...value };
  } catch (error) {
    const failure: Failure =
      error instanceof ProtocolError ? error.toFailure() : { ok: false, error: 'failed' };
    if (failure.error === 'failed') core.log.error({ err: error, event: event.name }, 'socket event failed');
    stop({ outcome: failure.error });
    return failure;
  }
}

/** Only frames are long: of the relay, a chat message, or the question. Anything else of size is refused by its schema. */
function sizeOf(message: unknown): number {
  const {
    envelope,
    message: chat,
    question,
  } = (message ?? {}) as Record<string, { frame?: unknown } | undefined>;
  const frame = envelope?.frame ?? chat?.frame ?? question?.frame;
  return typeof frame === 'string' ? frame.length : 0;
}

/** The one answer that may be long: a few words of a customer's page bring it a whole conversation. */
function sizeOfHistory(answer: object): number {
  const { messages } = answer as { messages?: { frame: string }[] };
  return messages?.reduce((sum, { frame }) => sum + frame.length, 0) ?? 0;
}
