/** The company as the chat window knows it: its card, and how far its key is known. */
import type { ChatCard } from '../../../shared/protocol/embed';
import { fetchCard, type CardAnswer, type Trust } from './visitor-card';

export class VisitorCompany {
  #card = $state.raw<ChatCard | null>(null);
  #trust = $state.raw<Trust | null>(null);

  /** @param pin the company's key from the address of the window */
  constructor(
    private readonly owner: string,
    private readonly pin: string | undefined,
  ) {}

  /** Checked; null until it is there. */
  get card(): ChatCard | null {
    return this.#card;
  }
  /** Where the trust in the key comes from. */
  get trust(): Trust | null {
    return this.#trust;
  }

  async load(): Promise<CardAnswer> {
    const answer = await fetchCard(this.owner, this.pin);
    this.#card = answer.ok ? answer.card : null;
    this.#trust = answer.ok ? answer.trust : null;
    return answer;
  }

  /** It has opened or closed. */
  presence({ online, offlineMessages }: { online: boolean; offlineMessages?: boolean }): void {
    const card = this.#card;
    if (card) this.#card = { ...card, online, offlineMessages: offlineMessages ?? card.offlineMessages };
  }
}
