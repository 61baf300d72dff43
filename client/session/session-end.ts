/** Tells the server once that a session is over, now or when it can be reached again, and gives back what it held. */
import type { EndReason, Party } from '../../shared/protocol/common';
import type { ServerSocket } from '../net/socket';
import { forgetSession, storeSession, type StoredSession } from './stored';

export class EndReport {
  #told = false;
  #over = false;

  /** @param release gives the tab's claim back */
  constructor(
    private readonly socket: Pick<ServerSocket, 'request'>,
    private readonly session: Pick<StoredSession, 'id' | 'side' | 'resume'>,
    private release: () => void,
  ) {}

  /** The server knows. */
  get told(): boolean {
    return this.#told;
  }

  /** Hands over what must be given back when the session is over. */
  onRelease(release: () => void): void {
    if (this.#over) release();
    else this.release = release;
  }

  /** The server said so itself. */
  known(): void {
    this.#told = true;
    if (this.#over) void forgetSession(this.session.id);
  }

  /** It is over; what the server does not know yet is kept, without any key, until it does. */
  async over(by: Party, reason: EndReason, online: boolean): Promise<void> {
    this.#over = true;
    const { id, side, resume } = this.session;
    void storeSession({ id, side, resume, storedAt: Date.now(), ended: { by, reason } });
    await this.tell(by, reason, online);
  }

  /** Says it again where it was not heard. */
  async tell(by: Party, reason: EndReason, online: boolean): Promise<void> {
    this.release();
    const { id } = this.session;
    if (!this.#told && online) {
      const ack = await this.socket.request('session:end', { sessionId: id, by, reason });
      this.#told = ack.ok || ack.error === 'session_gone';
    }
    if (this.#told) await forgetSession(id);
  }
}
