/** What happened, in words. A newer server may know actions that this page does not: those are shown as they are. */
import { t } from '../../i18n/index.svelte';

const ACTIONS = [
  'setup',
  'login',
  'login.failed',
  'login.blocked',
  'logout',
  'operator.added',
  'operator.changed',
  'operator.permit',
  'reply.saved',
  'reply.deleted',
  'mail.changed',
  'mail.removed',
  'session.mailed',
  'session.drafted',
  'device.approved',
  'device.revoked',
  'vault.card',
  'chat.settings',
  'chat.blocked',
  'chat.unblocked',
  'button.saved',
  'button.removed',
  'picture.saved',
  'picture.removed',
] as const;

export function actionText(action: string): string {
  const known = ACTIONS.find((each) => each === action);
  return known ? t(`admin:action.${known}`) : action;
}

/** Who it was, with their role in words: `operator:anna`, also where more follows. Others, as `demo`, stay as they are. */
export function personText(person: string): string {
  const [, role, id = ''] = /^(administrator|operator):(.*)$/s.exec(person) ?? [];
  if (role === undefined) return person;
  return t(role === 'operator' ? 'admin:log.operator' : 'admin:log.administrator', { id });
}
