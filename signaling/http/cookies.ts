/** One cookie a role, so that one browser can hold an administrator and an operator at once. */
import type { CookieSerializeOptions } from '@fastify/cookie';
import type { Role } from '../../shared/protocol/http';
import { SIGN_IN_MAX_MS } from '../accounts/identity';
import type { Origins } from '../origins';

/**
 * With the prefix no other host of the domain can plant the cookie. Browsers accept it over TLS only, so on
 * http://localhost (where `Secure` itself is fine) it must be left out.
 */
export const cookieName = (origins: Origins, role: Role): string =>
  `${origins.secure ? '__Host-' : ''}tasuki-${role}`;

export const COOKIE: CookieSerializeOptions = {
  path: '/',
  httpOnly: true,
  secure: true,
  sameSite: 'strict',
  maxAge: SIGN_IN_MAX_MS / 1000,
};

/** Reads one cookie of a raw header, for sockets. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}
