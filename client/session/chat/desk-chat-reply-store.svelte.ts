/** The canned replies that a page shows and changes: an operator's, or as administrator the tenant's. */
import { CannedReply, ReplyWish } from '../../../shared/protocol/replies';
import { z } from '../../../shared/protocol/zod';
import { call } from '../../net/api';
import type { Problem, Result } from '../../net/http';

/** `own`: the desk's, where the tenant's can be read too; `tenant`: the administrator's. */
export type ReplyScope = 'own' | 'tenant';
const PATHS = { own: '/replies', tenant: '/admin/replies' } as const;

/** So long they are not asked for again while somebody types. */
const FRESH_MS = 5_000;

const newReplyId = (): string =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');

export class ReplyStore {
  all = $state.raw<CannedReply[]>([]);
  known = $state(false);
  problem = $state.raw<Problem | null>(null);
  saving = $state(false);
  #loadedAt = -Infinity;

  /** @param lost told when the sign-in is over */
  constructor(
    readonly scope: ReplyScope,
    private readonly lost: () => void,
  ) {}

  /** Those that may be changed here. */
  get mine(): CannedReply[] {
    return this.all.filter((reply) => reply.own === (this.scope === 'own'));
  }

  /** Before they are looked up: the administrator may have changed them since. */
  async refresh(): Promise<void> {
    if (Date.now() - this.#loadedAt > FRESH_MS) await this.load();
  }

  async load(): Promise<void> {
    this.#loadedAt = Date.now();
    const result = await call(z.array(CannedReply), 'GET', PATHS[this.scope]);
    this.problem = result.ok ? null : result;
    if (result.ok) {
      this.all = result.value;
      this.known = true;
    } else this.#heed(result);
  }

  /** @param id of the one that is changed; null: a new one. @returns null, or why it was not saved */
  async save(id: string | null, wish: ReplyWish): Promise<Problem | null> {
    const checked = ReplyWish.safeParse(wish);
    if (!checked.success) {
      const fields = checked.error.issues.map((issue) => String(issue.path[0]));
      return { ok: false, error: 'invalid', fields };
    }
    return this.#change('PUT', id ?? newReplyId(), checked.data);
  }

  remove(id: string): Promise<Problem | null> {
    return this.#change('DELETE', id);
  }

  async #change(method: 'PUT' | 'DELETE', id: string, body?: ReplyWish): Promise<Problem | null> {
    if (this.saving) return { ok: false, error: 'busy' };
    this.saving = true;
    const result = await call(z.unknown(), method, `${PATHS[this.scope]}/${id}`, body);
    this.saving = false;
    // Gone already is gone.
    if (!result.ok && !(method === 'DELETE' && result.error === 'not_found')) {
      this.#heed(result);
      return result;
    }
    await this.load();
    return null;
  }

  #heed(result: Result<unknown>): void {
    if (!result.ok && result.error === 'signed_out') this.lost();
  }
}
