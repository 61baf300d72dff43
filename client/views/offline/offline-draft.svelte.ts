/** The message a visitor leaves while nobody is there: checked, sealed for the company's vault, paid for with a little work. */
import { sealOffline } from '../../../shared/crypto/offline';
import { loadSodium, type Sodium } from '../../../shared/crypto/sodium';
import { checkVaultCard } from '../../../shared/crypto/vault';
import { OfflineContent } from '../../../shared/protocol/chat-content';
import type { Language } from '../../../shared/protocol/common';
import type { ChatCard } from '../../../shared/protocol/embed';
import type { Challenge, Proof } from '../../../shared/protocol/mail';
import type { Problem, Result } from '../../net/http';
import { browserName } from '../../session/browser-name';
import { cleanName, cleanText } from '../../session/chat/visitor-text';
import { proveWork } from '../../workers/proof-of-work';
import { keepDraft, loadDraft } from './draft-store';
import { offlineApi } from './offline-api';

export type OfflineField = 'name' | 'mail' | 'subject' | 'text';
export const OFFLINE_FIELDS: OfflineField[] = ['name', 'mail', 'subject', 'text'];

export interface OfflinePlace {
  owner: string;
  card: ChatCard;
  /** The identity key from the company's own page. */
  pin: string | undefined;
  /** Name of the button set: its offline picture may switch messages off (RS-32). */
  button?: string | undefined;
  /** Where the button was pressed. */
  page: string | null;
}

/**
 * `keys`: the server shows another company's keys than the page pinned. `filled`: a program has filled in the field that
 * nobody sees. With `fields` naming `address`, that is blocked.
 */
export type OfflineProblem = Pick<Problem, 'error' | 'retryAt' | 'fields'> | 'keys' | 'closed' | 'filled';
type Api = Pick<typeof offlineApi, 'challenge' | 'leave'>;
type Work = (challenge: Challenge, onprogress: (done: number) => void) => Promise<Proof | null>;

export class OfflineDraft {
  name = $state('');
  mail = $state('');
  subject = $state('');
  text = $state('');
  /** People never see this field; see `filled`. */
  website = $state('');
  at = $state<'editing' | 'working' | 'sending' | 'sent'>('editing');
  wrong = $state.raw<OfflineField[]>([]);
  problem = $state.raw<OfflineProblem | null>(null);
  /** How much of the work is done, from 0 to 1. */
  done = $state(0);
  /** Where the answer will go, once sent. */
  sentFrom = $state('');

  constructor(
    private readonly place: OfflinePlace,
    private readonly api: Api = offlineApi,
    private readonly work: Work = proveWork,
  ) {
    Object.assign(this, loadDraft(place.owner));
  }

  get busy(): boolean {
    return this.at === 'working' || this.at === 'sending';
  }

  /** Something is written, on its way, or has arrived. */
  get begun(): boolean {
    return this.at !== 'editing' || this.subject.trim() !== '' || this.text.trim() !== '';
  }

  /** What it says so far, subject and text in one. */
  get written(): string {
    return [this.subject, this.text]
      .map((part) => part.trim())
      .filter(Boolean)
      .join('\n');
  }

  /** Takes over what was said elsewhere. What stands here already stays, and is not said twice. */
  carry({ name, subject, texts }: { name: string; subject: string; texts: readonly string[] }): void {
    this.name ||= name;
    this.subject ||= subject;
    const missing = texts.filter((text) => !this.text.includes(text));
    this.text = [this.text.trim(), ...missing].filter(Boolean).join('\n\n');
  }

  /** Keeps what is typed over a reload. */
  keep(): void {
    const { name, mail, subject, text } = this;
    if (this.at !== 'sent') keepDraft(this.place.owner, { name, mail, subject, text });
  }

  /** A field was changed: what was wrong with it is history. */
  mended(field: OfflineField): void {
    if (this.wrong.includes(field)) this.wrong = this.wrong.filter((each) => each !== field);
  }

  /** Sends it. What was typed stays until it has arrived. @returns whether it has */
  async send(language: Language): Promise<boolean> {
    if (this.busy) return false;
    this.problem = null;
    const content = this.#content();
    if (!content) return false;
    this.problem = await this.#deliver(content, language);
    if (!this.problem) this.#arrived(content.mail);
    else this.at = 'editing';
    return this.problem === null;
  }

  /** Begins another one of the same person. */
  again(): void {
    this.at = 'editing';
  }

  #arrived(mail: string): void {
    this.sentFrom = mail;
    this.subject = this.text = '';
    this.at = 'sent';
    keepDraft(this.place.owner, null);
  }

  #content(): OfflineContent | null {
    const parsed = OfflineContent.safeParse({
      name: cleanName(this.name),
      mail: this.mail.trim(),
      subject: this.subject.replace(/\s+/g, ' ').trim(),
      text: cleanText(this.text),
      page: this.place.page,
      browser: browserName(navigator.userAgent, 'with version'),
      language: navigator.language.slice(0, 35),
    });
    const names = parsed.success ? [] : parsed.error.issues.map(({ path }) => path[0]);
    this.wrong = OFFLINE_FIELDS.filter((field) => names.includes(field));
    if (parsed.success) return parsed.data;
    if (this.wrong.length === 0) this.problem = { error: 'failed' };
    return null;
  }

  async #deliver(content: OfflineContent, language: Language): Promise<OfflineProblem | null> {
    this.at = 'working';
    try {
      const sodium = await loadSodium();
      if (!this.#isTheCompanys(sodium)) return 'keys';
      const box = sealOffline(sodium, content, this.place.card.vaultKey);
      let answer = await this.#leave(box, language);
      // The work may have expired while the computer slept: once more, with new work.
      if (!answer.ok && answer.fields?.includes('proof')) answer = await this.#leave(box, language);
      if (answer.ok) return null;
      if (answer.fields?.includes('website')) {
        // A form filler, or a machine that sends spam. Only a person presses Send again.
        this.website = '';
        return 'filled';
      }
      return answer.error === 'not_allowed' || answer.error === 'not_found' ? 'closed' : answer;
    } catch {
      return { error: 'failed' };
    }
  }

  /** Whether the vault is that of the company whose page this is. */
  #isTheCompanys(sodium: Sodium): boolean {
    const { card, pin } = this.place;
    const { vaultKey: publicKey, identityKey, vaultCard } = card;
    if (pin !== undefined && pin !== identityKey) return false;
    return checkVaultCard(sodium, { publicKey, identityKey, card: vaultCard });
  }

  async #leave(box: string, language: Language): Promise<Result<unknown>> {
    this.at = 'working';
    this.done = 0;
    const challenge = await this.api.challenge();
    if (!challenge.ok) return challenge;
    const proof = await this.work(challenge.value, (done) => (this.done = done));
    if (!proof) return { ok: false, error: 'failed' };
    this.at = 'sending';
    const { owner, button } = this.place;
    const { website } = this;
    return this.api.leave({ owner, language, box, proof, website, ...(button ? { button } : {}) });
  }
}
