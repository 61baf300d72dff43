/** The company's card: fetched from the server, and believed only as far as the pinned key vouches for it. */
import { loadSodium } from '../../../shared/crypto/sodium';
import { checkVaultCard } from '../../../shared/crypto/vault';
import { ChatCard } from '../../../shared/protocol/embed';
import { request, type Problem } from '../../net/http';
import { metKey, rememberKey } from './store';

/** Where the trust in the key comes from: the company's own page, or an earlier visit, or nothing yet. */
export type Trust = 'pinned' | 'met' | 'first';
/** `card`: the vault is not the company's; `changed`: another key than the one pinned or met before. */
export type Distrust = 'card' | 'changed';

export type CardAnswer =
  | { ok: true; card: ChatCard; trust: Trust }
  | { ok: false; distrust: Distrust }
  | { ok: false; problem: Pick<Problem, 'error' | 'retryAt'> };

/** Whose chat, as the address of the window says. */
export interface Addressed {
  owner: string;
  /** The company's identity key, from its own page. */
  key?: string | undefined;
  /** Name of the button set. */
  button?: string | undefined;
}

/** Fetches the card, and compares its key with the pinned one or the one met before. */
export async function fetchCard({ owner, key: pin, button }: Addressed): Promise<CardAnswer> {
  const search = new URLSearchParams(button ? { owner, button } : { owner });
  const answer = await request('GET', `/chat/card?${search.toString()}`);
  if (!answer.ok) return { ok: false, problem: answer };
  const parsed = ChatCard.safeParse(answer.value);
  if (!parsed.success) return { ok: false, problem: { error: 'version' } };
  const card = parsed.data;
  const met = pin ?? (await metKey(owner));
  if (met !== null && met !== card.identityKey) return { ok: false, distrust: 'changed' };
  const { vaultKey: publicKey, identityKey, vaultCard } = card;
  if (!checkVaultCard(await loadSodium(), { publicKey, identityKey, card: vaultCard })) {
    return { ok: false, distrust: 'card' };
  }
  if (met === null) await rememberKey(owner, identityKey);
  return { ok: true, card, trust: pin ? 'pinned' : met === null ? 'first' : 'met' };
}
