/** A child process that answers each line with a line. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface LineProcess {
  /** Writes a line. @returns the next line that comes back; one question at a time */
  ask: (line: string) => Promise<string>;
  /** Closes its standard input and waits for its end. */
  stop: () => Promise<void>;
}

/** Starts a program that ends when its standard input closes. */
export async function startLines(
  file: string,
  args: string[],
  env: NodeJS.ProcessEnv = {},
): Promise<LineProcess> {
  const child = spawn(file, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'inherit'] });
  await once(child, 'spawn');
  const ended = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    ask: async (line) => {
      child.stdin.write(line + '\n');
      const answer = await lines.next();
      if (answer.done) throw new Error(`${file} ended without an answer`);
      return answer.value;
    },
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
