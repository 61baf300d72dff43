/** Server-sent events: answers that stay open until the page, or the server, closes them. */
import type { FastifyReply } from 'fastify';

/** A page that reads nothing any more. */
const MAX_UNREAD_BYTES = 64 * 1024;

export interface EventStream {
  write(text: string): void;
  close(): void;
  /** Calls back once it is closed, by whichever side. */
  closed(then: () => void): void;
}

export class EventStreams {
  readonly #open = new Set<EventStream>();
  #closing = false;

  /** Takes the answer out of Fastify's hands and keeps it open. */
  open(reply: FastifyReply): EventStream {
    reply.hijack();
    const { raw } = reply;
    const headers = Object.entries(reply.getHeaders()).filter(([, value]) => value !== undefined);
    raw.writeHead(200, {
      ...(Object.fromEntries(headers) as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      // Neither kept nor compressed on the way, which would hold events back.
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      // Nothing comes after it on this connection, for which a closing server would wait.
      connection: 'close',
    });
    raw.write('retry: 3000\n\n');
    const stream: EventStream = {
      write(text) {
        if (raw.writableLength > MAX_UNREAD_BYTES) raw.destroy();
        else if (!raw.destroyed) raw.write(text);
      },
      close: () => raw.end(),
      closed(then) {
        if (raw.destroyed) then();
        else raw.once('close', then);
      },
    };
    this.#open.add(stream);
    stream.closed(() => this.#open.delete(stream));
    if (this.#closing) stream.close();
    return stream;
  }

  /** For good. A server that closes does not wait for them; the pages ask again by themselves. */
  closeAll(): void {
    this.#closing = true;
    for (const stream of this.#open) stream.close();
  }
}
