/** Where mail may go without encryption. */
import { lookup } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';

const OWN = new Set(['loopback', 'private', 'uniqueLocal', 'linkLocal']);

/**
 * Resolves a host once, so that what was checked is what is connected to.
 * @returns an address on this machine or the own network, or null if any of the host's addresses lies elsewhere
 * @throws when the host has no address
 */
export async function ownAddress(host: string): Promise<string | null> {
  const addresses = await lookup(host.replace(/^\[|\]$/g, ''), { all: true });
  const own = addresses.every(({ address }) => OWN.has(ipaddr.process(address).range()));
  return own ? (addresses[0]?.address ?? null) : null;
}
