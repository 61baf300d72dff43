/** Asking for a remote session in one conversation: opens the session, then says so in the chat, sealed. */
import type { Failure } from '../../../../../shared/protocol/errors';
import type { OperatorChat } from '../../../../session/chat/desk-chat.svelte';
import type { OperatorSession } from '../../../../session/operator-session.svelte';
import type { Board } from '../../board.svelte';

type AskedBoard = Pick<Board, 'mode' | 'windowsOnly' | 'cannotShare' | 'sessions'> & {
  desk: Pick<Board['desk'], 'ask'>;
};
type AskedChat = Pick<OperatorChat, 'id' | 'ended' | 'claim' | 'tampered' | 'sessionKey' | 'say'>;

export class Asking {
  busy = $state(false);
  failure = $state.raw<Failure | null>(null);

  /** @param chat the conversation in front, which may change */
  constructor(
    private readonly board: AskedBoard,
    private readonly chat: () => AskedChat,
  ) {}

  /** The session that was asked for here, or goes on. */
  get session(): OperatorSession | null {
    const { id } = this.chat();
    return this.board.sessions.find(({ chat, phase }) => chat === id && phase.at !== 'ended') ?? null;
  }

  /** Somebody is there to be asked, and nothing is asked yet. */
  get possible(): boolean {
    const { ended, claim, tampered } = this.chat();
    return !ended && !tampered && claim !== null && this.session === null;
  }

  /** @returns whether the request is on its way */
  async ask(): Promise<boolean> {
    const { mode, windowsOnly, cannotShare, desk } = this.board;
    const chat = this.chat();
    if (this.busy || !this.possible || !mode || cannotShare) return false;
    this.busy = true;
    this.failure = null;
    try {
      const keyOf = (sessionId: string) => chat.sessionKey(sessionId);
      const opened = await desk.ask({ chatId: chat.id, mode, windowsOnly }, keyOf);
      if ('ok' in opened) {
        this.failure = opened;
        return false;
      }
      const { id: sessionId, host, windowsOnly: only } = opened;
      chat.say({ t: 'request', sessionId, mode, windowsOnly: only, card: host });
      return true;
    } catch {
      this.failure = { ok: false, error: 'failed' };
      return false;
    } finally {
      this.busy = false;
    }
  }
}
