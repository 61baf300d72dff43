/** On which origins our frames and the presence stream may be used. */

/** Whether one of the tenant's patterns names this origin; an empty list names all. */
export function isAllowedOrigin(patterns: readonly string[], origin: string): boolean {
  return patterns.length === 0 || patterns.some((pattern) => matches(pattern, origin));
}

/** As a browser reads `frame-ancestors`: `*.` stands for one or more labels. */
function matches(pattern: string, origin: string): boolean {
  const star = pattern.indexOf('*.');
  if (star < 0) return pattern === origin;
  const [scheme, rest] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return origin.startsWith(scheme) && origin.endsWith(rest) && origin.length > scheme.length + rest.length;
}

/** For `frame-ancestors`. Our own pages may always show a frame: the administrator's preview does. */
export const frameAncestors = (patterns: readonly string[]): string =>
  patterns.length === 0 ? '*' : ["'self'", ...patterns].join(' ');
