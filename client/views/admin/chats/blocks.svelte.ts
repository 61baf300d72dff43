/** The addresses that are blocked now, and lifting a block. */
import { BlockRow } from '../../../../shared/protocol/blocks';
import { z } from '../../../../shared/protocol/zod';
import { call } from '../../../net/api';
import type { Problem, Result } from '../../../net/http';

const blocksApi = {
  list: (): Promise<Result<BlockRow[]>> => call(z.array(BlockRow), 'GET', '/admin/blocks'),
  lift: (id: string): Promise<Result<unknown>> => call(z.unknown(), 'DELETE', `/admin/blocks/${id}`),
};

export class Blocks {
  all = $state.raw<BlockRow[]>([]);
  problem = $state.raw<Problem | null>(null);
  /** The one that is being lifted. */
  busy = $state<string | null>(null);
  /** One was lifted here: that none is left is worth saying. */
  lifted = $state(false);

  /** @param signedOut the sign-in has ended */
  constructor(
    private readonly signedOut: () => void,
    private readonly api = blocksApi,
  ) {}

  async load(): Promise<void> {
    const answer = await this.api.list();
    if (answer.ok) this.all = answer.value;
    this.#say(answer);
  }

  /** @returns whether it is lifted; by somebody else before, or over by itself, is as good */
  async lift(id: string): Promise<boolean> {
    if (this.busy) return false;
    this.busy = id;
    const answer = await this.api.lift(id);
    this.busy = null;
    const gone = answer.ok || answer.error === 'not_found';
    if (gone) {
      this.all = this.all.filter((block) => block.id !== id);
      this.lifted = true;
    }
    this.#say(gone ? { ok: true, value: null } : answer);
    return gone;
  }

  #say(answer: Result<unknown>): void {
    this.problem = answer.ok ? null : answer;
    if (!answer.ok && answer.error === 'signed_out') this.signedOut();
  }
}
