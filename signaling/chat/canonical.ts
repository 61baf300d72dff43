/**
 * Whether base64url is written in the one way that every reader accepts. A last character with stray bits has the right
 * shape and length, and makes the other side's reader throw.
 */
export const isCanonical = (text: string): boolean =>
  Buffer.from(text, 'base64url').toString('base64url') === text;
