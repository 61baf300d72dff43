import { wrap, type Remote } from 'comlink';
import type { Stretcher } from './stretch.worker';

let remote: Remote<Stretcher> | undefined;

/** The one stretching worker of this page, started on first use. */
export function stretcher(): Remote<Stretcher> {
  remote ??= wrap<Stretcher>(
    new Worker(new URL('./stretch.worker.ts', import.meta.url), { type: 'module', name: 'stretch' }),
  );
  return remote;
}
