/** A browser's socket as tests need it: asks with an acknowledgement, remembers what it heard, waits for news. */
import { io, type Socket } from 'socket.io-client';
import { PROTOCOL_VERSION } from '../../shared/protocol/common';

export interface SocketOptions {
  cookie?: string;
  /** `null`: none at all. */
  origin?: string | null;
  headers?: Record<string, string>;
  auth?: Record<string, unknown>;
}

export interface Heard {
  event: string;
  message: Record<string, unknown>;
}

/** What an acknowledgement may hold, without the ceremony of narrowing it in every test. */
export interface AnyAck {
  ok: boolean;
  error?: string;
  retryAt?: number;
  sessionId: string;
  resume: string;
  [name: string]: unknown;
}

export interface TestSocket {
  raw: Socket;
  /** Everything heard so far. */
  heard: Heard[];
  ask(event: string, message: unknown): Promise<AnyAck>;
  /** The first message of that name, heard already or to come; each is handed out once. */
  next(event: string): Promise<Record<string, unknown>>;
  /** Resolves when the server or the network closes it. */
  gone: Promise<void>;
  disconnect(): void;
}

const WAIT_MS = 10_000;

/** Connects, or throws the server's reason. */
export function connect(url: string, namespace: string, options: SocketOptions = {}): Promise<TestSocket> {
  const { cookie, origin = url, headers, auth } = options;
  const raw = io(url + namespace, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    auth: auth ?? { version: PROTOCOL_VERSION },
    extraHeaders: { ...(origin === null ? {} : { origin }), ...(cookie ? { cookie } : {}), ...headers },
  });
  const heard: Heard[] = [];
  const unread: Heard[] = [];
  const waiting: { event: string; tell: (message: Record<string, unknown>) => void }[] = [];
  raw.onAny((event: string, message: Record<string, unknown> = {}) => {
    heard.push({ event, message });
    const at = waiting.findIndex((each) => each.event === event);
    if (at >= 0) waiting.splice(at, 1)[0]?.tell(message);
    else unread.push({ event, message });
  });
  const gone = new Promise<void>((resolve) => raw.once('disconnect', () => resolve()));

  const socket: TestSocket = {
    raw,
    heard,
    gone,
    ask: async (event, message) => (await raw.timeout(WAIT_MS).emitWithAck(event, message)) as AnyAck,
    next(event) {
      const at = unread.findIndex((each) => each.event === event);
      if (at >= 0) return Promise.resolve(unread.splice(at, 1)[0]?.message ?? {});
      return new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`no ${event}; heard ${JSON.stringify(heard.map((each) => each.event))}`)),
          WAIT_MS,
        );
        waiting.push({
          event,
          tell: (message) => {
            clearTimeout(timer);
            resolve(message);
          },
        });
      });
    },
    disconnect: () => raw.disconnect(),
  };
  return new Promise((resolve, reject) => {
    raw.once('connect', () => resolve(socket));
    raw.once('connect_error', (error) => {
      raw.disconnect();
      reject(error);
    });
  });
}
