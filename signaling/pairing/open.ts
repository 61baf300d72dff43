import { permittedModes, windowsOnly } from '../../shared/policy';
import type { Open, Opened } from '../../shared/protocol/desk';
import { ProtocolError } from '../../shared/protocol/errors';
import { MINUTE } from '../clock';
import { hashToken, newId, newToken } from '../secrets';
import { findPermit } from '../store/accounts';
import { countLive } from '../store/session-queries';
import { insertSession } from '../store/sessions';
import type { AccountRow } from '../store/schema';
import { findTenant } from '../store/tenants';
import type { Arriving, PairingContext } from './context';
import { hostNames } from './host';
import { iceConfig } from './ice';

export interface Opener extends Arriving {
  account: AccountRow;
  signIn: string;
}

/**
 * Announces a rendezvous (RS-58, RS-60). The server never sees the code.
 * @throws ProtocolError `not_allowed` for a mode or an application selection outside the permit (RS-50, RS-51, RS-53), `busy` for a rendezvous in use
 */
export async function openSession(context: PairingContext, opener: Opener, open: Open): Promise<Opened> {
  const { db, clock, config, limiters, metrics } = context;
  const { account, signIn, socketId } = opener;
  const permit = await findPermit(db, account.id);
  const onlyWindows = windowsOnly(permit, open.windowsOnly);
  if (!permittedModes(permit).includes(open.mode) || onlyWindows === null) {
    throw new ProtocolError('not_allowed');
  }
  await limiters.opensPerOperator.take(account.id);
  const now = clock.now();
  if ((await countLive(db, account.id)) >= config.limits.livePerOperator) {
    metrics.limited('live_per_operator');
    throw new ProtocolError('limited', { retryAt: now + MINUTE });
  }

  const host = hostNames(await findTenant(db), account.name);
  const id = newId();
  const resume = newToken();
  const expiresAt = now + open.ttlMinutes * MINUTE;
  const fresh = await insertSession(db, {
    id,
    tenant_id: account.tenant_id,
    operator_account: account.id,
    operator_id: account.login_id,
    operator_name: account.name,
    sign_in: signIn,
    mode: open.mode,
    rdv: open.rdv,
    operator_resume: hashToken(resume),
    operator_socket: socketId,
    issued_at: now,
    expires_at: expiresAt,
    app_selection: Number(onlyWindows),
  });
  if (!fresh) throw new ProtocolError('busy');
  await opener.enter({ id, mode: open.mode });
  metrics.sessionsOpened.inc({ mode: open.mode });
  return {
    sessionId: id,
    resume,
    expiresAt,
    host,
    ice: iceConfig(config.ice, id, now),
    windowsOnly: onlyWindows,
  };
}
