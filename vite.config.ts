/// <reference types="vitest/config" />
import { svelte } from '@sveltejs/vite-plugin-svelte';
import tailwindcss from '@tailwindcss/vite';
import { fileURLToPath } from 'node:url';
import { defineConfig, type UserConfig } from 'vite';

/**
 * One file for four jobs: `vite build` makes the client, `vite build --mode loader` the script for other people's pages
 * (beside the client, which must be there), `vite build --ssr` the server and its command line, `vitest` runs every
 * unit test.
 */
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

// The package's main file wants Node's `global` and stream polyfills; the prebuilt browser file needs neither.
const alias = { 'simple-peer': 'simple-peer/simplepeer.min.js' };

const client: UserConfig = {
  root: path('./client'),
  plugins: [tailwindcss(), svelte({ configFile: false })],
  resolve: { alias },
  build: {
    outDir: path('./dist/client'),
    emptyOutDir: true,
    target: 'es2022',
    manifest: true,
    // The content security policy allows nothing inline: no data: assets, no injected preload script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  worker: { format: 'es' },
  server: { proxy: { '/api': devServer(), '/socket.io': { ...devServer(), ws: true } } },
};

/** A classic script of its own, without a single import: it runs wherever a `<script>` does. */
const loader: UserConfig = {
  root: path('./client'),
  publicDir: false,
  build: {
    outDir: path('./dist/client'),
    emptyOutDir: false,
    target: 'es2022',
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: path('./client/embed/loader.ts'),
      output: { format: 'iife', entryFileNames: 'chat.js' },
    },
  },
};

const server: UserConfig = {
  build: {
    // Packages stay outside the bundle: better-sqlite3 and argon2 are native.
    ssr: true,
    outDir: path('./dist/signaling'),
    emptyOutDir: true,
    target: 'node20',
    sourcemap: true,
    rolldownOptions: {
      input: { main: path('./signaling/main.ts'), cli: path('./signaling/cli.ts') },
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
};

const tests: UserConfig = {
  test: {
    // Left to itself it keeps one core free for watching.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'node',
          include: ['shared', 'signaling', 'scripts', 'bench'].map((folder) => `${folder}/**/*.test.ts`),
          environment: 'node',
          // Nothing here leaves anything behind in its modules, and loading them is a third of the time.
          isolate: false,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        plugins: [svelte({ configFile: false })],
        resolve: { alias, conditions: ['browser'] },
        test: {
          name: 'client',
          include: ['client/**/*.test.ts'],
          environment: path('./scripts/client-environment.ts'),
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
};

/** `npm run dev` serves the client with hot reload in front of a server started by `npm start`. */
function devServer() {
  return { target: `http://127.0.0.1:${process.env.TASUKI_PORT ?? '8080'}` };
}

export default defineConfig(({ isSsrBuild, mode }) => {
  if (process.env.VITEST) return tests;
  if (mode === 'loader') return loader;
  return isSsrBuild ? server : client;
});
