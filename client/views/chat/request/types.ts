import type { ChatClaim } from '../../../../shared/protocol/chat';
import type { Entry } from '../../../session/chat/conversation';
import type { ChatRemote } from '../../../session/chat/remote.svelte';

/** What the parts of this folder need of the visitor's chat. */
export interface RequestingChat {
  readonly entries: readonly Entry[];
  /** The newest claim that an approved device made. */
  readonly claim: ChatClaim | null;
  /** Null until the conversation has begun. */
  readonly remote: ChatRemote | null;
  /** Not ended, and nothing forged in it. */
  readonly open: boolean;
  /** What a window of its own needs to go on with the same conversation; null when there is none. */
  handOver(): { url: string; data: object } | null;
}
