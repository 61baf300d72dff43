import { describe, expect, it } from 'vitest';
import type { ChatClaim } from '../../../../../shared/protocol/chat';
import type { ChatContent } from '../../../../../shared/protocol/chat-content';
import type { Failure } from '../../../../../shared/protocol/errors';
import type { Phase } from '../../../../../shared/session/machine';
import type { OperatorSession } from '../../../../session/operator-session.svelte';
import { Asking } from './asking.svelte';

const ID = 'A'.repeat(22);
const CHAT = 'C'.repeat(22);
const CARD = { operator: 'Olga', company: 'Acme' };
const session = (phase: Phase = { at: 'waiting', expiresAt: 0 }) =>
  ({ id: ID, chat: CHAT, host: CARD, windowsOnly: true, phase }) as unknown as OperatorSession;

function desk(answer: OperatorSession | Failure = session(), chatChange: object = {}) {
  const said: ChatContent[] = [];
  const asked: object[] = [];
  const board = {
    mode: 'view' as const,
    windowsOnly: false,
    cannotShare: false,
    sessions: [] as OperatorSession[],
    desk: {
      ask: (request: object) => {
        asked.push(request);
        return Promise.resolve(answer);
      },
    },
  };
  const chat = {
    id: CHAT,
    ended: false,
    claim: {} as ChatClaim,
    tampered: null,
    sessionKey: () => new Uint8Array(64),
    say: (content: ChatContent) => String(said.push(content)),
    ...chatChange,
  };
  return { asking: new Asking(board, () => chat), board, said, asked };
}

describe('asking for a remote session at the desk', () => {
  it('opens the session, then says in the chat what the server made of the wish', async () => {
    const { asking, said, asked } = desk();
    expect(await asking.ask()).toBe(true);
    expect(asked).toEqual([{ chatId: CHAT, mode: 'view', windowsOnly: false }]);
    expect(said).toEqual([{ t: 'request', sessionId: ID, mode: 'view', windowsOnly: true, card: CARD }]);
    expect(asking.failure).toBeNull();
  });

  it('says nothing in the chat when the server refuses', async () => {
    const { asking, said } = desk({ ok: false, error: 'conflict' });
    expect(await asking.ask()).toBe(false);
    expect([asking.failure?.error, asking.busy, said]).toEqual(['conflict', false, []]);
  });

  it.each([
    ['ended', { ended: true }],
    ['not claimed by a device that is known', { claim: null }],
    ['tampered with', { tampered: 'forged' }],
  ])('is not possible in a conversation that is %s', async (_, change) => {
    const { asking, asked } = desk(session(), change);
    expect([asking.possible, await asking.ask(), asked]).toEqual([false, false, []]);
  });

  it('is one at a time, and possible again when the session is over', () => {
    const { asking, board } = desk();
    board.sessions = [session({ at: 'picking', capture: 'picking' })];
    expect([asking.session?.id, asking.possible]).toEqual([ID, false]);
    board.sessions = [session({ at: 'ended', by: 'customer', reason: 'declined' })];
    expect([asking.session, asking.possible]).toEqual([null, true]);
  });
});
