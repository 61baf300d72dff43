/** Why a session ended, as the key of a sentence. Every reason has one for every party (issue 2, item 6). */
import type { EndReason, Party } from '../../shared/protocol/common';

/** Reasons told differently depending on who caused them; without an own sentence the general one is used. */
const BY_PARTY = {
  cancelled: ['customer', 'operator'],
  share_stopped: ['customer', 'operator'],
  left: ['customer', 'operator'],
  no_answer: ['customer', 'operator'],
  unsupported: ['operator'],
} as const satisfies Partial<Record<EndReason, readonly Party[]>>;

type Special = {
  [R in keyof typeof BY_PARTY]: `${R}.${(typeof BY_PARTY)[R][number]}`;
}[keyof typeof BY_PARTY];
export type Ending = EndReason | Special;

/** @returns `left.operator`, or only `left` where it makes no difference or nobody is known to have caused it */
export function endingOf(reason: EndReason, by: Party): Ending {
  const parties: readonly Party[] = reason in BY_PARTY ? BY_PARTY[reason as keyof typeof BY_PARTY] : [];
  return parties.includes(by) ? (`${reason}.${by}` as Special) : reason;
}
