import type { Side } from '../../../shared/protocol/common';

/** Who sits in front of the computer that is operated, and so reads these pages. */
export type Who = Side;
