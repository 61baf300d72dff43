import type { Clock } from '../clock';
import type { AccountRow, Db, DeviceRecord } from '../store/schema';

/** Tells the desks of an account that something about one of its devices has changed. */
export interface DeviceNotice {
  approved(accountId: string, deviceId: string): void;
  revoked(accountId: string, deviceId: string): void;
}

export interface DevicesContext {
  db: Db;
  clock: Clock;
  notice: DeviceNotice;
  /** Called when a device has lost its rights, maybe again: whatever it was let into must be closed to it. */
  whenRevoked?: (device: DeviceRecord, account: AccountRow) => Promise<void>;
  /** Called when a browser has asked for the first time; `--demo` approves it there. */
  whenAsked?: (device: DeviceRecord, account: AccountRow) => Promise<void>;
}
