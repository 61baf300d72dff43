/** Pictures of a conversation that were taken before the newest claim and arrive after it. */
import type { ChatSnapshot } from '../../../shared/protocol/chat';

/** In a row: a server that never gives the newest is not asked for ever. */
const MOST = 3;

export class StalePictures {
  #left = MOST;

  /** @param reload asks for a new picture */
  constructor(private readonly reload: () => void) {}

  /** Whether the picture lacks a claim that is known here; then a newer one is asked for. */
  isBehind({ claims }: Pick<ChatSnapshot, 'claims'>, { epoch }: { epoch: number }): boolean {
    if (claims.length >= epoch) {
      this.#left = MOST;
      return false;
    }
    if (this.#left-- > 0) this.reload();
    return true;
  }
}
