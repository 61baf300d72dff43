/** Where a request comes from. Forwarded headers are believed from configured proxies only. */
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
export type Range = [Address, number];

/** Reads `10.0.0.0/8` or a single address. */
export function parseRange(text: string): Range | undefined {
  try {
    if (text.includes('/')) return ipaddr.parseCIDR(text);
    const address = ipaddr.process(text);
    return [address, address.kind() === 'ipv4' ? 32 : 128];
  } catch {
    return undefined;
  }
}

function parseAddress(text: string | undefined): Address | undefined {
  // A proxy may add a port: `192.0.2.1:4711`, `[2001:db8::1]:4711`.
  const bare = text
    ?.trim()
    .replace(/^\[([^\]]+)\](:\d+)?$/, '$1')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
  if (!bare || bare.includes('%')) return undefined;
  try {
    return ipaddr.process(bare);
  } catch {
    return undefined;
  }
}

export interface RequestSource {
  socket: { remoteAddress?: string | undefined };
  headers: Record<string, string | string[] | undefined>;
}

/** @returns a function that tells the address of the person behind a request. */
export function addressReader(trusted: string[]): (request: RequestSource) => string {
  const ranges = trusted.map(parseRange).filter((range) => range !== undefined);
  const isTrusted = (address: Address) =>
    ranges.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits));

  return ({ socket, headers }) => {
    let address = parseAddress(socket.remoteAddress);
    if (!address) return 'unknown';
    const hops = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',').reverse();
    for (const hop of hops) {
      if (!isTrusted(address)) break;
      const before = parseAddress(hop);
      if (!before) break;
      address = before;
    }
    return address.toString();
  };
}

/** What limits count by: an IPv6 household owns at least a /64. */
export function limitKey(address: string): string {
  const parsed = parseAddress(address);
  if (!parsed || parsed.kind() === 'ipv4') return address;
  return (parsed as ipaddr.IPv6).parts.slice(0, 4).join(':');
}

export const isLoopback = (address: string): boolean => parseAddress(address)?.range() === 'loopback';
