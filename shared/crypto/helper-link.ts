/**
 * How the helper gets its secret: in the name of the downloaded file, or in a `tasuki:` link. The server never sees it.
 *
 *   token = base64url(kind ‖ secret ‖ origin ‖ check)
 *
 * kind 1: a 16-byte secret follows; kind 2: none (the helper asks for the number). origin: the server's, in UTF-8.
 * check: the first 4 bytes of BLAKE2b-256 over everything before it; it tells a damaged name from a whole one.
 */
import { concat, fromUtf8, lvCat, utf8 } from './bytes';
import { fromBase64, toBase64 } from './encoding';
import type { Sodium } from './sodium';

export const HELPER_SECRET_BYTES = 16;
const CHECK_BYTES = 4;
const WITH_SECRET = 1;
const WITHOUT_SECRET = 2;
/** The file's name before the token. */
export const HELPER_FILE_PREFIX = 'tasuki-helper-';
export const HELPER_SCHEME = 'tasuki:';
const MAX_TOKEN_CHARS = 600;

export interface HelperLink {
  /** Of the server, as `location.origin` gives it. */
  origin: string;
  /** 16 bytes; absent in the helper that is downloaded in advance. */
  secret?: Uint8Array;
}

/** https anywhere; plain http only on this very machine. */
const ORIGIN = /^(https:\/\/[^/?#@\s]{1,255}|http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?)$/;

function checkOf(sodium: Sodium, body: Uint8Array): Uint8Array {
  return sodium.crypto_generichash(32, body, null).subarray(0, CHECK_BYTES);
}

/** @throws RangeError for an origin or secret that no helper would take */
export function helperToken(sodium: Sodium, { origin, secret }: HelperLink): string {
  if (!ORIGIN.test(origin)) throw new RangeError('origin');
  if (secret && secret.length !== HELPER_SECRET_BYTES) throw new RangeError('secret');
  const kind = Uint8Array.of(secret ? WITH_SECRET : WITHOUT_SECRET);
  const body = concat(kind, secret ?? new Uint8Array(0), utf8(origin));
  return toBase64(sodium, concat(body, checkOf(sodium, body)));
}

/** @returns null for anything but a whole token */
export function parseHelperToken(sodium: Sodium, token: string): HelperLink | null {
  if (token.length > MAX_TOKEN_CHARS || !/^[A-Za-z0-9_-]+$/.test(token)) return null;
  try {
    return readToken(sodium, fromBase64(sodium, token));
  } catch {
    return null; // not canonical base64url, or an origin that is not UTF-8
  }
}

/** @throws TypeError when the origin is not UTF-8 */
function readToken(sodium: Sodium, bytes: Uint8Array): HelperLink | null {
  const body = bytes.subarray(0, -CHECK_BYTES);
  const check = bytes.subarray(-CHECK_BYTES);
  if (body.length < 2 || !sodium.memcmp(check, checkOf(sodium, body))) return null;
  const secretBytes = body[0] === WITH_SECRET ? HELPER_SECRET_BYTES : body[0] === WITHOUT_SECRET ? 0 : -1;
  if (secretBytes < 0 || body.length <= 1 + secretBytes) return null;
  const origin = fromUtf8(body.subarray(1 + secretBytes));
  if (!ORIGIN.test(origin)) return null;
  return secretBytes ? { origin, secret: body.slice(1, 1 + secretBytes) } : { origin };
}

export interface HelperKeys {
  /** What the server pairs by, base64url of 16 bytes. */
  rdv: string;
  /** 64 bytes: host's browser ⇄ helper. */
  hostKey: Uint8Array;
  /** 64 bytes: controller's browser ⇄ helper. */
  peerKey: Uint8Array;
}

/** Everything that comes from the one secret; one-way, so peerKey tells nothing of hostKey. */
export function helperKeys(sodium: Sodium, secret: Uint8Array): HelperKeys {
  const derive = (bytes: number, label: string) => sodium.crypto_generichash(bytes, lvCat(label), secret);
  return {
    rdv: toBase64(sodium, derive(16, 'tasuki helper rendezvous 1')),
    hostKey: derive(64, 'tasuki helper host 1'),
    peerKey: derive(64, 'tasuki helper peer 1'),
  };
}
