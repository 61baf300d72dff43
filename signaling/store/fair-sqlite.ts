/**
 * SQLite answers at once, so a queue of waiting queries is one chain of promises: while it lasts no socket is read and no
 * timer runs, and under load every page would think the line dead. This one lets the event loop turn in between.
 */
import {
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type Driver,
  type SqliteDialectConfig,
} from 'kysely';

/** Longer than a few queries, far shorter than anybody's patience. */
const TURN_EVERY_MS = 10;

class FairDriver extends SqliteDriver {
  #turned = performance.now();

  override async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection();
    if (performance.now() - this.#turned >= TURN_EVERY_MS) {
      await new Promise((resolve) => setImmediate(resolve));
      this.#turned = performance.now();
    }
    return connection;
  }
}

/** As Kysely's own, but fair to everything else that this process does. */
export class FairSqliteDialect extends SqliteDialect {
  constructor(private readonly config: SqliteDialectConfig) {
    super(config);
  }

  override createDriver(): Driver {
    return new FairDriver(this.config);
  }
}
