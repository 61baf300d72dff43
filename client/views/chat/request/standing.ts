/** Where a request for a remote session stands, from the conversation and what the server told. */
import type { Entry } from '../../../session/chat/conversation';
import type { Request } from '../../../session/chat/remote.svelte';

export type Standing =
  | 'open'
  | 'allowed'
  | 'declined'
  /** Taken back, too old, or followed by another one. */
  | 'over'
  /** It names somebody else than the operator whose device is known here. */
  | 'forged';

/** What is known beside the messages. */
export interface Facts {
  /** Who answers in this conversation, as their device has signed it. */
  operator: string | null;
  /** The conversation goes on. */
  open: boolean;
  /** The server has said that it can be answered no more. */
  over: boolean;
}

/** @param entries the whole conversation */
export function standingOf(request: Request, entries: readonly Entry[], facts: Facts): Standing {
  let newest: string | null = null;
  let answer: Standing | null = null;
  for (const { content } of entries) {
    if (content?.t === 'request') newest = content.sessionId;
    if (content?.t === 'answer' && content.sessionId === request.sessionId)
      answer ??= content.granted ? 'allowed' : 'declined';
  }
  if (answer) return answer;
  if (request.card.operator !== facts.operator) return 'forged';
  return facts.open && !facts.over && newest === request.sessionId ? 'open' : 'over';
}
