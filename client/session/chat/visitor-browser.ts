/** How the visitor's browser calls itself, for the operator who has to explain where to click. */

const BROWSERS: [name: string, pattern: RegExp][] = [
  ['Edge', /Edg(?:A|iOS)?\/(\d+)/],
  ['Opera', /OPR\/(\d+)/],
  ['Samsung Internet', /SamsungBrowser\/(\d+)/],
  ['Firefox', /(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /(?:Chrome|CriOS)\/(\d+)/],
  ['Safari', /Version\/(\d+).*Safari/],
];
const SYSTEMS: [name: string, pattern: RegExp][] = [
  ['Windows', /Windows/],
  ['Android', /Android/],
  ['iOS', /iPhone|iPad|iPod/],
  ['macOS', /Macintosh/],
  ['ChromeOS', /CrOS/],
  ['Linux', /Linux/],
];

/** As `Chrome 140 on Windows`; as much of it as can be told. */
export function browserName(userAgent: string): string {
  const [browser, pattern] = BROWSERS.find(([, each]) => each.test(userAgent)) ?? [];
  const version = pattern?.exec(userAgent)?.[1] ?? '';
  const system = SYSTEMS.find(([, each]) => each.test(userAgent))?.[0];
  return [browser && `${browser} ${version}`, system].filter(Boolean).join(' on ').slice(0, 120);
}
