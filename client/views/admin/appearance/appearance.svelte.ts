/** 「外観設定」: button sets, and the chat window's banner and logo. */
import { ButtonSet, PictureUrl, type ListedButtonSet } from '../../../../shared/protocol/embed';
import { chatButtonApi, uploadPicture } from '../../../net/chat-button-api';
import type { Problem } from '../../../net/http';
import type { Account } from '../../signin/account.svelte';
import { pictureFaultText } from './fault';

export type Slot = 'banner' | 'logo';

export class Appearance {
  sets = $state.raw<ListedButtonSet[] | null>(null);
  pictures = $state<Record<Slot, string | null>>({ banner: null, logo: null });
  problem = $state.raw<Problem | null>(null);

  constructor(private readonly account: Account) {
    void this.load();
  }

  async load(): Promise<void> {
    const [sets, pictures] = await Promise.all([chatButtonApi.sets(), chatButtonApi.pictures()]);
    this.problem = sets.ok ? (pictures.ok ? null : pictures) : sets;
    if (sets.ok) this.sets = sets.value;
    if (pictures.ok) this.pictures = pictures.value;
    if (this.problem?.error === 'signed_out') this.account.lost();
  }

  /** @returns whether it is gone */
  async removeSet(name: string): Promise<boolean> {
    const result = await chatButtonApi.removeSet(name);
    await this.load();
    if (!result.ok && result.error !== 'not_found') this.problem = result;
    return result.ok;
  }
}

type FieldName = 'name' | 'online' | 'offline';

/** The form of T-RS-4. */
export class SetDraft {
  name = $state('');
  online = $state('');
  offline = $state('');
  errors = $state.raw<Partial<Record<FieldName, boolean>>>({});
  problem = $state.raw<Problem | null>(null);
  saving = $state(false);

  constructor(private readonly account: Account) {}

  /** Fills the form with a set that is there, to change it. */
  edit({ name, online, offline }: ButtonSet): void {
    Object.assign(this, { name, online, offline, errors: {}, problem: null });
  }

  /** Checks, then asks the server. @returns the set's name once it is saved */
  async save(): Promise<string | null> {
    const set = { name: this.name.trim(), online: this.online.trim(), offline: this.offline.trim() };
    const { name } = ButtonSet.shape;
    this.errors = {
      ...(name.safeParse(set.name).success ? {} : { name: true }),
      ...(PictureUrl.safeParse(set.online).success ? {} : { online: true }),
      ...(PictureUrl.safeParse(set.offline).success ? {} : { offline: true }),
    };
    this.problem = null;
    if (Object.keys(this.errors).length > 0 || this.saving) return null;
    this.saving = true;
    const result = await chatButtonApi.saveSet(set);
    this.saving = false;
    if (result.ok) {
      this.edit({ name: '', online: '', offline: '' });
      return set.name;
    }
    const refused = (['name', 'online', 'offline'] as const).filter((field) =>
      result.fields?.includes(field),
    );
    if (refused.length > 0) this.errors = Object.fromEntries(refused.map((field) => [field, true]));
    else this.problem = result;
    if (result.error === 'signed_out') this.account.lost();
    return null;
  }
}

/** One file that is being sent. */
export class Upload {
  busy = $state(false);
  /** Why it was refused, in words. */
  refusal = $state('');

  /** @returns the picture's address */
  async send(kind: Slot | 'button', file: File): Promise<string | null> {
    this.busy = true;
    this.refusal = '';
    const result = await uploadPicture(kind, file);
    this.busy = false;
    if (result.ok) return result.value.url;
    this.refusal = pictureFaultText(result, kind);
    return null;
  }
}
