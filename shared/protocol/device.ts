/** Staff devices: a browser that the administrator approved for one account. It reads what is sealed for the vault, and vouches for its operator. */
import { z } from './zod';
import { AccountId, Role, VaultRecord } from './http';
import { PersonName, base64url, base64urlUpTo } from './common';

/** base64url of 16 bytes, made from the device's two public keys. */
export const DeviceId = base64url(16);
export type DeviceId = z.infer<typeof DeviceId>;

/** What people call it, as `Chrome on Windows`. */
export const DeviceName = PersonName;

/** What the tenant's identity key has signed about a device. `account` is the sign-in ID at that time, in lower case. */
export const DeviceCertificate = z.strictObject({
  /** Ed25519. */
  signKey: base64url(32),
  /** X25519. */
  boxKey: base64url(32),
  account: AccountId,
  role: Role,
  /** Epoch milliseconds. */
  issuedAt: z.number().int().nonnegative(),
  signature: base64url(64),
});
export type DeviceCertificate = z.infer<typeof DeviceCertificate>;

/** Query of the routes that both roles use: one browser may hold a sign-in of each. */
export const DeviceQuery = z.strictObject({ role: Role });
export type DeviceQuery = z.infer<typeof DeviceQuery>;

/**
 * GET /api/devices?role= — the tenant's public keys, which a browser needs before it asks. `vaultCard`: the identity key's
 * signature on the vault's; null until one was made.
 */
export const VaultKeys = z.object({
  identityKey: base64url(32),
  vaultKey: base64url(32),
  vaultCard: base64url(64).nullable(),
});
export type VaultKeys = z.infer<typeof VaultKeys>;

/** GET /api/admin/vault: what the release key opens. */
export const VaultState = VaultRecord.extend({ card: VaultRecord.shape.card.nullable() });
export type VaultState = z.infer<typeof VaultState>;

/** PUT /api/admin/vault-card: the card of a vault that has none yet. */
export const VaultCard = z.strictObject({ card: VaultRecord.shape.card });
export type VaultCard = z.infer<typeof VaultCard>;

/** PUT /api/devices/:id?role= — a browser asks to be approved; the same again changes nothing but `name`. */
export const DeviceRequest = z.strictObject({
  signKey: base64url(32),
  boxKey: base64url(32),
  name: DeviceName,
  /** Ed25519 by `signKey` over lv_cat("tasuki device request 1", identity key, account, role). */
  proof: base64url(64),
});
export type DeviceRequest = z.infer<typeof DeviceRequest>;

/** The answer to it, and GET /api/devices/:id?role=. The browser believes none of it unchecked (`trustDevice`). */
export const DeviceState = VaultKeys.extend({
  state: z.enum(['pending', 'approved', 'revoked']),
  /** Only when approved. */
  certificate: DeviceCertificate.nullable(),
  /** Sealed for the device: what `unwrapVault` opens. */
  wrapped: base64urlUpTo(400).nullable(),
});
export type DeviceState = z.infer<typeof DeviceState>;

/** GET /api/admin/devices → DeviceRow[] */
export const DeviceRow = z.object({
  id: DeviceId,
  signKey: base64url(32),
  boxKey: base64url(32),
  proof: base64url(64),
  name: DeviceName,
  account: AccountId,
  accountName: PersonName,
  role: Role,
  state: z.enum(['pending', 'approved', 'revoked']),
  createdAt: z.number().int(),
  approvedAt: z.number().int().nullable(),
  seenAt: z.number().int().nullable(),
});
export type DeviceRow = z.infer<typeof DeviceRow>;

/** POST /api/admin/devices/:id/approve */
export const DeviceApproval = z.strictObject({
  certificate: DeviceCertificate,
  wrapped: base64urlUpTo(400),
});
export type DeviceApproval = z.infer<typeof DeviceApproval>;
// POST /api/admin/devices/:id/revoke has an empty body.

/** `device:approved` and `device:revoked` at the desks of the account. */
export const DeviceNews = z.object({ id: DeviceId });
export type DeviceNews = z.infer<typeof DeviceNews>;
