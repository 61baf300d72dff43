/** The page 「組込方法」: what the snippets are made of. */
import type { ButtonSet } from '../../../../shared/protocol/embed';
import type { Me } from '../../../../shared/protocol/http';
import type { Language } from '../../../../shared/protocol/common';
import { texts } from '../../../i18n/index.svelte';
import { chatButtonApi } from '../../../net/chat-button-api';
import type { Problem } from '../../../net/http';
import { deviceStorage, slotOf } from '../../../session/device/stored-device';
import type { Account } from '../../signin/account.svelte';
import type { Position, SnippetWish } from '../../../../shared/protocol/embed-snippets';

export class EmbedPage {
  language = $state<Language>(texts.language);
  button = $state('');
  position = $state<Position>('bottom-right');
  auto = $state(true);
  helper = $state(true);
  sets = $state.raw<ButtonSet[]>([]);
  problem = $state.raw<Problem | null>(null);
  /** The server names another key than the one that this browser was approved under: somebody changed it. */
  distrust = $state(false);
  loaded = $state(false);
  #key = $state<string | null>(null);

  constructor(
    private readonly account: Account,
    private readonly me: Me,
  ) {
    void this.load();
  }

  get wish(): SnippetWish {
    return {
      origin: location.origin,
      owner: this.me.subscriber,
      language: this.language,
      button: this.button,
      position: this.position,
      auto: this.auto,
      helper: this.helper,
      key: this.#key,
    };
  }

  async load(): Promise<void> {
    const [sets, card] = await Promise.all([chatButtonApi.sets(), chatButtonApi.card(this.me.subscriber)]);
    const kept = await deviceStorage.find(slotOf(this.me)).catch(() => null);
    this.problem = sets.ok ? null : sets;
    if (!sets.ok && sets.error === 'signed_out') this.account.lost();
    if (sets.ok) this.sets = sets.value;
    // What this browser keeps is older than anything that a server could make up now.
    this.#key = kept?.identityKey ?? (card.ok ? card.value.identityKey : null);
    this.distrust = card.ok && kept !== null && kept.identityKey !== card.value.identityKey;
    this.loaded = sets.ok;
  }
}
