/** What the pairing functions work with. They know no transport: `notice` tells the sockets, or a test. */
import type { Mode, Side } from '../../shared/protocol/common';
import type { HelperEnd, HelperState } from '../../shared/protocol/helper';
import type { Clock } from '../clock';
import type { Config } from '../config';
import type { Limiters } from '../limits/limiter';
import type { Metrics } from '../metrics';
import type { Ended } from '../store/sessions';
import type { Db } from '../store/schema';

/** What the sides of a session hear. */
export interface SessionNotice {
  joined(sessionId: string, share: string): void;
  /** `to` hears whether the other side is there. */
  peer(sessionId: string, to: Side, present: boolean): void;
  /** Both browsers hear how their helper stands. */
  helperState(state: HelperState): void;
  /** The helper hears whether a browser is there. */
  helperPresence(sessionId: string, who: HelperEnd, present: boolean): void;
  /** The helper is sent away; its socket has no part in the session any more. */
  helperDismissed(sessionId: string): void;
  ended(ending: Ended): void;
}

/** A socket as the domain sees it. */
export interface Arriving {
  socketId: string;
  /** Begins to receive what is sent to its side; called before the others hear of the arrival. */
  enter(session: { id: string; mode: Mode }): Promise<void>;
}

export interface PairingContext {
  db: Db;
  clock: Clock;
  config: Pick<Config, 'ice' | 'resumeGraceMs' | 'leavingGraceMs' | 'limits'>;
  limiters: Pick<
    Limiters,
    'joinsPerAddress' | 'joinsOverall' | 'opensPerOperator' | 'helpersPerAddress' | 'helpersOverall'
  >;
  metrics: Metrics;
  notice: SessionNotice;
}
