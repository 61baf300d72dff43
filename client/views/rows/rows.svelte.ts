/** Rows that arrive page by page, the newest first. */
import { PAGE_ROWS } from '../../net/api';
import type { Problem, Result } from '../../net/http';
import type { Account } from '../signin/account.svelte';

/** What a frame has to know of a list. */
export interface PagedRows {
  readonly all: readonly unknown[];
  readonly problem: Problem | null;
  readonly loading: boolean;
  /** Whether the first page has arrived. */
  readonly known: boolean;
  readonly more: boolean;
  load(): Promise<void>;
  older(): Promise<void>;
}

export class Rows<T extends { id: string }> implements PagedRows {
  all = $state.raw<T[]>([]);
  problem = $state.raw<Problem | null>(null);
  loading = $state(false);
  known = $state(false);
  more = $state(false);

  /**
   * @param fetchPage rows before a time, or the newest
   * @param timeOf what the pages are ordered by
   */
  constructor(
    private readonly account: Pick<Account, 'lost'>,
    private readonly fetchPage: (before?: number) => Promise<Result<T[]>>,
    private readonly timeOf: (row: T) => number,
  ) {
    void this.load();
  }

  /** The newest page again. */
  load(): Promise<void> {
    return this.#take(undefined);
  }

  async older(): Promise<void> {
    const last = this.all.at(-1);
    if (last) await this.#take(this.timeOf(last));
  }

  async #take(before: number | undefined): Promise<void> {
    if (this.loading) return;
    this.loading = true;
    const result = await this.fetchPage(before);
    this.loading = false;
    if (!result.ok) {
      this.problem = result;
      if (result.error === 'signed_out') this.account.lost();
      return;
    }
    this.problem = null;
    this.known = true;
    this.more = result.value.length >= PAGE_ROWS;
    const seen = before === undefined ? [] : this.all;
    this.all = [...seen, ...result.value.filter(({ id }) => !seen.some((row) => row.id === id))];
  }
}
