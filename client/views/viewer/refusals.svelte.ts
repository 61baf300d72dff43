/** Input that the helper drops although nothing holds it back: outside the shared windows, on a question of Tasuki. */
import type { HelperStatus } from '../../session/helper-controller.svelte';

/** How long it is said after the last one. */
export const REFUSING_MS = 4_000;

export class Refusals {
  /** Something was dropped just now. */
  shown = $state(false);
  #before: HelperStatus | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Each status of the helper; null when its link is gone. */
  take(status: HelperStatus | null): void {
    const before = this.#before;
    this.#before = status;
    if (!status || !before || !isFree(status) || !isFree(before)) this.#show(false);
    else if (status.refused > before.refused) this.#show(true);
  }

  stop(): void {
    this.#show(false);
  }

  #show(on: boolean): void {
    clearTimeout(this.#timer);
    this.shown = on;
    if (on) this.#timer = setTimeout(() => (this.shown = false), REFUSING_MS);
  }
}

/** Nothing else explains why input is dropped. */
const isFree = ({ grants, paused, guarded, reason }: HelperStatus): boolean =>
  grants.input && !paused && !guarded && reason === '';
