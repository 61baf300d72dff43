/** Random identifiers and tokens, and how a token is kept: never itself, only its hash. */
import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

/** Public identifier, 128 bit. */
export const newId = (): string => randomBytes(16).toString('base64url');

/** Bearer token, 256 bit. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What the store keeps of a token. Plain SHA-256 is enough: the token has full entropy. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** Compares two texts in a time that tells nothing about where they differ. */
export function sameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

const SUBSCRIBER_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** 加入コード: eight characters without look-alikes. */
export const newSubscriberCode = (): string =>
  Array.from({ length: 8 }, () => SUBSCRIBER_ALPHABET[randomInt(SUBSCRIBER_ALPHABET.length)]).join('');

/** A password a person can copy from a terminal, about 95 bit. */
export const newPassword = (): string =>
  Array.from({ length: 4 }, () => randomBytes(3).toString('base64url').replace(/[-_]/g, 'x')).join('-');
