/** The conversations that wait, with their questions opened where this browser can. */
import type { Sodium } from '../../../shared/crypto/sodium';
import type { WaitingChat } from '../../../shared/protocol/chat-desk';
import { openQuestion, type ChatAccess, type Question } from './desk-chat-question';

/** One that waits. */
export interface WaitingRow {
  chat: WaitingChat;
  question: Question;
}

/** What is handed on to this operator comes first, then who has waited longest. */
const inOrder = (a: WaitingRow, b: WaitingRow): number =>
  Number(b.chat.forYou !== null) - Number(a.chat.forYou !== null) || a.chat.since - b.chat.since;

export class WaitingList {
  #rows = $state.raw<readonly WaitingRow[]>([]);
  #sodium: Sodium | null = null;
  #staff: ChatAccess | null = null;

  get rows(): readonly WaitingRow[] {
    return this.#rows;
  }

  /** Opens the questions with what an approved device brings; null: not one (any more). */
  unlock(sodium: Sodium, staff: ChatAccess | null): void {
    this.#sodium = sodium;
    this.#staff = staff;
    this.#rows = this.#rows.map(({ chat }) => this.#open(chat));
  }

  /**
   * All of them, in place of what was known.
   * @param newer whether more is known of that conversation than `chats` says
   * @returns those that were not known
   */
  load(chats: readonly WaitingChat[], newer = (_chatId: string): boolean => false): WaitingRow[] {
    const before = this.#rows.map(({ chat }) => chat.chatId);
    const kept = this.#rows.filter(({ chat }) => newer(chat.chatId));
    const loaded = chats.filter(({ chatId }) => !newer(chatId)).map((chat) => this.#open(chat));
    this.#rows = [...kept, ...loaded].sort(inOrder);
    return loaded.filter(({ chat }) => !before.includes(chat.chatId));
  }

  /** @returns whether it was not known before */
  put(chat: WaitingChat): boolean {
    const others = this.#rows.filter((row) => row.chat.chatId !== chat.chatId);
    const isNew = others.length === this.#rows.length;
    this.#rows = [...others, this.#open(chat)].sort(inOrder);
    return isNew;
  }

  /** @returns the one that does not wait any more, if it was known */
  remove(chatId: string): WaitingRow | undefined {
    const found = this.#rows.find((row) => row.chat.chatId === chatId);
    this.#rows = this.#rows.filter((row) => row !== found);
    return found;
  }

  #open(chat: WaitingChat): WaitingRow {
    const question: Question = this.#sodium
      ? openQuestion(this.#sodium, this.#staff, chat)
      : { state: 'sealed' };
    return { chat, question };
  }
}
