// `npm start [-- --demo]` runs the server, `npm run tasuki -- …` the command line (`--cli`), after building what
// is missing. The program runs in this very process, so it gets every signal and owns stdin and stdout.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, ensureBuilt, ensureHelper } from './build.mjs';

const [first, ...rest] = process.argv.slice(2);
const isCli = first === '--cli';

try {
  await ensureBuilt(isCli ? ['signaling'] : ['client', 'signaling']);
  if (!isCli) await ensureHelper();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

const entry = join(ROOT, 'dist/signaling', isCli ? 'cli.js' : 'main.js');
process.argv = [process.argv[0], entry, ...(isCli ? rest : process.argv.slice(2))];
await import(pathToFileURL(entry).href);
