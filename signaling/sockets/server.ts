/** Socket.IO on the HTTP server's port: WebSocket only, own origins only, a bounded number from each address. */
import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import { limitKey } from '../address';
import type { Core } from '../core';

/** Largest message: a sealed frame of 40 000 characters with its envelope. */
const MAX_MESSAGE_BYTES = 64 * 1024;

/** @param core made later than the sockets, as it tells them things; asked for when the first one knocks. */
export function createSockets(http: HttpServer, core: () => Core): Server {
  const io = new Server(http, {
    transports: ['websocket'],
    allowUpgrades: false,
    serveClient: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    pingInterval: 10_000,
    pingTimeout: 8_000,
    connectTimeout: 10_000,
    perMessageDeflate: false,
    allowRequest: (request, decide) => {
      const { origins, metrics, config, ready, addressOf } = core();
      const refuse = (why: string) => {
        metrics.limited(why);
        decide(why, false);
      };
      if (!ready()) return decide('starting', false);
      // Browsers always send Origin with a WebSocket; one without it is no browser of ours.
      if (!origins.has(request.headers.origin)) return refuse('origin');
      const address = limitKey(addressOf(request));
      if ((open.get(address) ?? 0) >= config.limits.socketsPerAddress) return refuse('sockets_per_address');
      decide(null, true);
    },
  });

  const open = new Map<string, number>();
  io.engine.on(
    'connection',
    (raw: { request: RawRequest; once(event: 'close', heard: () => void): void }) => {
      const address = limitKey(core().addressOf(raw.request));
      open.set(address, (open.get(address) ?? 0) + 1);
      raw.once('close', () => {
        const left = (open.get(address) ?? 1) - 1;
        if (left > 0) open.set(address, left);
        else open.delete(address);
      });
    },
  );

  // Nobody has business in the main namespace.
  io.use((_socket, next) => next(new Error('not_found')));
  return io;
}

type RawRequest = Parameters<Core['addressOf']>[0];
