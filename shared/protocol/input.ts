/**
 * Controller's browser ⇄ helper, peer to peer: the data channels of the helper's link. All are ordered and reliable, and
 * sealed again with subkeys of peerKey (`channelKey(peerKey, name, role, nonces)`). `session` is the channel the link
 * is made with; `input` and `clipboard` are negotiated with fixed ids, so that a long paste never delays a key.
 *
 * When `input` is full, pointer moves are coalesced by the sender; keys, buttons and text never are. When `clipboard` is
 * full the sender waits.
 */
import { z } from './zod';
import { EndReason, Party } from './common';
import { Grants, MAX_SURFACES } from './helper';

/** SCTP stream ids of the negotiated channels. */
export const HELPER_CHANNELS = { input: 100, clipboard: 101 } as const;

/** Longest message of any of these channels in bytes, seal included. */
export const MAX_HELPER_CHANNEL_BYTES = 49_152;

const Position = {
  /** Index into the surfaces that the host shares. */
  s: z
    .number()
    .int()
    .min(0)
    .max(MAX_SURFACES - 1),
  /** 0 to 1 over the surface, from its left top corner. */
  x: z.number().min(0).max(1),
  y: z.number().min(0).max(1),
};
const MAX_NOTCHES = 100;
const Notches = z.number().min(-MAX_NOTCHES).max(MAX_NOTCHES);

/** controller → helper, channel `input`. */
export const InputMessage = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('move'), ...Position }),
  /** `button` as in a PointerEvent: 0 left, 1 middle, 2 right, 3 back, 4 forward. */
  z.strictObject({
    t: z.literal('button'),
    ...Position,
    button: z.number().int().min(0).max(4),
    down: z.boolean(),
  }),
  /** In notches, fractions allowed; positive dy scrolls down, positive dx to the right. */
  z.strictObject({ t: z.literal('wheel'), ...Position, dx: Notches, dy: Notches }),
  /** `code` is KeyboardEvent.code: the physical key. */
  z.strictObject({ t: z.literal('key'), code: z.string().regex(/^[A-Za-z0-9]{1,32}$/), down: z.boolean() }),
  /** Composed text (IME), typed as Unicode. */
  z.strictObject({ t: z.literal('text'), text: z.string().min(1).max(2000) }),
  /** The controller looks at this surface now: keys and text go there from here on, before any pointer has touched it. */
  z.strictObject({ t: z.literal('address'), s: Position.s }),
  /** Ctrl+Alt+Del, as far as the system permits. */
  z.strictObject({ t: z.literal('attention') }),
  /** Lets go of everything: the controller's window lost the focus. */
  z.strictObject({ t: z.literal('release') }),
]);
export type InputMessage = z.infer<typeof InputMessage>;

/** Channel `session` of the helper's link. */
export const HelperSessionMessage = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('ping'), at: z.number() }),
  z.strictObject({ t: z.literal('pong'), at: z.number() }),
  /** helper → controller: at the beginning and whenever something changes; `refused` counts what was dropped so far. */
  z.strictObject({
    t: z.literal('status'),
    grants: Grants,
    /** The person there uses the computer; input is dropped until a second after. */
    paused: z.boolean(),
    /** A page or dialog that asks for consent has the focus; input keeps off it. */
    guarded: z.boolean(),
    backend: z.enum(['x11', 'windows', 'macos', 'none']),
    reason: z.enum(['', 'wayland', 'no-display', 'no-permission', 'failed']),
    ctrlAltDel: z.boolean(),
    refused: z.number().int().min(0),
  }),
  z.strictObject({ t: z.literal('end'), by: Party, reason: EndReason }),
]);
export type HelperSessionMessage = z.infer<typeof HelperSessionMessage>;

/** Longest clipboard text in UTF-16 code units; longer ones are not sent, and the person is told. */
export const MAX_CLIPBOARD_CHARS = 1_000_000;
export const CLIPBOARD_PART_CHARS = 10_000;

/** Both ways, channel `clipboard`: the parts of one text, in order, `part` from 0 to `of` - 1. */
export const ClipboardMessage = z.strictObject({
  t: z.literal('text'),
  part: z.number().int().min(0).max(99),
  of: z.number().int().min(1).max(100),
  text: z.string().max(CLIPBOARD_PART_CHARS),
});
export type ClipboardMessage = z.infer<typeof ClipboardMessage>;
