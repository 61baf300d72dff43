/** Messages as the desk reads them: fetched page by page, opened in this browser, marked with where they stand. */
import type { VaultAccess } from '../../../shared/crypto/device';
import { openOffline } from '../../../shared/crypto/offline';
import { loadSodium, type Sodium } from '../../../shared/crypto/sodium';
import { OfflineContent } from '../../../shared/protocol/chat-content';
import { MAX_PAGE_ROWS } from '../../../shared/protocol/http';
import type { OfflineRow, OfflineState } from '../../../shared/protocol/mail';
import { PAGE_ROWS } from '../../net/api';
import type { Problem } from '../../net/http';
import type { PagedRows } from '../rows/rows.svelte';
import { offlineApi } from './offline-api';

export type InboxFilter = OfflineState | 'all';
export const INBOX_FILTERS: InboxFilter[] = ['new', 'answered', 'closed', 'all'];

export interface InboxMessage extends OfflineRow {
  /** Null: it cannot be opened. */
  content: OfflineContent | null;
}

type Api = Pick<typeof offlineApi, 'list' | 'change'>;

export class InboxList implements PagedRows {
  filter = $state<InboxFilter>('new');
  all = $state.raw<InboxMessage[]>([]);
  problem = $state.raw<Problem | null>(null);
  loading = $state(false);
  known = $state(false);
  more = $state(false);
  /** Grows with every load: an answer to an older question is not shown. */
  #asked = 0;

  /**
   * @param access of this approved browser
   * @param signedOut told when the sign-in has ended
   */
  constructor(
    private readonly access: Pick<VaultAccess, 'box'>,
    private readonly signedOut: () => void,
    private readonly api: Api = offlineApi,
  ) {}

  /** What is shown, from the newest on, as it stands now. */
  load(): Promise<void> {
    return this.#take(undefined);
  }

  async older(): Promise<void> {
    const last = this.all.at(-1);
    if (last) await this.#take(last.at);
  }

  async show(filter: InboxFilter): Promise<void> {
    if (filter === this.filter) return;
    this.filter = filter;
    this.all = [];
    this.known = false;
    await this.load();
  }

  /** Says where a message stands. @returns whether the server took it */
  async mark(id: string, state: OfflineState): Promise<boolean> {
    const answer = await this.api.change(id, state);
    if (!answer.ok) {
      this.#fail(answer);
      return false;
    }
    this.problem = null;
    const stays = this.filter === 'all' || this.filter === state;
    this.all = this.all.flatMap((each) => {
      if (each.id !== id) return [each];
      return stays ? [{ ...each, ...answer.value }] : [];
    });
    return true;
  }

  async #take(before: number | undefined): Promise<void> {
    const mine = ++this.#asked;
    this.loading = true;
    const state = this.filter === 'all' ? null : this.filter;
    // Whoever has gone further back stays there when something changes.
    const pages = before === undefined ? Math.max(1, Math.ceil(this.all.length / PAGE_ROWS)) : 1;
    const rows = Math.min(MAX_PAGE_ROWS, pages * PAGE_ROWS);
    const [answer, sodium] = await Promise.all([this.api.list(state, before, rows), loadSodium()]);
    if (mine !== this.#asked) return;
    this.loading = false;
    if (!answer.ok) return this.#fail(answer);
    this.problem = null;
    this.known = true;
    this.more = answer.value.length >= rows;
    const seen = before === undefined ? [] : this.all;
    const fresh = answer.value.filter(({ id }) => !seen.some((each) => each.id === id));
    this.all = [...seen, ...fresh.map((row) => this.#open(sodium, row))];
  }

  #open(sodium: Sodium, row: OfflineRow): InboxMessage {
    const content = OfflineContent.safeParse(openOffline(sodium, this.access, row.box));
    return { ...row, content: content.success ? content.data : null };
  }

  #fail(problem: Problem): void {
    this.problem = problem;
    if (problem.error === 'signed_out') this.signedOut();
  }
}
