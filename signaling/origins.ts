/** The origins people reach this server by. Everything that changes something must come from one of them. */
export class Origins {
  #list: string[];

  constructor(
    private readonly configured: string[],
    port: number,
  ) {
    this.#list = originsFor(configured, port);
  }

  /** With port 0 the real one is known only now. */
  listening(port: number): void {
    this.#list = originsFor(this.configured, port);
  }

  /** The first is the one to print. */
  get list(): readonly string[] {
    return this.#list;
  }

  /** Exact match; a missing Origin is nobody's. */
  has(origin: string | undefined): boolean {
    return origin !== undefined && this.#list.includes(origin);
  }

  /** Whether only TLS leads here: then cookies may carry the `__Host-` prefix and browsers are told to stay. */
  get secure(): boolean {
    return this.#list.every((origin) => origin.startsWith('https:'));
  }
}

const originsFor = (configured: string[], port: number): string[] =>
  configured.length > 0 ? configured : [`http://localhost:${port}`, `http://127.0.0.1:${port}`];
