/** Where each side of a conversation has its keys from. Both answer null for what they cannot make or must not trust. */
import { acceptClaim, checkClaim, noteKey, openKey, type ChatVisitor } from '../../../shared/crypto/chat';
import type { VaultAccess } from '../../../shared/crypto/device';
import type { Sodium } from '../../../shared/crypto/sodium';
import type { ChatClaim } from '../../../shared/protocol/chat';

/** The key of an epoch (with its claim, which is null for epoch 0) or of the staff's notes. 64 bytes. */
export type KeyOf = (epoch: number | 'note', claim: ChatClaim | null) => Uint8Array | null;

/** The customer's: everything hangs on the tenant's pinned identity key. */
export const customerKeys =
  (sodium: Sodium, identityKey: string, visitor: ChatVisitor): KeyOf =>
  (epoch, claim) => {
    if (epoch === 0) return visitor.questionKey;
    if (!claim) return null;
    try {
      return acceptClaim(sodium, identityKey, visitor, claim);
    } catch {
      return null;
    }
  };

/**
 * The staff's, on an approved device.
 * @param keyBox the question's key, as the customer sealed it for the vault
 */
export const staffKeys =
  (
    sodium: Sodium,
    access: Pick<VaultAccess, 'box'>,
    { identityKey, visitorKey, keyBox }: { identityKey: string; visitorKey: string; keyBox: string },
  ): KeyOf =>
  (epoch, claim) => {
    if (epoch === 'note') return noteKey(sodium, access, visitorKey);
    if (epoch === 0) return openKey(sodium, access, keyBox);
    if (!claim || !checkClaim(sodium, identityKey, visitorKey, claim)) return null;
    return openKey(sodium, access, claim.keyBox);
  };
