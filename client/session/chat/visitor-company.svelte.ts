/** The company as the chat window knows it: its card, and how far its key is known. */
import type { ChatCard } from '../../../shared/protocol/embed';
import { fetchCard, type Addressed, type CardAnswer, type Trust } from './visitor-card';

export class VisitorCompany {
  #card = $state.raw<ChatCard | null>(null);
  #trust = $state.raw<Trust | null>(null);

  constructor(private readonly address: Addressed) {}

  /** Checked; null until it is there. */
  get card(): ChatCard | null {
    return this.#card;
  }
  /** Where the trust in the key comes from. */
  get trust(): Trust | null {
    return this.#trust;
  }

  async load(): Promise<CardAnswer> {
    const answer = await fetchCard(this.address);
    this.#card = answer.ok ? answer.card : null;
    this.#trust = answer.ok ? answer.trust : null;
    return answer;
  }

  /** Asks again what may have changed meanwhile, such as when it opens. What cannot be had or checked changes nothing. */
  async refresh(): Promise<void> {
    const answer = await fetchCard(this.address);
    if (answer.ok && answer.card.identityKey === this.#card?.identityKey) this.#card = answer.card;
  }

  /** It has opened or closed. */
  presence({ online, offlineMessages }: { online: boolean; offlineMessages?: boolean }): void {
    const card = this.#card;
    if (card) this.#card = { ...card, online, offlineMessages: offlineMessages ?? card.offlineMessages };
  }
}
