/**
 * SQLite that leaves the process its other work. The driver answers at once, so a long queue of queries would run in one
 * go, and meanwhile no timer fires and no socket is read: connections would count as dead.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { SqliteDialect, type Driver } from 'kysely';

/** Of queries in a row, before timers and sockets have their turn. */
const SLICE_MS = 10;

export class FairSqliteDialect extends SqliteDialect {
  override createDriver(): Driver {
    const driver = super.createDriver();
    const acquire = driver.acquireConnection.bind(driver);
    let turnAt = 0;
    driver.acquireConnection = async () => {
      const connection = await acquire();
      // The others wait behind this one, so they all pause.
      if (performance.now() - turnAt > SLICE_MS) {
        await nextTurn();
        turnAt = performance.now();
      }
      return connection;
    };
    return driver;
  }
}
