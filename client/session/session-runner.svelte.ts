/** Runs the machine of one session: keeps its state, performs its effects, ends it when a phase lasts too long. */
import {
  isSharer,
  start,
  step,
  type Effect,
  type Phase,
  type SessionEvent,
  type SessionState,
} from '../../shared/session/machine';
import type { EndReason, Mode, Party, Side } from '../../shared/protocol/common';
import { overdue } from './timing';

export class SessionRunner {
  #state = $state.raw() as SessionState;
  #since = Date.now();

  /**
   * @param perform carries out one effect
   * @param unconfirmed restored, and the server has not confirmed it: its time does not run
   */
  constructor(
    private readonly side: Side,
    mode: Mode,
    from: Phase,
    private readonly perform: (effect: Effect) => void,
    private unconfirmed: boolean,
  ) {
    this.#state = start(side, mode, from);
  }

  get phase(): Phase {
    return this.#state.phase;
  }

  /** This side's screen is the one that is shown. */
  get sharer(): boolean {
    return isSharer(this.#state);
  }

  /** The server knows the session. */
  confirm(): void {
    if (this.unconfirmed) this.#since = Date.now();
    this.unconfirmed = false;
  }

  dispatch(event: SessionEvent): void {
    const before = this.#state;
    const [next, effects] = step(before, event, Date.now());
    this.#state = next;
    if (next.phase.at !== before.phase.at) this.#since = Date.now();
    for (const effect of effects) this.perform(effect);
  }

  finish(by: Party, reason: EndReason): void {
    this.dispatch({ type: 'end', by, reason });
  }

  /** Once a second. @returns false when that ended it */
  tick(): boolean {
    const why = this.unconfirmed ? null : overdue(this.phase, Date.now() - this.#since, this.side);
    if (why) this.finish(why.by, why.reason);
    return !why;
  }
}
