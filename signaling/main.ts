/** The server's entry: wires the real things together, prints the links, stops on a signal. `--demo` needs nothing. */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError, loadConfig, type Config } from './config';
import { makeDataFolder } from './data-folder';
import { fillDemo, openDemo, type Demo } from './demo';
import { startDemoSite, type DemoSite } from './demo-site/server';
import { linksText } from './links';
import { createServer } from './server';
import { openStore } from './store/open';
import type { Db } from './store/schema';
import { findTenant, findVault } from './store/tenants';
import { setupTokenIn } from './tenants/setup-token';

/** Beside the built server (`dist/signaling`), or in `dist` beside the sources. */
const folders = (name: string) =>
  [`../../dist/${name}`, `../dist/${name}`].map((path) => fileURLToPath(new URL(path, import.meta.url)));
const clientDir = folders('client').find((path) => existsSync(`${path}/index.html`));
/** The helper may be built later: where `dist` is will do. */
const helperDir = folders('helper').find((path) => existsSync(dirname(path)));

async function main(): Promise<void> {
  const demo = process.argv.includes('--demo') ? openDemo() : undefined;
  const config = demo ? demo.config(loadConfig(process.env)) : loadConfig(process.env);
  makeDataFolder(config.dataDir);
  const db = await openStore(config);
  const setupToken = setupTokenIn(config.dataDir, config.setupToken);
  const server = await createServer({
    config,
    db,
    clientDir,
    helperDir,
    setupToken,
    demo: demo !== undefined,
    processMetrics: true,
  });
  const people = demo ? await fillDemo(server.core) : undefined;
  const { url, port } = await startOrExplain(server.start, config);
  const site = demo ? await openDemoSite(db, url, port, config) : undefined;
  const isSetUp = (await findTenant(db)) !== undefined;
  console.log(
    linksText(url, isSetUp ? undefined : setupToken.value, people && { ...people, site: site?.url }),
  );

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await site?.stop();
    await server.stop();
    await db.destroy();
    demo?.remove();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
  removeOnExit(demo);
}

async function startOrExplain<T>(start: () => Promise<T>, { host, port }: Config): Promise<T> {
  try {
    return await start();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      throw new ConfigError(`TASUKI_PORT is ${port}, but something listens there already.`);
    if (code === 'EACCES')
      throw new ConfigError(`TASUKI_PORT is ${port}, but this user may not listen there.`);
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new ConfigError(`TASUKI_HOST is ${host}, but this machine has no such address.`);
    }
    throw error;
  }
}

/** The sample company's site, on the next port. */
async function openDemoSite(
  db: Db,
  origin: string,
  port: number,
  config: Config,
): Promise<DemoSite | undefined> {
  const tenant = await findTenant(db);
  const vault = tenant && (await findVault(db, tenant.id));
  if (!vault) return undefined;
  const next = config.port === 0 || port === 65_535 ? 0 : port + 1;
  const { host } = config;
  return startDemoSite({ origin, owner: tenant.subscriber, key: vault.identity_key, host, port: next });
}

/** A crash must not leave the throw-away folder behind either. */
function removeOnExit(demo: Demo | undefined): void {
  if (demo) process.on('exit', () => demo.remove());
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
});
