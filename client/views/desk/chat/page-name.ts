/** The address of a page as people read it: without scheme, query and what else is long. For showing only. */
export function pageName(address: string): string {
  try {
    const { host, pathname } = new URL(address);
    return pathname === '/' ? host : host + pathname;
  } catch {
    return address;
  }
}
