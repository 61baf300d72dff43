/** Real key events: one `xdotool` stays open, so that pressing a key costs a line in a pipe and not a new process. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Rig } from './rig';

export interface Keyboard {
  /** Sends the key through XTEST to the window that has the focus. @returns epoch ms just before */
  press: (key: string) => number;
}

export async function openKeyboard(rig: Rig, display: string): Promise<Keyboard> {
  const xdotool = spawn('xdotool', ['-'], {
    env: { ...process.env, DISPLAY: display },
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  await once(xdotool, 'spawn');
  rig.defer(async () => {
    if (xdotool.exitCode !== null) return;
    const gone = once(xdotool, 'exit');
    xdotool.stdin.end();
    await gone;
  });
  // The pointer starts in the middle of the screen, on the very pixel that is watched.
  xdotool.stdin.write('mousemove 1 1\n');
  return {
    press: (key) => {
      const at = Date.now();
      xdotool.stdin.write(`key --delay 0 ${key}\n`);
      return at;
    },
  };
}
