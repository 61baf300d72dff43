/** Where a request for a remote session stands, from the conversation and what the server told. */
import type { ChatClaim } from '../../../../shared/protocol/chat';
import type { Entry } from '../../../session/chat/conversation';
import type { Request } from '../../../session/chat/remote.svelte';

export type Standing =
  | 'open'
  | 'allowed'
  | 'declined'
  /** Taken back, too old, followed by another one, or its operator has handed the conversation on. */
  | 'over'
  /** It names somebody else than the operator whose device is known here. */
  | 'forged';

/** Of the element that says what became of a request. */
export const standingId = ({ sessionId }: Pick<Request, 'sessionId'>): string => `request-${sessionId}`;

/** What is known beside the messages. */
export interface Facts {
  /** Who answers in this conversation and since which epoch, as their device has signed it. */
  claim: Pick<ChatClaim, 'operator' | 'epoch'> | null;
  /** The conversation goes on. */
  open: boolean;
  /** The server has said that it can be answered no more. */
  over: boolean;
}

/** @param entries the whole conversation */
export function standingOf(request: Request, entries: readonly Entry[], facts: Facts): Standing {
  let newest: string | null = null;
  let answer: Standing | null = null;
  let asked: number | null = null;
  for (const { content, epoch } of entries) {
    if (content?.t === 'request') newest = content.sessionId;
    if (content?.t === 'request' && content.sessionId === request.sessionId) asked = epoch;
    if (content?.t === 'answer' && content.sessionId === request.sessionId)
      answer ??= content.granted ? 'allowed' : 'declined';
  }
  if (answer) return answer;
  if (asked !== null && facts.claim && asked < facts.claim.epoch) return 'over';
  if (request.card.operator !== facts.claim?.operator) return 'forged';
  return facts.open && !facts.over && newest === request.sessionId ? 'open' : 'over';
}
