/** Customer's browser ⇄ server: Socket.IO namespace `/customer`. */
import { z } from './zod';
import {
  EndReason,
  IceConfig,
  Mode,
  NetworkReport,
  PakeShare,
  Party,
  PersonName,
  Rendezvous,
  ResumeToken,
  SessionId,
  SubscriberCode,
} from './common';
import type { Ack } from './errors';
import { HelperState, type HelperBrowserClientEvents, type HelperBrowserServerEvents } from './helper';
import { RelayEnvelope } from './relay';

export const CUSTOMER_NAMESPACE = '/customer';

/** Redeems a code: atomic, once. `subscriber` is given when the page was opened as `/c/<code>`. */
export const Join = z.strictObject({
  rdv: Rendezvous,
  share: PakeShare,
  /**
   * How the number came here. `link`: with a link's address, which the server records as path `mail` if it was mailed,
   * else as `code`; `download`: the helper that was downloaded in advance asked for it.
   */
  path: z.enum(['code', 'link', 'download']),
  subscriber: SubscriberCode.optional(),
});
export type Join = z.infer<typeof Join>;

/** What the server says about the host; must equal the sealed card. */
export const Host = z.object({ operator: PersonName, company: PersonName });
export type Host = z.infer<typeof Host>;

export const Joined = z.object({
  sessionId: SessionId,
  resume: ResumeToken,
  host: Host,
  mode: Mode,
  /** Whether the operator's side is attached now. */
  peerPresent: z.boolean(),
  ice: IceConfig,
  /** The administrator has this operator see chosen windows only, always (RS-51); kept by the customer's side. */
  windowsOnly: z.boolean(),
});
export type Joined = z.infer<typeof Joined>;

export const Resume = z.strictObject({ sessionId: SessionId, resume: ResumeToken });
export type Resume = z.infer<typeof Resume>;

export const CustomerSnapshot = z.object({
  host: Host,
  mode: Mode,
  peerPresent: z.boolean(),
  ice: IceConfig,
  windowsOnly: z.boolean(),
  helper: HelperState,
});
export type CustomerSnapshot = z.infer<typeof CustomerSnapshot>;

export const OfSession = z.strictObject({ sessionId: SessionId });
export type OfSession = z.infer<typeof OfSession>;
export const Relay = z.strictObject({ sessionId: SessionId, envelope: RelayEnvelope });
export type Relay = z.infer<typeof Relay>;
export const Consent = z.strictObject({ sessionId: SessionId, granted: z.boolean() });
export type Consent = z.infer<typeof Consent>;
export const Connected = z.strictObject({ sessionId: SessionId, network: NetworkReport });
export type Connected = z.infer<typeof Connected>;
/** `by` is `customer` or `operator` as the reporting side saw it: an end agreed peer to peer while the server was away. */
export const End = z.strictObject({ sessionId: SessionId, by: Party, reason: EndReason });
export type End = z.infer<typeof End>;

export const PeerPresence = z.object({ sessionId: SessionId, present: z.boolean() });
export type PeerPresence = z.infer<typeof PeerPresence>;
export const Ended = z.object({ sessionId: SessionId, by: Party, reason: EndReason });
export type Ended = z.infer<typeof Ended>;

type Answer<T> = (ack: Ack<T>) => void;

/** Events both sides of a session may send; the server tells the sides apart by the socket. */
export interface SharedClientEvents extends HelperBrowserClientEvents {
  'session:relay': (message: Relay, ack: Answer<object>) => void;
  'session:connected': (message: Connected, ack: Answer<object>) => void;
  'session:end': (message: End, ack: Answer<object>) => void;
  /** The page is being closed or reloaded: the grace time is short. */
  'session:leaving': (message: OfSession, ack: Answer<object>) => void;
  /** Fresh TURN credentials for a new link. */
  'session:ice': (message: OfSession, ack: Answer<{ ice: IceConfig }>) => void;
}

export interface CustomerClientEvents extends SharedClientEvents {
  'session:join': (message: Join, ack: Answer<Joined>) => void;
  'session:resume': (message: Resume, ack: Answer<CustomerSnapshot>) => void;
  'session:consent': (message: Consent, ack: Answer<object>) => void;
}

export interface SharedServerEvents extends HelperBrowserServerEvents {
  'session:peer': (message: PeerPresence) => void;
  'session:relay': (message: Relay) => void;
  'session:ended': (message: Ended) => void;
}

export type CustomerServerEvents = SharedServerEvents;
