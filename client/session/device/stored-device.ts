/** The secret of this browser as a staff device, in IndexedDB: one a tenant, role and account. It never leaves it. */
import type { Me } from '../../../shared/protocol/http';

export interface StoredDevice {
  slot: string;
  /** 32 bytes; both key pairs come from it. */
  seed: Uint8Array;
  /** The tenant's identity key, base64url, as it was when this browser asked. Another one later is somebody else's. */
  identityKey: string;
}

/** Where it is kept. Each function throws when this browser stores nothing. */
export interface DeviceStorage {
  find(slot: string): Promise<StoredDevice | null>;
  /** Keeps a device unless there is one already, so that two tabs make one device. @returns what is kept now */
  keep(device: StoredDevice): Promise<StoredDevice>;
  forget(slot: string): Promise<void>;
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

/** IndexedDB. */
export const deviceStorage: DeviceStorage = {
  async find(slot) {
    const db = await open();
    const found = (await db.get('devices', slot)) as StoredDevice | undefined;
    db.close();
    return found ?? null;
  },
  async keep(device) {
    const db = await open();
    const change = db.transaction('devices', 'readwrite');
    const found = (await change.store.get(device.slot)) as StoredDevice | undefined;
    if (!found) await change.store.put(device);
    await change.done;
    db.close();
    return found ?? device;
  },
  async forget(slot) {
    const db = await open();
    await db.delete('devices', slot);
    db.close();
  },
};
