/** Sessions that were asked for in a chat. */
import { sql } from 'kysely';
import type { Db, SessionRecord } from './schema';

/** No customer can name it: a rendezvous has no colon. Its column is unique, so a conversation has one live session. */
export const rendezvousOfChat = (chatId: string): string => `chat:${chatId}`;

/** The session that was asked for in a conversation, or goes on there. */
export const sessionOfChat = (db: Db, chatId: string): Promise<SessionRecord | undefined> =>
  db.selectFrom('sessions').selectAll().where('rdv', '=', rendezvousOfChat(chatId)).executeTakeFirst();

export interface Agreement {
  id: string;
  chatId: string;
  now: number;
  address: string;
  resumeHash: string;
  socketId: string;
  /** How long an absent operator may take to come back. */
  awayUntil: number;
}

/** The customer agrees, as `redeem` has it for a number: of any number of simultaneous answers exactly one counts. */
export const agree = (db: Db, { now, ...it }: Agreement): Promise<SessionRecord | undefined> =>
  db
    .updateTable('sessions')
    .set({
      state: 'joined',
      customer_resume: it.resumeHash,
      customer_socket: it.socketId,
      customer_address: it.address,
      redeemed_at: now,
      consent: 'granted',
      consent_at: now,
      customer_away_until: null,
      operator_away_until: sql<
        number | null
      >`case when operator_socket is null then ${sql.lit(it.awayUntil)} end`,
    })
    .where('id', '=', it.id)
    .where('chat_id', '=', it.chatId)
    .where('state', '=', 'waiting')
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst();
