/** The state of a button, as the server tells it. One stream serves all buttons of the same set. */
import type { ButtonState } from '../../shared/protocol/embed';

type Tell = (state: ButtonState) => void;

/** After an answer that the browser takes as final, as while the server is being replaced. */
const AGAIN_MS = 20_000;

export class Presence {
  readonly #tell = new Set<Tell>();
  #source: EventSource | null = null;
  #last: ButtonState | null = null;

  constructor(private readonly address: string) {
    // A page in the background needs no stream; browsers have only six for one HTTP/1.1 server.
    document.addEventListener('visibilitychange', () => this.#turn());
  }

  /** @returns what ends it */
  watch(tell: Tell): () => void {
    this.#tell.add(tell);
    if (this.#last) tell(this.#last);
    this.#turn();
    return () => {
      this.#tell.delete(tell);
      this.#turn();
    };
  }

  #turn(): void {
    const wanted = !document.hidden && this.#tell.size > 0;
    if (wanted && !this.#source) this.#open();
    if (!wanted) this.#close();
  }

  #open(): void {
    const source = new EventSource(this.address);
    this.#source = source;
    source.addEventListener('state', ({ data }: MessageEvent<string>) => {
      this.#last = JSON.parse(data) as ButtonState;
      for (const tell of this.#tell) tell(this.#last);
    });
    source.onerror = () => {
      if (source.readyState !== 2 || source !== this.#source) return;
      this.#close();
      setTimeout(() => this.#turn(), AGAIN_MS);
    };
  }

  #close(): void {
    this.#source?.close();
    this.#source = null;
  }
}
