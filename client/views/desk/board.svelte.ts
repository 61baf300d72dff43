/** The desk as a screen: which cards there are, which one is large, what is being issued. */
import { MODE_RULES, permittedModes } from '../../../shared/policy';
import type { Mode } from '../../../shared/protocol/common';
import { DEFAULT_TTL_MINUTES, type Open } from '../../../shared/protocol/desk';
import type { Failure } from '../../../shared/protocol/errors';
import type { Me, Permit } from '../../../shared/protocol/http';
import { canCapture } from '../../media/capture';
import { Desk } from '../../session/desk.svelte';
import type { OperatorSession } from '../../session/operator-session.svelte';

export class Board {
  readonly desk: Desk;
  issuing = $state(false);
  failure = $state.raw<Failure | null>(null);
  /** Id of the session shown large. */
  large = $state<string | null>(null);
  /** Whether the conversation stands beside the large picture; until it is said, where the session came from a chat. */
  #beside = $state<boolean>();
  ready = $state(false);

  minutes = $state<Open['ttlMinutes']>(DEFAULT_TTL_MINUTES);
  #permit = $state.raw<Permit | null>(null);
  #mode = $state<Mode>();
  #windowsOnly = $state(false);

  constructor(me: Me) {
    this.#permit = me.permit ?? null;
    this.desk = new Desk((permit) => (this.#permit = permit));
    void this.desk.restore().finally(() => (this.ready = true));
  }

  /** Modes this operator may choose now; the administrator may change them while the desk is open (RS-46, RS-53). */
  get modes(): Mode[] {
    return this.#permit ? permittedModes(this.#permit) : [];
  }

  /** Application selection as the permit has it (RS-50, RS-51). */
  get appSelection(): 'off' | 'selectable' | 'always' {
    if (this.#permit?.appSelectionAlways) return 'always';
    return this.#permit?.appSelection ? 'selectable' : 'off';
  }

  /** Only chosen windows will be shown in the next session. */
  get windowsOnly(): boolean {
    return this.appSelection === 'always' || (this.appSelection === 'selectable' && this.#windowsOnly);
  }
  set windowsOnly(on: boolean) {
    this.#windowsOnly = on;
  }

  get sessions(): OperatorSession[] {
    return this.desk.sessions;
  }

  /** Sessions that a log-out or a closed page would end. */
  get open(): OperatorSession[] {
    return this.sessions.filter(({ phase }) => phase.at !== 'ended');
  }

  get mode(): Mode | undefined {
    return this.#mode && this.modes.includes(this.#mode) ? this.#mode : this.modes[0];
  }

  choose(mode: Mode): void {
    if (this.modes.includes(mode)) this.#mode = mode;
  }

  /** The chosen mode shows this screen, and this browser cannot. */
  get cannotShare(): boolean {
    return this.mode !== undefined && MODE_RULES[this.mode].sharer === 'operator' && !canCapture();
  }

  /** Issues a number for the chosen mode and time limit (RS-55, RS-57, RS-60). */
  async issue(): Promise<void> {
    const { mode } = this;
    if (this.issuing || !mode || this.cannotShare) return;
    this.issuing = true;
    this.failure = null;
    try {
      this.failure = await this.desk.open(mode, this.minutes, this.windowsOnly);
    } catch {
      this.failure = { ok: false, error: 'failed' };
    } finally {
      this.issuing = false;
    }
  }

  toggleLarge(session: OperatorSession): void {
    this.large = this.large === session.id ? null : session.id;
  }

  /** The session that covers the rest of the desk; one that has ended leaves it. */
  get covering(): OperatorSession | null {
    return this.open.find(({ id }) => id === this.large) ?? null;
  }

  /** The conversation in front stands beside the large picture. */
  get beside(): boolean {
    const { covering } = this;
    return covering !== null && (this.#beside ?? covering.chat !== null);
  }

  /** Makes a session large, with the conversation or without. */
  enlarge(session: OperatorSession, beside: boolean): void {
    this.#beside = beside;
    this.large = session.id;
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
