/** A company for the benchmark of the chat desk: set up with a vault of our own, so that devices can be approved. */
import { approveDevice, deviceId, deviceKeys, deviceRequest } from '../shared/crypto/device';
import type { Claimant } from '../shared/crypto/chat';
import { loadSodium } from '../shared/crypto/sodium';
import { createVault, openVault } from '../shared/crypto/vault';
import { startProduct, type Product } from '../e2e/support/product';
import type { Rig } from './rig';

const PASSWORD = 'only for the benchmark';

/** Everybody comes from one address here; the limits are measured elsewhere. */
const UNLIMITED = Object.fromEntries(
  [
    'CHATS_PER_ADDRESS',
    'OPEN_CHATS_PER_ADDRESS',
    'CHAT_MESSAGES',
    'CHAT_RESUMES',
    'CHAT_HISTORY_PER_ADDRESS',
    'LOGINS_PER_ADDRESS',
    'REQUESTS_PER_ADDRESS',
    'SOCKETS_PER_ADDRESS',
    'STREAMS_PER_ADDRESS',
  ].map((name) => [`TASUKI_LIMIT_${name}`, '1000000']),
);

export interface Member {
  cookie: string;
  claimant: Claimant;
}

export interface House {
  product: Product;
  subscriber: string;
  members: Member[];
}

/** Starts the product with so many operators, each with an approved device. */
export async function openHouse(rig: Rig, operators: number): Promise<House> {
  const profiled = process.env.BENCH_PROFILE
    ? { NODE_OPTIONS: `--import ${new URL('profile.mjs', import.meta.url).href}` }
    : {};
  const product = await startProduct({ env: { ...UNLIMITED, ...profiled }, bare: true });
  rig.defer(() => product.stop());
  const sodium = await loadSodium();
  const { record, releaseKey } = await createVault();
  const root = await openVault(record, releaseKey);
  if (!root) throw new Error('the vault does not open');
  const admin = { adminId: 'admin', password: PASSWORD, company: 'Bench', language: 'en', vault: record };
  const done = await call(product, 'POST', '/setup', { token: 'first-start-token', ...admin });
  const { subscriber } = (await done.json()) as { subscriber: string };
  const adminCookie = await signIn(product, 'admin', 'administrator');

  const members: Member[] = [];
  for (let index = 0; index < operators; index++) {
    const id = `bench${index}`;
    await call(product, 'POST', '/admin/operators', { id, name: id, password: PASSWORD }, adminCookie);
    const cookie = await signIn(product, id, 'operator');
    const device = deviceKeys(sodium, sodium.randombytes_buf(32));
    const owner = { account: id, role: 'operator' as const };
    const request = deviceRequest(sodium, device, record.identityKey, owner, 'bench');
    const path = deviceId(sodium, request);
    await call(product, 'PUT', `/devices/${path}?role=operator`, request, cookie);
    const approval = approveDevice(sodium, root, request, owner, Date.now());
    await call(product, 'POST', `/admin/devices/${path}/approve`, approval, adminCookie);
    const keys = { identityKey: record.identityKey, vaultKey: record.publicKey };
    members.push({ cookie, claimant: { device, certificate: approval.certificate, operator: id, ...keys } });
  }
  return { product, subscriber, members };
}

async function call(
  { origin }: Product,
  method: string,
  path: string,
  body: object,
  cookie = '',
): Promise<Response> {
  const headers = { 'content-type': 'application/json', origin, cookie };
  const response = await fetch(`${origin}/api${path}`, { method, headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response;
}

async function signIn(product: Product, id: string, role: string): Promise<string> {
  const response = await call(product, 'POST', '/login', { id, password: PASSWORD, role });
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}
