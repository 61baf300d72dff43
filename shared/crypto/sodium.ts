/** libsodium, loaded once and lazily: its WebAssembly is by far the largest thing a page loads. */
import type sodiumModule from 'libsodium-wrappers-sumo';

export type Sodium = typeof sodiumModule;

let loading: Promise<Sodium> | undefined;

/** Starts (or joins) the one load of libsodium; resolves when its functions may be called. */
export function loadSodium(): Promise<Sodium> {
  loading ??= import('libsodium-wrappers-sumo').then(async (module) => {
    await module.default.ready;
    return module.default;
  });
  return loading;
}
