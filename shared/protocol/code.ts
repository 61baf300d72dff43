/** The session number as people write it. */

export const CODE_DIGITS = 8;

/**
 * Understands what a customer typed or pasted: full-width digits, spaces, hyphens and dashes of every kind.
 * @returns the digits alone (may be fewer or more than eight while typing), or null if anything else stands in it.
 */
export function parseCode(text: string): string | null {
  const plain = text.normalize('NFKC').replace(/[\s\p{Dash}\p{Cf}ー]/gu, '');
  return /^[0-9]*$/.test(plain) ? plain : null;
}

/** For reading aloud: `1234 5678`. */
export function groupCode(code: string): string {
  return code.replace(/(\d{4})(?=\d)/g, '$1 ');
}
