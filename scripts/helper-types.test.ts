/** The helper's types are those of the schemas, and both sides take and refuse the same messages. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { helperTypes, helperTypesNow } from './helper-types';
import { HELPER_MESSAGES } from './helper-types-list';

interface Cases {
  accept: unknown[];
  refuse: unknown[];
  acceptText?: string[];
  refuseText?: string[];
}
const golden = JSON.parse(
  readFileSync(new URL('../shared/vectors/messages.json', import.meta.url), 'utf8'),
) as Record<string, Cases>;

/** Long values are written short: `{"$repeat": [text, n]}` and `{"$times": [value, n]}`. */
function expand(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(expand);
  if (typeof value !== 'object' || value === null) return value;
  const { $repeat, $times } = value as { $repeat?: [string, number]; $times?: [unknown, number] };
  if ($repeat) return $repeat[0].repeat($repeat[1]);
  if ($times) return Array.from({ length: $times[1] }, () => expand($times[0]));
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, expand(inner)]));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // no message is accepted as undefined
  }
}

describe('the helper’s Go types', () => {
  it('are up to date: npm run helper:types', () => {
    expect(helperTypesNow()).toBe(helperTypes());
  });
});

describe('the shared message cases', () => {
  it('cover every message of the helper', () => {
    expect(Object.keys(golden).sort()).toEqual(Object.keys(HELPER_MESSAGES).sort());
  });

  it.each(Object.entries(HELPER_MESSAGES))('%s', (name, schema) => {
    const cases = golden[name]!;
    const verdict = (value: unknown) => schema.safeParse(value).success;
    const texts = (list: string[] = []) => list.map(parse);
    for (const value of [...cases.accept.map(expand), ...texts(cases.acceptText)]) {
      expect(verdict(value), `accept ${JSON.stringify(value).slice(0, 200)}`).toBe(true);
    }
    expect(cases.refuse.length).toBeGreaterThan(0);
    for (const value of [...cases.refuse.map(expand), ...texts(cases.refuseText)]) {
      expect(verdict(value), `refuse ${String(JSON.stringify(value)).slice(0, 200)}`).toBe(false);
    }
  });
});
