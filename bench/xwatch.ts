/** What arrives at an X server, counted by a program beside it (helper/internal/bench/xwatch). */
import { startLines } from './lines';
import type { Rig } from './rig';

export interface Seen {
  /** Keys, buttons and pointer positions so far. */
  events: number;
  /** When the newest of them came, in epoch milliseconds; 0: none. */
  last: number;
  /** When windows of some size became visible, in epoch milliseconds. */
  windows: number[];
}

export interface XWatch {
  read: () => Promise<Seen>;
  /** Waits until nothing has come for half a second. */
  quiet: () => Promise<Seen>;
}

const QUIET_MS = 500;

/** @param covering put an invisible window over the screen that takes all input; otherwise only windows are told */
export async function watchX(rig: Rig, program: string, display: string, covering: boolean): Promise<XWatch> {
  const watcher = await startLines(program, covering ? ['--cover'] : [], { DISPLAY: display });
  rig.defer(() => watcher.stop());
  const read = async () => JSON.parse(await watcher.ask('')) as Seen;
  await read();
  return {
    read,
    quiet: async () => {
      let seen = await read();
      for (let since = performance.now(); performance.now() - since < QUIET_MS;) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        const { events } = seen;
        seen = await read();
        if (seen.events !== events) since = performance.now();
      }
      return seen;
    },
  };
}
