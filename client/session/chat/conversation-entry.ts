/** One line of a conversation as the views show it. */
import type { TamperKind } from '../../../shared/crypto/errors';
import type { ChatFrom } from '../../../shared/protocol/chat';
import type { ChatContent } from '../../../shared/protocol/chat-content';

/** `delivered` and `seen`: on the other side. Everything that came from there counts as delivered. */
export type EntryState = 'sending' | 'sent' | 'delivered' | 'seen' | 'failed';

export interface Entry {
  /** For keyed lists: stays the same from writing on. */
  id: string;
  /** Null until the server has it. */
  seq: number | null;
  /** In which it was sealed; null until the server has it. */
  epoch: number | null;
  /** Epoch ms: the server's clock, before that this computer's. */
  at: number;
  from: ChatFrom;
  /** Written on this side: by this person, in whichever tab, or by a colleague. */
  mine: boolean;
  /** Null: it does not verify. */
  content: ChatContent | null;
  fault: TamperKind | null;
  state: EntryState;
}
