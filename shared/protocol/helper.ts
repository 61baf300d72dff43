/**
 * The native helper (DESIGN §6): a peer of its own that acts for one side of a session, its *host*: the customer in
 * `control`, the operator in `share`. Three parties, three keys; the server sees none of them:
 *
 * ```
 * host's browser ──(file name or tasuki: link: one secret)──▶ helper
 *   │ helper:offer {rdv} ──▶ server ◀── helper:attach {rdv} ─── │
 *   │ ◀════ host line: sealed with hostKey, over the server ═══▶│   config, grants, focus ⇄ ready, grants, paused
 *   │ relay `helper {key: peerKey}` ──▶ controller's browser    │
 *                         │ ◀═ peer line: sealed with peerKey ═▶│   signals of their own WebRTC link
 *                         │ ◀════ WebRTC, peer to peer ════════▶│   channels `session`, `input`, `clipboard`
 * ```
 *
 * On both lines the helper takes the role `customer` of `SealedRelay` (it says hello), a browser the role `operator`.
 * Only the host knows the secret, so the controller can neither grant itself anything nor choose what is shared.
 */
import { z } from './zod';
import {
  EndReason,
  IceConfig,
  Language,
  Mode,
  Party,
  PersonName,
  ResumeToken,
  SessionId,
  Side,
  base64url,
} from './common';
import type { End, Ended, OfSession } from './customer'; // types only: customer.ts builds on this file
import type { Ack } from './errors';
import { Card, LinkId, LinkSignal, RelayEnvelope } from './relay';

export const HELPER_NAMESPACE = '/helper';

/** How long an offered helper may take to attach, in milliseconds. */
export const HELPER_OFFER_MS = 10 * 60_000;

export const HelperVersion = z.string().regex(/^[0-9A-Za-z.+-]{1,40}$/);
export const HELPER_SYSTEMS = ['windows', 'macos', 'linux'] as const;
export const HelperSystem = z.enum(HELPER_SYSTEMS);
export type HelperSystem = z.infer<typeof HelperSystem>;
const Rdv = base64url(16);

/* ---- helper ⇄ server: Socket.IO namespace `/helper` ---- */

/** Redeems an offer: atomic, once. */
export const Attach = z.strictObject({
  rdv: Rdv,
  version: HelperVersion,
  system: HelperSystem,
  /** As the system names itself, for the audit: `Windows 11 24H2`. */
  systemVersion: PersonName,
});
export type Attach = z.infer<typeof Attach>;

export const HelperHost = z.object({ operator: PersonName, company: PersonName });

export const Attached = z.object({
  sessionId: SessionId,
  resume: ResumeToken,
  /** Whose computer this is. */
  side: Side,
  mode: Mode,
  host: HelperHost,
  hostPresent: z.boolean(),
  peerPresent: z.boolean(),
  ice: IceConfig,
});
export type Attached = z.infer<typeof Attached>;

export const HelperResume = z.strictObject({ sessionId: SessionId, resume: ResumeToken });
export type HelperResume = z.infer<typeof HelperResume>;
export const HelperSnapshot = Attached.omit({ resume: true });
export type HelperSnapshot = z.infer<typeof HelperSnapshot>;

/** Which of the two browsers: the one in front of the helper's own computer, or the one that operates it. */
export const HelperEnd = z.enum(['host', 'peer']);
export type HelperEnd = z.infer<typeof HelperEnd>;

export const ToBrowser = z.strictObject({ sessionId: SessionId, to: HelperEnd, envelope: RelayEnvelope });
export type ToBrowser = z.infer<typeof ToBrowser>;
export const FromBrowser = z.object({ sessionId: SessionId, from: HelperEnd, envelope: RelayEnvelope });
export type FromBrowser = z.infer<typeof FromBrowser>;
export const BrowserPresence = z.object({ sessionId: SessionId, who: HelperEnd, present: z.boolean() });
export type BrowserPresence = z.infer<typeof BrowserPresence>;

export const Grants = z.strictObject({
  /** Pointer and keyboard. */
  input: z.boolean(),
  clipboard: z.boolean(),
});
export type Grants = z.infer<typeof Grants>;
/** For the audit; the helper is the one that knows. */
export const ReportGrants = z.strictObject({ sessionId: SessionId, grants: Grants });
export type ReportGrants = z.infer<typeof ReportGrants>;

type Answer<T> = (ack: Ack<T>) => void;

export interface HelperClientEvents {
  'helper:attach': (message: Attach, ack: Answer<Attached>) => void;
  'helper:resume': (message: HelperResume, ack: Answer<HelperSnapshot>) => void;
  'helper:relay': (message: ToBrowser, ack: Answer<object>) => void;
  'helper:grants': (message: ReportGrants, ack: Answer<object>) => void;
  'session:ice': (message: OfSession, ack: Answer<{ ice: IceConfig }>) => void;
  /** `by` is the helper's own side. */
  'session:end': (message: End, ack: Answer<object>) => void;
}

export interface HelperServerEvents {
  'helper:relay': (message: FromBrowser) => void;
  'helper:presence': (message: BrowserPresence) => void;
  /** The host goes on without the helper. */
  'helper:dismissed': (message: OfSession) => void;
  'session:ended': (message: Ended) => void;
}

/* ---- browsers ⇄ server, part of `/desk` and `/customer` ---- */

/** The host's browser announces the helper it hands out; a new offer replaces the one before. */
export const Offer = z.strictObject({ sessionId: SessionId, rdv: Rdv });
export type Offer = z.infer<typeof Offer>;
export const Offered = z.object({ expiresAt: z.number().int() });
export type Offered = z.infer<typeof Offered>;
export const ToHelper = z.strictObject({ sessionId: SessionId, envelope: RelayEnvelope });
export type ToHelper = z.infer<typeof ToHelper>;
/** The host's browser, for the audit: only chosen windows are shown, and how many. */
export const Selection = z.strictObject({ sessionId: SessionId, windows: z.number().int().min(1).max(8) });
export type Selection = z.infer<typeof Selection>;

/** What both browsers know of the helper from the server. */
export const HelperState = z.object({
  sessionId: SessionId,
  /** `away`: it was there and its line is interrupted; `none`: never attached, dismissed, or its time ran out. */
  state: z.enum(['none', 'offered', 'attached', 'away']),
  version: HelperVersion.optional(),
  system: HelperSystem.optional(),
});
export type HelperState = z.infer<typeof HelperState>;

export interface HelperBrowserClientEvents {
  'helper:offer': (message: Offer, ack: Answer<Offered>) => void;
  /** Go on without it; an attached helper is sent away. */
  'helper:dismiss': (message: OfSession, ack: Answer<object>) => void;
  'helper:relay': (message: ToHelper, ack: Answer<object>) => void;
  'session:selection': (message: Selection, ack: Answer<object>) => void;
}

export interface HelperBrowserServerEvents {
  'helper:state': (message: HelperState) => void;
  'helper:relay': (message: ToHelper) => void;
}

/* ---- host line: host's browser ⇄ helper, sealed with hostKey ---- */

/** One captured surface as the browser names it; `id` is the middle of the track's label where it has one. */
export const Surface = z.strictObject({
  kind: z.enum(['monitor', 'window', 'tab', 'unknown']),
  id: z.string().regex(/^-?[0-9]{0,20}$/),
  width: z.number().int().min(0).max(32_768),
  height: z.number().int().min(0).max(32_768),
});
export type Surface = z.infer<typeof Surface>;
/** More pictures at once than anybody can watch. */
export const MAX_SURFACES = 8;

export const HostLineMessage = z.discriminatedUnion('t', [
  /** browser → helper: opens an epoch, and again when the surfaces change. `grants` counts once, at the very first. */
  z.strictObject({
    t: z.literal('config'),
    language: Language,
    card: Card,
    mode: Mode,
    /** Application selection: only these windows. */
    windowsOnly: z.boolean(),
    surfaces: z.array(Surface).max(MAX_SURFACES),
    grants: Grants,
  }),
  /** browser → helper: the person switched a grant. */
  z.strictObject({ t: z.literal('grant'), name: z.enum(['input', 'clipboard']), on: z.boolean() }),
  /** browser → helper: the Tasuki page has the focus (or not any more), so remote input must keep off it. */
  z.strictObject({ t: z.literal('focus'), on: z.boolean() }),
  /** browser → helper: go on without you. */
  z.strictObject({ t: z.literal('dismiss') }),
  /** helper → browser: opens an epoch. `reason` when this desktop cannot be operated. */
  z.strictObject({
    t: z.literal('ready'),
    version: HelperVersion,
    system: HelperSystem,
    backend: z.enum(['x11', 'windows', 'macos', 'none']),
    reason: z.enum(['', 'wayland', 'no-display', 'no-permission', 'failed']),
  }),
  /** helper → browser: what holds now, however it came about; part of the snapshot. */
  z.strictObject({ t: z.literal('grants'), grants: Grants }),
  /** helper → browser: remote input keeps off the page from now on, so its switches may be used. */
  z.strictObject({ t: z.literal('guarding'), on: z.boolean() }),
  /** helper → browser: the person's own mouse or keyboard keeps the remote input away at the moment. */
  z.strictObject({ t: z.literal('paused'), on: z.boolean() }),
  z.strictObject({ t: z.literal('end'), by: Party, reason: EndReason }),
]);
export type HostLineMessage = z.infer<typeof HostLineMessage>;

/* ---- peer line: controller's browser ⇄ helper, sealed with peerKey ---- */

export const PeerLineMessage = z.discriminatedUnion('t', [
  /** Helper offers first, then both. */
  z.strictObject({ t: z.literal('signal'), link: LinkId, nonce: base64url(16), data: LinkSignal }),
  /** controller → helper: my link is dead, make a new one. */
  z.strictObject({ t: z.literal('relink') }),
  z.strictObject({ t: z.literal('end'), by: Party, reason: EndReason }),
]);
export type PeerLineMessage = z.infer<typeof PeerLineMessage>;
