/**
 * Customer ⇄ operator through the server. The server checks the outer shape and size and
 * forwards it; it can read neither `sealed` frames nor the key agreement.
 *
 * ```
 * customer                                   operator
 *   │  (session:join carries the share Ya)      │
 *   │ ◀── reply {share Yb, tag Tb, frame} ──────│   frame: sealed Ask, epoch 0
 *   │ ─── confirm {tag Ta, frame} ────────────▶ │   frame: sealed State, epoch 0
 *   │ ◀══════════ sealed {epoch, frame} ═══════▶│
 *   ⋯ either socket is replaced ⋯
 *   │ ◀── knock {} ─────────────────────────────│   only when it was the operator's
 *   │ ─── hello {nonce, mac} ─────────────────▶ │   a new epoch: fresh keys from both nonces
 *   │ ◀── welcome {nonce, re, mac} ─────────────│
 * ```
 */
import { z } from './zod';
import { EndReason, Mode, PakeShare, PakeTag, Party, PersonName, base64url, base64urlUpTo } from './common';

/** Longest sealed frame in base64url characters; an SDP offer with many codecs needs about 10 000. */
export const MAX_FRAME_CHARS = 40_000;

const Frame = base64urlUpTo(MAX_FRAME_CHARS);
const Nonce = base64url(16);
const Mac = base64url(32);

export const RelayEnvelope = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('reply'), share: PakeShare, tag: PakeTag, frame: Frame }),
  z.strictObject({ t: z.literal('confirm'), tag: PakeTag, frame: Frame }),
  z.strictObject({ t: z.literal('hello'), nonce: Nonce, mac: Mac }),
  z.strictObject({ t: z.literal('welcome'), nonce: Nonce, re: Nonce, mac: Mac }),
  z.strictObject({ t: z.literal('knock') }),
  z.strictObject({ t: z.literal('sealed'), epoch: base64url(8), frame: Frame }),
]);
export type RelayEnvelope = z.infer<typeof RelayEnvelope>;

/** Who asks, told end to end; the customer's page compares it with what the server says. */
export const Card = z.strictObject({ operator: PersonName, company: PersonName });
export type Card = z.infer<typeof Card>;

export const LinkId = base64url(16);

/** One captured picture: the viewer finds its stream by `stream`, the stream's id in the SDP. */
export const Picture = z.strictObject({
  stream: z.string().regex(/^[\x21-\x7e]{1,80}$/),
  kind: z.enum(['monitor', 'window', 'tab', 'unknown']),
});
export type Picture = z.infer<typeof Picture>;
/** In the order in which input names them. A closed window leaves null in its place: the others keep their numbers. */
const Pictures = z.array(Picture.nullable()).max(8).optional();

/** One WebRTC signal, as simple-peer makes them; everything else it can make is not part of this protocol. */
export const LinkSignal = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('offer'), sdp: z.string().max(24_000) }),
  z.strictObject({ type: z.literal('answer'), sdp: z.string().max(24_000) }),
  z.strictObject({
    type: z.literal('candidate'),
    candidate: z.strictObject({
      candidate: z.string().max(1000),
      sdpMLineIndex: z.number().int().nullish(),
      sdpMid: z.string().max(40).nullish(),
      usernameFragment: z.string().max(300).nullish(),
    }),
  }),
]);
export type LinkSignal = z.infer<typeof LinkSignal>;

/** What travels inside sealed frames, from either side. */
export const RelayMessage = z.discriminatedUnion('t', [
  /** operator → customer: the consent page's content. */
  z.strictObject({
    t: z.literal('ask'),
    card: Card,
    mode: Mode,
    /** Application selection: the operator asks for chosen windows only. */
    windowsOnly: z.boolean(),
  }),
  /**
   * customer → operator: where the customer stands; sent on every change and as the snapshot that opens an
   * epoch. `reading` until decided, `picking` while the browser's picker is open, `refused` after it was closed
   * without a choice.
   */
  z.strictObject({
    t: z.literal('state'),
    consent: z.enum(['reading', 'granted']),
    capture: z.enum(['none', 'picking', 'refused', 'on']),
    /** While `on`. */
    pictures: Pictures,
    /** Only chosen windows are shown, whoever wished it. */
    windowsOnly: z.boolean(),
  }),
  /** operator → customer: the same about the operator's own screen, for `show` and `share`. */
  z.strictObject({
    t: z.literal('host'),
    capture: z.enum(['none', 'picking', 'refused', 'on']),
    pictures: Pictures,
  }),
  /**
   * Host → controller: the key of the helper's line to the controller (64 bytes), or null when there is no helper (any
   * more). Part of the snapshot.
   */
  z.strictObject({ t: z.literal('helper'), key: base64url(64).nullable() }),
  /** Sharer → viewer first, then both: WebRTC signals of one link; `nonce` makes the link's channel keys. */
  z.strictObject({ t: z.literal('signal'), link: LinkId, nonce: Nonce, data: LinkSignal }),
  /** Viewer → sharer: my link is dead, make a new one. */
  z.strictObject({ t: z.literal('relink') }),
  z.strictObject({ t: z.literal('end'), by: Party, reason: EndReason }),
]);
export type RelayMessage = z.infer<typeof RelayMessage>;
