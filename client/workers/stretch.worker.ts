/** Key stretching away from the page's thread: about 150 ms of pure computing. */
import { expose } from 'comlink';
import { loadSodium } from '../../shared/crypto/sodium';
import { stretch, type Stretched } from '../../shared/crypto/stretch';

const stretcher = {
  /** Resolves when the first stretch will not have to wait for WebAssembly. */
  async ready(): Promise<void> {
    await loadSodium();
  },
  async stretch(code: string, origin: string, hour: string): Promise<Stretched> {
    return stretch(await loadSodium(), code, origin, hour);
  },
};
export type Stretcher = typeof stretcher;

expose(stretcher);
