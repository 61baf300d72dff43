/** For tests: a server whose answers are chosen, and the helper's end of a sealed line. */
import type { Ack } from '../../shared/protocol/errors';
import type { RelayEnvelope } from '../../shared/protocol/relay';
import type { ServerSocket } from '../net/socket';

/** What a test answers a request with; nothing: it is simply ok. */
export type Answers = Record<string, (message: unknown) => Promise<object> | object>;

/** A socket that is told what the server answers, and keeps what was asked. */
export class FakeSocket implements Pick<ServerSocket, 'request' | 'replace'> {
  readonly asked: { event: string; message: unknown }[] = [];
  replaced = 0;
  /** Called with each envelope that goes to the helper. */
  onenvelope: (envelope: RelayEnvelope) => void = () => undefined;

  constructor(readonly answers: Answers = {}) {}

  /** Names of what was asked, without the relayed envelopes. */
  get events(): string[] {
    return this.asked.map(({ event }) => event).filter((event) => event !== 'helper:relay');
  }

  async request<T>(event: string, message: unknown): Promise<Ack<T>> {
    this.asked.push({ event, message });
    if (event === 'helper:relay') this.onenvelope((message as { envelope: RelayEnvelope }).envelope);
    const answer = await this.answers[event]?.(message);
    return { ok: true, ...answer } as Ack<T>;
  }

  replace(): void {
    this.replaced++;
  }
}
