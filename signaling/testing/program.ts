/** The real programs as child processes, built as they are shipped. */
import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Below `node_modules`, so that the programs find their packages. */
const outDir = here(`../../node_modules/.cache/tasuki-programs-${process.pid}`);

const vite = here('../../node_modules/vite/bin/vite.js');

/** Builds the programs from the sources as they are now. @returns a function that removes them */
export async function buildPrograms(): Promise<() => void> {
  // Under VITEST the configuration means the tests, not the build.
  const env = { ...process.env, VITEST: '' };
  const args = [vite, 'build', '--ssr', '--outDir', outDir, '--logLevel', 'error'];
  const child = spawn(process.execPath, args, { cwd: here('../..'), env, stdio: 'inherit' });
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error('the programs do not build');
  return () => rmSync(outDir, { recursive: true, force: true });
}

export interface Program {
  child: ChildProcess;
  /** What it has printed so far. */
  stdout(): string;
  stderr(): string;
  /** Resolves when the text stands on standard output. */
  prints(text: string): Promise<string>;
  /** Resolves with the exit code, or null after a signal. */
  exited: Promise<number | null>;
}

/** Runs a built program; nothing of this process's own settings is inherited. */
export function run(
  name: 'main' | 'cli',
  args: string[],
  env: Record<string, string>,
  stdin?: string,
): Program {
  const own = Object.entries(process.env).filter(([key]) => !/^(TASUKI_|DATABASE_URL)/.test(key));
  const child = spawn(process.execPath, [`${outDir}/${name}.js`, ...args], {
    env: { ...Object.fromEntries(own), ...env },
    stdio: [stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  if (stdin !== undefined) child.stdin?.end(stdin);
  let [stdout, stderr] = ['', ''];
  const listeners = new Set<() => void>();
  const heard = () => listeners.forEach((listener) => listener());
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    heard();
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const exited = new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)));
  return {
    child,
    exited,
    stdout: () => stdout,
    stderr: () => stderr,
    prints: (text) =>
      new Promise((resolve, reject) => {
        const check = () => {
          if (!stdout.includes(text)) return;
          listeners.delete(check);
          resolve(stdout);
        };
        listeners.add(check);
        void exited.then(() => reject(new Error(`exited without printing ${text}:\n${stdout}\n${stderr}`)));
        check();
      }),
  };
}

/** A port that was free a moment ago, for a server that must come back to the same one. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
