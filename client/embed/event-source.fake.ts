/** For tests: streams that say and fail when they are told to. Put it in the place of the global `EventSource`. */
export class FakeSource extends EventTarget {
  static readonly CLOSED = 2;
  /** Those that nobody has closed. */
  static open: FakeSource[] = [];
  readyState = 1;
  onerror: (() => void) | null = null;

  constructor(readonly url: string) {
    super();
    FakeSource.open.push(this);
  }

  close(): void {
    FakeSource.open = FakeSource.open.filter((each) => each !== this);
  }

  /** @param data of an event `state` */
  say(data: string): void {
    this.dispatchEvent(new MessageEvent('state', { data }));
  }

  /** @param readyState 0: the browser connects again by itself; `CLOSED`: it takes the answer as final */
  fail(readyState: number): void {
    this.readyState = readyState;
    this.onerror?.();
  }
}
