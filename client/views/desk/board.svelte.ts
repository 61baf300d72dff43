/** The desk as a screen: which cards there are, which one is large, what is being issued. */
import type { Mode } from '../../../shared/protocol/common';
import type { Open } from '../../../shared/protocol/desk';
import type { Failure } from '../../../shared/protocol/errors';
import type { Me } from '../../../shared/protocol/http';
import { Desk } from '../../session/desk.svelte';
import type { OperatorSession } from '../../session/operator-session.svelte';

export class Board {
  readonly desk: Desk;
  issuing = $state(false);
  failure = $state.raw<Failure | null>(null);
  /** Id of the session shown large. */
  large = $state<string | null>(null);
  ready = $state(false);

  constructor(me: Me) {
    this.desk = new Desk({ operator: me.name, company: me.company });
    void this.desk.restore().finally(() => (this.ready = true));
  }

  get sessions(): OperatorSession[] {
    return this.desk.sessions;
  }

  /** Sessions that a log-out or a closed page would end. */
  get open(): OperatorSession[] {
    return this.sessions.filter(({ phase }) => phase.at !== 'ended');
  }

  async issue(mode: Mode, ttlMinutes: Open['ttlMinutes']): Promise<void> {
    if (this.issuing) return;
    this.issuing = true;
    this.failure = null;
    try {
      this.failure = await this.desk.open(mode, ttlMinutes);
    } catch {
      this.failure = { ok: false, error: 'failed' };
    } finally {
      this.issuing = false;
    }
  }

  toggleLarge(session: OperatorSession): void {
    this.large = this.large === session.id ? null : session.id;
  }

  dismiss(session: OperatorSession): void {
    if (this.large === session.id) this.large = null;
    this.desk.dismiss(session);
  }

  endAll(): void {
    for (const session of this.open) {
      if (session.phase.at === 'waiting') session.withdraw();
      else session.end();
    }
  }
}
