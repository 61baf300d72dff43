/** The real helper on the stories' screen, and what somebody in front of it does. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { until } from './product';

const run = promisify(execFile);

/** The helper for this machine, as `npm run helper:build` makes it. */
export const HELPER = fileURLToPath(
  new URL(
    `../../dist/helper/tasuki-helper-linux-${process.arch === 'arm64' ? 'arm64' : 'amd64'}`,
    import.meta.url,
  ),
);

export interface Helper {
  readonly pid: number;
  /** True while the program runs. */
  running: () => boolean;
  /** Waits for its end. @returns the exit code, or null after a signal */
  ended: () => Promise<number | null>;
  kill: (signal: NodeJS.Signals) => void;
  /** Presses a button or check box of one of its windows, by the words on it, with a real click. */
  press: (label: string | RegExp) => Promise<void>;
  /** The middle of such a widget on the screen. */
  place: (label: string | RegExp) => Promise<{ x: number; y: number }>;
  /** Everything its open windows say now. */
  text: () => Promise<string>;
}

/**
 * Starts the helper as a double click on the downloaded file would.
 * @param args the `tasuki:` link, if it is not in the file's name
 * @param options.file another name of the program
 */
export async function startHelper(
  args: string[] = [],
  options: { env?: NodeJS.ProcessEnv; file?: string; language?: 'en' | 'ja' } = {},
): Promise<Helper> {
  const env = { ...process.env, TASUKI_LANG: options.language ?? 'en', ...options.env };
  const child = spawn(options.file ?? HELPER, args, { env, stdio: ['ignore', 'inherit', 'inherit'] });
  await once(child, 'spawn');
  const pid = child.pid ?? 0;
  return {
    pid,
    running: () => alive(child),
    ended: async () => {
      if (alive(child)) await once(child, 'exit');
      return child.exitCode;
    },
    kill: (signal) => void child.kill(signal),
    place: (label) => findWidget(pid, label),
    press: async (label) => {
      const { x, y } = await findWidget(pid, label);
      await run('xdotool', ['mousemove', String(x), String(y), 'click', '1']);
    },
    text: async () => (await widgets(pid)).map(({ label }) => label).join('\n'),
  };
}

const alive = (child: ChildProcess) => child.exitCode === null && child.signalCode === null;
const matches = (text: string, label: string | RegExp) =>
  typeof label === 'string' ? text === label : label.test(text);

interface Widget {
  label: string;
  enabled: boolean;
  /** The middle, on the screen. */
  x: number;
  y: number;
}

async function findWidget(pid: number, label: string | RegExp): Promise<Widget> {
  let found: Widget | undefined;
  await until(
    async () => {
      found = (await widgets(pid)).find((each) => each.enabled && matches(each.label, label));
      return found !== undefined;
    },
    `the helper to show ${String(label)}`,
  );
  return found!;
}

/** The helper's windows name their widgets in a property: `role|label|x,y,w,h|state`, a line each. */
async function widgets(pid: number): Promise<Widget[]> {
  const { stdout } = await run('xdotool', ['search', '--onlyvisible', '--pid', String(pid)]).catch(() => ({
    stdout: '',
  }));
  const found: Widget[] = [];
  for (const window of stdout.split('\n').filter(Boolean)) {
    // A window may close while it is being read.
    const read = (...args: [string, string[]]) => run(...args).catch(() => ({ stdout: '' }));
    const [{ stdout: property }, { stdout: geometry }] = await Promise.all([
      read('xprop', ['-id', window, '-notype', '-f', '_TASUKI_TEXT', '8u', '_TASUKI_TEXT']),
      read('xwininfo', ['-id', window]),
    ]);
    const [, left = '0'] = /Absolute upper-left X:\s+(-?\d+)/.exec(geometry) ?? [];
    const [, top = '0'] = /Absolute upper-left Y:\s+(-?\d+)/.exec(geometry) ?? [];
    for (const line of unquote(property).split('\n')) {
      const [, label, place, state = ''] = line.split('|');
      const [x, y, width, height] = (place ?? '').split(',').map(Number);
      if (
        label === undefined ||
        [x, y, width, height].some((part) => part === undefined || Number.isNaN(part))
      )
        continue;
      found.push({
        label,
        enabled: !state.includes('disabled'),
        x: Number(left) + (x ?? 0) + Math.floor((width ?? 0) / 2),
        y: Number(top) + (y ?? 0) + Math.floor((height ?? 0) / 2),
      });
    }
  }
  return found;
}

/** xprop prints UTF-8 text between quotation marks, with C escapes. */
function unquote(property: string): string {
  const [, quoted = ''] = /= "([^]*)"\s*$/.exec(property) ?? [];
  return quoted.replace(/\\n/g, '\n').replace(/\\(["\\])/g, '$1');
}

/** Keys and buttons that the X server holds to be down, whichever program pressed them. */
export async function heldDown(): Promise<string[]> {
  const held: string[] = [];
  for (const device of ['Virtual core XTEST keyboard', 'Virtual core XTEST pointer']) {
    const { stdout } = await run('xinput', ['query-state', device]);
    held.push(
      ...stdout
        .split('\n')
        .filter((line) => line.includes('=down'))
        .map((line) => line.trim()),
    );
  }
  return held;
}

/** Where the pointer is, in pixels of the screen. */
export async function pointerPlace(): Promise<{ x: number; y: number }> {
  const { stdout } = await run('xdotool', ['getmouselocation', '--shell']);
  const [, x, y] = /X=(-?\d+)\nY=(-?\d+)/.exec(stdout) ?? [];
  return { x: Number(x), y: Number(y) };
}

/** Moves the pointer to the lower right corner of the screen, where no story has a window. */
export async function parkPointer(): Promise<void> {
  await run('xdotool', ['mousemove', '1279', '719']);
}

/** Gives the window with such a title the keyboard, as a click on it in the task bar would. */
export async function turnTo(title: string): Promise<void> {
  const name = `^${title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`;
  const { stdout } = await run('xdotool', ['search', '--onlyvisible', '--name', name]);
  const window = stdout.trim().split('\n')[0] ?? '';
  await run('xdotool', ['windowactivate', '--sync', window]);
  await until(
    async () => (await run('xdotool', ['getwindowfocus', 'getwindowname'])).stdout.startsWith(title),
    `the window ${title} to have the keyboard`,
  );
}

/** The clipboard of the stories' screen. */
export async function clipboardText(): Promise<string> {
  return (await run('xclip', ['-selection', 'clipboard', '-o'])).stdout;
}

/** Copies a text on the stories' screen; the program that holds it ends when somebody else copies. */
export async function setClipboardText(text: string): Promise<void> {
  const child = spawn('xclip', ['-selection', 'clipboard'], { stdio: ['pipe', 'ignore', 'inherit'] });
  child.stdin.end(text);
  await once(child, 'exit');
}
