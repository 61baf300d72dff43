/** A played server for the chat window, and a real operator's side behind it. */
import { makeClaim } from '../../../shared/crypto/chat';
import type { ChatMessage, ChatStart, SealedChat } from '../../../shared/protocol/chat';
import type { ChatContent } from '../../../shared/protocol/chat-content';
import type { z } from '../../../shared/protocol/zod';
import type { ServerSocket, SocketEvents } from '../../net/socket';
import { Conversation } from './conversation';
import { company, Kept, say } from './conversation.fake';
import { staffKeys } from './conversation-keys';
import { VisitorChat } from './visitor.svelte';

export const OWNER = 'ABCDEFGH';
export const CHAT = 'C'.repeat(22);
export const HOST = { page: 'https://shop.example/printers', title: 'Printers' };
const TOKEN = 'T'.repeat(43);
/** Where the visitor stands after asking. */
export const PLACE = { epoch: 0, place: 2, waitMs: 90_000, late: false, online: true };

type Hear = (raw: unknown) => void;

/**
 * One company, its server, and as many windows of one visitor as are opened.
 * @param change of the card that the server shows
 * @param chatId of the one conversation
 */
export async function playedFirm(change: object = {}, chatId = CHAT) {
  const own = await company();
  const { sodium, record, identityKey, vaultKey, staff } = own;
  const server = new Kept();
  const asked: [string, unknown][] = [];
  const refuse: Record<string, object> = {};
  /** What answers wait for, once they are made. */
  const held: Record<string, Promise<void>> = {};
  const pages: Map<string, Hear[]>[] = [];
  const lines: SocketEvents[] = [];
  let start: ChatStart | null = null;
  let state: 'waiting' | 'open' | 'ended' = 'waiting';
  let rated = false;
  let refusing = false;
  const card = {
    company: 'みどり商事',
    language: 'ja',
    online: true,
    offlineMessages: true,
    opensAt: null,
    banner: null,
    logo: null,
    identityKey,
    vaultKey,
    vaultCard: record.card,
    ...change,
  };

  const tell = (event: string, message: object) => {
    for (const hear of pages.flatMap((page) => page.get(event) ?? [])) hear({ chatId, ...message });
  };
  const answers: Record<string, (message: never) => object> = {
    'chat:start': (given: ChatStart) => {
      start = given;
      const message = server.take(given.question);
      return { chatId, token: TOKEN, message, place: PLACE };
    },
    'chat:resume': () => ({
      chatId,
      state,
      visitorKey: start?.visitorKey,
      ...server.forCustomer,
      place: state === 'waiting' ? { ...PLACE, place: 1, waitMs: null } : null,
      marks: { delivered: -1, seen: -1 },
      peerPresent: true,
      endedBy: state === 'ended' ? 'operator' : null,
      rated,
      sessionId: null,
    }),
    'chat:send': ({ message }: { message: SealedChat }) => server.take(message),
    'chat:rate': () => {
      rated = true;
      return {};
    },
  };
  const open = (key: string | null = identityKey) => {
    const heard = new Map<string, Hear[]>();
    pages.push(heard);
    let connected = false;
    const connect = (events: SocketEvents) => {
      lines.push(events);
      return {
        get connected() {
          return connected;
        },
        open: () => {
          if (connected || refusing) return;
          connected = true;
          events.connected();
        },
        close: () => undefined,
        replace: () => undefined,
        on: <T>(event: string, schema: z.ZodType<T>, handle: (message: T) => void) => {
          heard.set(event, [...(heard.get(event) ?? []), (raw) => handle(schema.parse(raw))]);
          return () => undefined;
        },
        request: async (event: string, message: unknown) => {
          asked.push([event, structuredClone(message)]);
          await Promise.resolve();
          const refused = refuse[event];
          const answer = refused
            ? { ok: false, ...refused }
            : structuredClone({ ok: true, ...answers[event]?.(message as never) });
          if (held[event]) await held[event];
          return answer;
        },
      } as unknown as ServerSocket;
    };
    const address = { owner: OWNER, key: key ?? undefined };
    return new VisitorChat({ address, language: () => 'ja', host: () => HOST, connect });
  };
  const claim = (operator: string) => {
    if (!start) throw new Error('nothing was asked');
    const { claimant, access } = staff(operator);
    const made = makeClaim(sodium, claimant, start.visitorKey, server.claims.length + 1);
    server.claims.push(made.claim);
    state = 'open';
    const { visitorKey, keyBox } = start;
    const keyOf = staffKeys(sodium, access, { identityKey, visitorKey, keyBox });
    const side = new Conversation({ sodium, visitorKey, role: 'operator', keyOf });
    side.load(server);
    tell('chat:claimed', { claim: made.claim });
    const write = (said: string | ChatContent): ChatMessage => {
      side.write(typeof said === 'string' ? say(said) : said);
      const sealed = side.next();
      if (!sealed) throw new Error('nothing to send');
      const message = server.take(sealed);
      side.sent(message, message);
      tell('chat:message', { message });
      return message;
    };
    return { side, write, access };
  };
  const end = () => {
    state = 'ended';
    tell('chat:ended', { by: 'operator' });
  };
  /** Every window's connection is a new one. */
  const reconnect = () => lines.forEach((line) => line.connected());
  /** The server will not have these pages any more. */
  const refuseLine = () => {
    refusing = true;
    lines.forEach((line) => line.refused('version'));
  };
  const played = { ...own, card, server, asked, refuse, held };
  return { ...played, open, claim, end, tell, reconnect, refuseLine };
}
