/** What migrations are written with. */
import type { Kysely, Migration } from 'kysely';

type AnyDb = Kysely<unknown>;

/** A migration that only goes forward. */
export const up = (run: (db: AnyDb) => Promise<void>): Migration => ({ up: run });

export const index = (name: string, table: string, columns: string[], unique = false): Migration =>
  up((db) => {
    const plain = db.schema.createIndex(name).on(table).columns(columns);
    return (unique ? plain.unique() : plain).execute();
  });
