import type { Environment } from 'vitest/environments';

/** Plain Node, but files are transformed as for a browser: Svelte's server build has no reactive runes. */
export default {
  name: 'client',
  viteEnvironment: 'client',
  setup: () => ({ teardown: () => undefined }),
} satisfies Environment;
