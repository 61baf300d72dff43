/**
 * Makes the helper's Go types from the schemas of `shared/protocol`, so that no message is written down twice:
 * `npm run helper:types` writes `helper/internal/protocol/messages_gen.go`; its test fails when that file is out of date.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from '../shared/protocol/zod';
import { goSource } from './helper-types-go';
import { HELPER_CONSTANTS, HELPER_MESSAGES } from './helper-types-list';

export const GENERATED = fileURLToPath(
  new URL('../helper/internal/protocol/messages_gen.go', import.meta.url),
);

/** What the file must hold, as gofmt writes it. */
export function helperTypes(): string {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(HELPER_MESSAGES)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    uri: (id) => id,
    io: 'input',
    override({ zodSchema, jsonSchema }) {
      // JSON Schema has no word for a check that changes its value. `trim` is the only one that Go needs: its strings hold
      // no half of a surrogate pair.
      const checks = zodSchema._zod.def.checks ?? [];
      if (checks.some((check) => check._zod.def.check === 'overwrite')) jsonSchema['x-trim'] = true;
    },
  });
  return execFileSync('gofmt', { input: goSource(schemas, HELPER_CONSTANTS), encoding: 'utf8' });
}

/** What the file holds now; empty when there is none. */
export function helperTypesNow(): string {
  try {
    return readFileSync(GENERATED, 'utf8');
  } catch {
    return '';
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(GENERATED, helperTypes());
