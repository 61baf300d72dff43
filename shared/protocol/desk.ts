/** Operator's browser ⇄ server: Socket.IO namespace `/desk`, only with a valid sign-in cookie. */
import { z } from './zod';
import { IceConfig, Mode, PakeShare, Rendezvous, ResumeToken, SessionId } from './common';
import {
  Host,
  type OfSession,
  type Resume,
  type SharedClientEvents,
  type SharedServerEvents,
} from './customer';
import type { DeviceNews } from './device';
import type { Ack } from './errors';
import { HelperState } from './helper';
import { Permit } from './http';

export const DESK_NAMESPACE = '/desk';

/** Time limits the operator may choose, in minutes. */
export const TTL_MINUTES = [5, 10, 30, 60] as const;
export const DEFAULT_TTL_MINUTES = 10;

/** Announces a rendezvous; the code itself never leaves the operator's browser. */
export const Open = z.strictObject({
  rdv: Rendezvous,
  mode: Mode,
  ttlMinutes: z.literal(TTL_MINUTES),
  /** Application selection for this session; the permit may allow, forbid or require it. */
  windowsOnly: z.boolean(),
});
export type Open = z.infer<typeof Open>;

export const Opened = z.object({
  sessionId: SessionId,
  resume: ResumeToken,
  /** Epoch milliseconds; until then the code can be redeemed. */
  expiresAt: z.number().int(),
  /** What the customer will be told; the sealed card says the same. */
  host: Host,
  ice: IceConfig,
  /** What holds: as asked, or always by permit. */
  windowsOnly: z.boolean(),
});
export type Opened = z.infer<typeof Opened>;

/** What the desk needs to go on after a reload or a reconnect. `share` is the customer's, once joined. */
export const DeskSnapshot = z.object({
  host: Host,
  mode: Mode,
  expiresAt: z.number().int(),
  share: PakeShare.optional(),
  peerPresent: z.boolean(),
  ice: IceConfig,
  windowsOnly: z.boolean(),
  helper: HelperState,
});
export type DeskSnapshot = z.infer<typeof DeskSnapshot>;

export const CustomerJoined = z.object({ sessionId: SessionId, share: PakeShare });
export type CustomerJoined = z.infer<typeof CustomerJoined>;

type Answer<T> = (ack: Ack<T>) => void;

export interface DeskClientEvents extends SharedClientEvents {
  'session:open': (message: Open, ack: Answer<Opened>) => void;
  'session:resume': (message: Resume, ack: Answer<DeskSnapshot>) => void;
  'session:withdraw': (message: OfSession, ack: Answer<object>) => void;
}

/** What the administrator allows has changed. */
export const PermitChanged = z.object({ permit: Permit });
export type PermitChanged = z.infer<typeof PermitChanged>;

export interface DeskServerEvents extends SharedServerEvents {
  'session:joined': (message: CustomerJoined) => void;
  /** The sign-in ended (log out elsewhere, account disabled, expiry). */
  'account:signed-out': () => void;
  'account:permit': (message: PermitChanged) => void;
  /** What is known of one of this account's devices has changed. */
  'device:approved': (message: DeviceNews) => void;
  'device:revoked': (message: DeviceNews) => void;
}
