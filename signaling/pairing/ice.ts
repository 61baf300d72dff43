/** What the browsers need to find each other, with TURN credentials of this session alone. */
import { createHmac } from 'node:crypto';
import type { IceConfig } from '../../shared/protocol/common';
import { HOUR, SECOND } from '../clock';
import type { Config } from '../config';

/**
 * Credentials must outlive the making of a link, not the session: coturn checks them when an allocation is made or
 * refreshed by a new nonce, and a new link asks for fresh ones.
 */
export const TURN_TTL_MS = 2 * HOUR;

/**
 * TURN REST credentials, as coturn's `use-auth-secret` checks them: the name is the expiry and the session, the
 * password its HMAC.
 */
export function iceConfig(ice: Config['ice'], sessionId: string, now: number): IceConfig {
  const servers: IceConfig['servers'] = [];
  if (ice.stunUrls.length > 0) servers.push({ urls: ice.stunUrls });
  if (ice.turnUrls.length > 0) {
    const username = `${Math.floor((now + TURN_TTL_MS) / SECOND)}:${sessionId}`;
    const credential = createHmac('sha1', ice.turnSecret).update(username).digest('base64');
    servers.push({ urls: ice.turnUrls, username, credential });
  }
  return { servers, policy: ice.policy };
}
