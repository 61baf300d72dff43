/** Base64url without padding, by libsodium so that browsers and Node agree to the byte. */
import { TamperError } from './errors';
import type { Sodium } from './sodium';

export const toBase64 = (sodium: Sodium, bytes: Uint8Array): string =>
  sodium.to_base64(bytes, sodium.base64_variants.URLSAFE_NO_PADDING);

/** @throws TamperError `malformed` when the text is not canonical base64url: only an interferer writes that */
export function fromBase64(sodium: Sodium, text: string): Uint8Array {
  try {
    return sodium.from_base64(text, sodium.base64_variants.URLSAFE_NO_PADDING);
  } catch {
    throw new TamperError('malformed');
  }
}
