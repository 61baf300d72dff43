/** An operator's conversations of before, page by page, with their questions opened where this browser can. */
import { loadSodium, type Sodium } from '../../../../../shared/crypto/sodium';
import { EarlierChat } from '../../../../../shared/protocol/chat-earlier';
import { z } from '../../../../../shared/protocol/zod';
import { call, PAGE_ROWS } from '../../../../net/api';
import { openQuestion, type ChatAccess, type Question } from '../../../../session/chat/desk-chat-question';
import { Rows } from '../../../rows/rows.svelte';

const fetchPage = (before?: number) => {
  const query = before === undefined ? '' : `&before=${before}`;
  return call(z.array(EarlierChat), 'GET', `/chats?limit=${PAGE_ROWS}${query}`);
};

export class EarlierList {
  readonly rows: Rows<EarlierChat>;
  #sodium = $state.raw<Sodium | null>(null);

  /** @param lost told when the sign-in is over */
  constructor(lost: () => void) {
    this.rows = new Rows<EarlierChat>({ lost }, fetchPage, ({ startedAt }) => startedAt);
    void loadSodium().then((sodium) => (this.#sodium = sodium));
  }

  /** @param staff null: this browser is not approved */
  question(row: EarlierChat, staff: ChatAccess | null): Question {
    return this.#sodium && staff ? openQuestion(this.#sodium, staff, row) : { state: 'sealed' };
  }
}
