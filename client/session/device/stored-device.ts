/** The secret of this browser as a staff device, in IndexedDB: one a tenant, role and account. It never leaves it. */
import type { Me } from '../../../shared/protocol/http';

export interface StoredDevice {
  slot: string;
  /** 32 bytes; both key pairs come from it. */
  seed: Uint8Array;
  /** The tenant's identity key, base64url, as it was when this browser asked. Another one later is somebody else's. */
  identityKey: string;
}

/** Which device of this browser: people may share it, and one person may hold both roles. */
export const slotOf = ({ subscriber, role, id }: Pick<Me, 'subscriber' | 'role' | 'id'>): string =>
  `${subscriber}:${role}:${id.toLowerCase()}`;

async function open() {
  const { openDB } = await import('idb');
  return openDB('tasuki-devices', 1, {
    upgrade(db) {
      db.createObjectStore('devices', { keyPath: 'slot' });
    },
  });
}

/** @throws when this browser stores nothing */
export async function findDevice(slot: string): Promise<StoredDevice | null> {
  const db = await open();
  const found = (await db.get('devices', slot)) as StoredDevice | undefined;
  db.close();
  return found ?? null;
}

/**
 * Keeps a device unless there is one already, so that two tabs make one device.
 * @returns what is kept now
 * @throws when this browser stores nothing
 */
export async function keepDevice(device: StoredDevice): Promise<StoredDevice> {
  const db = await open();
  const change = db.transaction('devices', 'readwrite');
  const found = (await change.store.get(device.slot)) as StoredDevice | undefined;
  if (!found) await change.store.put(device);
  await change.done;
  db.close();
  return found ?? device;
}

export async function forgetDevice(slot: string): Promise<void> {
  const db = await open();
  await db.delete('devices', slot);
  db.close();
}
