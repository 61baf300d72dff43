import type { Mode } from '../../../../shared/protocol/common';

/** `manage` is not yet part of this version: the server opens no such session. */
export const askedMode = (mode: Mode): Exclude<Mode, 'manage'> => (mode === 'manage' ? 'control' : mode);
