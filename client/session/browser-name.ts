/** What people call this browser, as `Chrome 140 on Windows`. */

const BROWSERS: [name: string, pattern: RegExp][] = [
  ['Edge', /Edg(?:A|iOS)?\/(\d+)/],
  ['Opera', /OPR\/(\d+)/],
  ['Samsung Internet', /SamsungBrowser\/(\d+)/],
  ['Firefox', /(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /(?:Chrome|CriOS)\/(\d+)/],
  ['Safari', /Version\/(\d+).*Safari/],
];
const SYSTEMS: [name: string, pattern: RegExp][] = [
  ['Android', /Android/],
  ['iOS', /iPhone|iPad|iPod/],
  ['Windows', /Windows/],
  ['ChromeOS', /CrOS/],
  ['macOS', /Macintosh/],
  ['Linux', /Linux/],
];

/**
 * As much of it as can be told; empty when nothing can.
 * @param userAgent as the browser sends it
 * @param version its number, for whoever has to explain where to click; a list in which it is to be known again has none
 */
export function browserName(userAgent: string, version: 'with version' | 'without version'): string {
  const [name, pattern] = BROWSERS.find(([, each]) => each.test(userAgent)) ?? [];
  const number = version === 'with version' ? pattern?.exec(userAgent)?.[1] : undefined;
  const system = SYSTEMS.find(([, each]) => each.test(userAgent))?.[0];
  const browser = [name, number].filter(Boolean).join(' ');
  return [browser, system].filter(Boolean).join(' on ').slice(0, 120);
}
