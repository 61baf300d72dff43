import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

export interface Screen {
  /** For the variable DISPLAY, as in `:7`. */
  display: string;
  stop: () => Promise<void>;
}

/** A real X screen in memory with a window manager, on a display number that nobody uses. */
export async function startXvfb(size = '1280x720x24'): Promise<Screen> {
  // With -displayfd the server itself picks a free number, and names it only when it accepts connections.
  const args = ['-displayfd', '3', '-screen', '0', size, '-nolisten', 'tcp', '-noreset'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  let manager: ChildProcess | undefined;
  const stop = async () => {
    if (manager) await end(manager);
    await end(server);
  };
  try {
    const display = `:${await firstLine(server, server.stdio[3] as Readable)}`;
    const env = { ...process.env, DISPLAY: display };
    manager = spawn('openbox', ['--sm-disable'], { env, stdio: 'ignore' });
    await once(manager, 'spawn');
    await untilManaged(env);
    return { display, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function firstLine(child: ChildProcess, stream: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    let complaint = '';
    child.stderr?.on('data', (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(-2000)));
    child.once('error', reject);
    child.once('exit', () => {
      reject(new Error(`Xvfb ended before it was ready: ${complaint}`));
    });
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\n')) resolve(text.trim());
    });
  });
}

/** A window manager that is ready has announced the desktops it keeps. */
async function untilManaged(env: NodeJS.ProcessEnv): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (Date.now() < deadline) {
    const probe = spawn('xdotool', ['get_num_desktops'], { env, stdio: 'ignore' });
    const [code] = (await once(probe, 'exit')) as [number | null];
    if (code === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('openbox did not take over the screen within 10 seconds');
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 3000);
  await gone;
  clearTimeout(timer);
}
