// Loaded into the server by `BENCH_PROFILE=FILE npm run bench -- pairing`: writes a CPU profile when the process ends.
// (`--cpu-prof` is not allowed in NODE_OPTIONS.)
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';

const file = process.env.BENCH_PROFILE;
if (file) {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.start');
  process.once('exit', () => {
    session.post('Profiler.stop', (error, answer) => {
      if (!error) writeFileSync(file, JSON.stringify(answer.profile));
    });
  });
}
