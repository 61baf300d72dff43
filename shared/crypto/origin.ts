/** The server's origin as both browsers write it into salt and channel identifier. */

/**
 * The names of this very machine count as one, so that an operator at `localhost` and a customer at `127.0.0.1` meet.
 * @param origin as `location.origin` gives it
 */
export function pairingOrigin(origin: string): string {
  return origin.replace(/^(https?:\/\/)(?:127\.0\.0\.1|\[::1\])(?=:|$)/, '$1localhost');
}
