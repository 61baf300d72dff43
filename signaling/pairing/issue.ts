import { permittedModes, windowsOnly } from '../../shared/policy';
import type { Mode } from '../../shared/protocol/common';
import type { Opened } from '../../shared/protocol/desk';
import { ProtocolError, type ErrorCode } from '../../shared/protocol/errors';
import { MINUTE } from '../clock';
import { hashToken, newId, newToken } from '../secrets';
import { findPermit } from '../store/accounts';
import { countLive } from '../store/session-queries';
import { insertSession, type NewSession } from '../store/sessions';
import type { AccountRow } from '../store/schema';
import { findTenant } from '../store/tenants';
import type { Arriving, PairingContext } from './context';
import { hostNames } from './host';
import { iceConfig } from './ice';

/** The operator who wants a session. */
export interface Opener extends Arriving {
  account: AccountRow;
  signIn: string;
}

/** What is asked for, whichever way the customer will come in. */
export interface Wish extends Pick<NewSession, 'rdv' | 'path' | 'chat_id'> {
  mode: Mode;
  windowsOnly: boolean;
  ttlMinutes: number;
}

/**
 * Issues a session: checks permit and limits, writes the row, lets the operator in.
 * @param inUse the failure when another session has that rendezvous
 * @throws ProtocolError `not_allowed` for a mode or an application selection outside the permit (RS-50, RS-51, RS-53)
 */
export async function issueSession(
  context: PairingContext,
  opener: Opener,
  wish: Wish,
  inUse: ErrorCode,
): Promise<Opened> {
  const { db, clock, config, limiters, metrics } = context;
  const { account, signIn, socketId } = opener;
  const { mode, windowsOnly: asked, ttlMinutes, ...way } = wish;
  const permit = await findPermit(db, account.id);
  const onlyWindows = windowsOnly(permit, asked);
  if (!permittedModes(permit).includes(mode) || onlyWindows === null) throw new ProtocolError('not_allowed');
  await limiters.opensPerOperator.take(account.id);
  const now = clock.now();
  if ((await countLive(db, account.id)) >= config.limits.livePerOperator) {
    metrics.limited('live_per_operator');
    throw new ProtocolError('limited', { retryAt: now + MINUTE });
  }

  const host = hostNames(await findTenant(db), account.name);
  const id = newId();
  const resume = newToken();
  const expiresAt = now + ttlMinutes * MINUTE;
  const fresh = await insertSession(db, {
    ...way,
    id,
    tenant_id: account.tenant_id,
    operator_account: account.id,
    operator_id: account.login_id,
    operator_name: account.name,
    sign_in: signIn,
    mode,
    operator_resume: hashToken(resume),
    operator_socket: socketId,
    issued_at: now,
    expires_at: expiresAt,
    app_selection: Number(onlyWindows),
  });
  if (!fresh) throw new ProtocolError(inUse);
  await opener.enter({ id, mode });
  metrics.sessionsOpened.inc({ mode });
  return {
    sessionId: id,
    resume,
    expiresAt,
    host,
    ice: iceConfig(config.ice, id, now),
    windowsOnly: onlyWindows,
  };
}
