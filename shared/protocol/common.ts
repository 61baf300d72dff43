/** Words and shapes that every link uses. Sizes are exact, so nothing oversized passes an edge. */
import { z } from './zod';

/** Raised when a message changes shape; both peers put it into the pairing transcript. */
export const PROTOCOL_VERSION = 1;

/** Base64url without padding, exactly `bytes` long when decoded. */
export const base64url = (bytes: number) => {
  const length = Math.ceil((bytes * 4) / 3);
  return z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${length}}$`));
};

/** Base64url without padding, at most `chars` characters. */
export const base64urlUpTo = (chars: number) =>
  z
    .string()
    .max(chars)
    .regex(/^[A-Za-z0-9_-]+$/);

export const SessionId = base64url(16);
export const Rendezvous = base64url(16);
export const ResumeToken = base64url(32);
/** An encoded ristretto255 element (CPace public share). */
export const PakeShare = base64url(32);
/** An HMAC-SHA-512 key-confirmation tag. */
export const PakeTag = base64url(64);

export const MODES = ['manage', 'control', 'view', 'share', 'show'] as const;
export const Mode = z.enum(MODES);
export type Mode = z.infer<typeof Mode>;

export const PATHS = ['code', 'download', 'mail', 'chat', 'installed'] as const;
/** How a session began, as the server records it. `mail`: by a link that it knows was mailed; any other link is `code`. */
export const Path = z.enum(PATHS);
export type Path = z.infer<typeof Path>;

export const Side = z.enum(['operator', 'customer']);
export type Side = z.infer<typeof Side>;
export const otherSide = (side: Side): Side => (side === 'operator' ? 'customer' : 'operator');

export const Party = z.enum(['operator', 'customer', 'server']);
/** Who ended a session. */
export type Party = z.infer<typeof Party>;

export const END_REASONS = [
  'cancelled', // somebody pressed Cancel or End
  'declined', // the customer pressed Decline
  'share_stopped', // the browser's own bar, or the captured window was closed
  'left', // the page was closed or its network stayed away longer than the grace time
  'expired', // nobody entered the number in time
  'withdrawn', // the operator took the number back
  'no_answer', // the other side stayed silent while pairing or deciding
  'no_path', // no network path between the two browsers
  'unsupported', // this browser cannot share a screen
  'tampered', // a sealed message did not verify: somebody changed, dropped or repeated it
  'signed_out', // the operator's sign-in ended
  'failed', // an error in our own software
] as const;
export const EndReason = z.enum(END_REASONS);
export type EndReason = z.infer<typeof EndReason>;

export const LANGUAGES = ['ja', 'en'] as const;
export const Language = z.enum(LANGUAGES);
export type Language = z.infer<typeof Language>;

/** Half of a surrogate pair is no character: whatever makes an address or bytes of it may throw. */
export const wholeCharacters = (text: string): string => text.replace(/\p{Cs}/gu, '\ufffd');

/** A name shown to people: trimmed, bounded, no control or bidirectional-override characters. */
export const PersonName = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u)
  .overwrite(wholeCharacters);

/** 加入コード: eight characters without the look-alikes 0/O and 1/I/L. */
export const SubscriberCode = z.string().regex(/^[2-9A-HJKMNP-Z]{8}$/);

export const IceServer = z.object({
  urls: z.array(z.string().max(300)).max(8),
  username: z.string().max(200).optional(),
  credential: z.string().max(200).optional(),
});
/** What `RTCPeerConnection` needs; credentials are made for one session and expire. */
export const IceConfig = z.object({
  servers: z.array(IceServer).max(8),
  policy: z.enum(['all', 'relay']),
});
export type IceConfig = z.infer<typeof IceConfig>;

/** How two browsers reached each other, as their own statistics tell; kept for the audit. */
export const NetworkReport = z.object({
  route: z.enum(['direct', 'relayed']),
  protocol: z.enum(['udp', 'tcp', 'tls']),
  dtlsCipher: z.string().regex(/^[A-Za-z0-9_-]{1,80}$/),
  srtpCipher: z.string().regex(/^[A-Za-z0-9_-]{1,80}$/),
});
export type NetworkReport = z.infer<typeof NetworkReport>;
