/**
 * Key stretching of the session number (DESIGN §3): from 8 digits to a rendezvous id, which the server sees, and a
 * password for the PAKE, which it does not. Argon2id after RFC 9106 (t = 3, m = 64 MiB, p = 1).
 */
import { lvCat, utf8 } from './bytes';
import { toBase64 } from './encoding';
import type { Sodium } from './sodium';

export const STRETCH_OPS = 3;
export const STRETCH_BYTES_OF_MEMORY = 64 * 1024 * 1024;

export interface Stretched {
  /** Rendezvous id, 16 bytes as base64url. */
  rdv: string;
  /** Password-related string for CPace. */
  prs: Uint8Array;
}

const HOUR = 3_600_000;

/** `2026-11-21T09Z`: the UTC hour of a moment (epoch ms), part of the salt. */
export function hourOf(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 13)}Z`;
}

/**
 * Hours a customer's browser tries, in this order: the current one, the one before and, within ten minutes of
 * the turn, the next, for computers whose clocks differ.
 */
export function candidateHours(epochMs: number): string[] {
  const hours = [hourOf(epochMs), hourOf(epochMs - HOUR)];
  if (HOUR - (epochMs % HOUR) <= 10 * 60_000) hours.push(hourOf(epochMs + HOUR));
  return hours;
}

/** BLAKE2b-128 of (`tasuki rendezvous 1`, server origin, UTC hour of issue). */
export function stretchSalt(sodium: Sodium, origin: string, hour: string): Uint8Array {
  return sodium.crypto_generichash(16, lvCat('tasuki rendezvous 1', origin, hour), null);
}

/**
 * Argon2id of one code; about 150 ms on a desktop, so call it in a worker.
 * @param code eight digits
 * @param origin of the server, as `https://support.example`
 * @param hour as `hourOf` writes it
 */
export function stretch(sodium: Sodium, code: string, origin: string, hour: string): Stretched {
  const out = sodium.crypto_pwhash(
    32,
    utf8(code),
    stretchSalt(sodium, origin, hour),
    STRETCH_OPS,
    STRETCH_BYTES_OF_MEMORY,
    sodium.crypto_pwhash_ALG_ARGON2ID13,
  );
  return { rdv: toBase64(sodium, out.subarray(0, 16)), prs: lvCat(out.subarray(16), code) };
}

/** A new session number: eight uniform random digits. */
export function newCode(sodium: Sodium): string {
  return sodium.randombytes_uniform(100_000_000).toString().padStart(8, '0');
}
