/** The origin of what somebody typed or pasted, for people paste whole addresses; anything else comes back in lower case. */
export function asOrigin(line: string): string {
  const lower = line.toLowerCase();
  if (!/^https?:\/\/[^*]+$/.test(lower) || !URL.canParse(lower)) return lower;
  return new URL(lower).origin;
}
