import { startXvfb } from './xvfb';

/** One screen for all stories; workers and browsers inherit DISPLAY. Returns the teardown. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const screen = await startXvfb();
  process.env.DISPLAY = screen.display;
  return screen.stop;
}
