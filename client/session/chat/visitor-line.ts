/** The chat window's connection, and a way to wait for it. */
import { CUSTOMER_NAMESPACE } from '../../../shared/protocol/customer';
import { ServerSocket, type SocketEvents } from '../../net/socket';

const CONNECT_WAIT_MS = 10_000;

export type Connect = (events: SocketEvents) => ServerSocket;

export class VisitorLine {
  readonly socket: ServerSocket;
  #waiting: (() => void)[] = [];
  /** The server will not have this page, however often it is asked. */
  #refused: Parameters<SocketEvents['refused']>[0] | null = null;

  constructor(
    private readonly events: SocketEvents,
    connect: Connect = (given) => new ServerSocket(CUSTOMER_NAMESPACE, given),
  ) {
    this.socket = connect({
      connected: () => {
        events.connected();
        this.#wake();
      },
      disconnected: () => events.disconnected(),
      refused: (code) => {
        this.#refused = code;
        events.refused(code);
        this.#wake();
      },
    });
  }

  /** Resolves when the socket is connected, was refused (which is told once more), or the wait is over. */
  connect(): Promise<void> {
    this.socket.open();
    if (this.#refused) this.events.refused(this.#refused);
    if (this.#refused || this.socket.connected) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      setTimeout(resolve, CONNECT_WAIT_MS);
    });
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

/** Work that is done one at a time; asked for meanwhile, it is done once more afterwards. */
export class Repeatable {
  #state: 'idle' | 'busy' | 'again' = 'idle';

  constructor(private readonly work: () => Promise<void>) {}

  async ask(): Promise<void> {
    if (this.#state !== 'idle') {
      this.#state = 'again';
      return;
    }
    try {
      do {
        this.#state = 'busy';
        await this.work();
      } while (this.#again);
    } finally {
      this.#state = 'idle';
    }
  }

  get #again(): boolean {
    return this.#state === 'again';
  }
}
