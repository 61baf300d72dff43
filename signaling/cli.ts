/** `npm run tasuki -- …`: see command-line.ts. */
import { explain, runCommand } from './command-line';

async function readPassword(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) text += String(chunk);
  return text.split(/\r?\n/, 1)[0] ?? '';
}

runCommand(process.argv.slice(2), { env: process.env, readPassword }).then(
  (answer) => console.log(JSON.stringify(answer)),
  (error: unknown) => {
    console.error(explain(error));
    process.exitCode = 1;
  },
);
