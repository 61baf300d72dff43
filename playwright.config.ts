import { defineConfig } from '@playwright/test';
import { LAUNCH_ARGS, chromiumPath } from './e2e/support/chromium';

export default defineConfig({
  testDir: 'e2e',
  projects: [
    { name: 'stories', testIgnore: '**/network.spec.ts', testMatch: '**/*.spec.ts' },
    // Last and alone: whenever a network interface comes or goes, every browser of the machine drops what it is loading.
    { name: 'network', testMatch: '**/network.spec.ts', dependencies: ['stories'] },
  ],
  outputDir: 'test-results/playwright',
  // Each has a screen, a server and browsers of its own; stories wait for much.
  workers: 2,
  fullyParallel: false,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['json', { outputFile: 'test-results/playwright.json' }]],
  use: {
    // Without a film of every page: painting and encoding it costs as much as a browser more.
    trace: { mode: process.env.CI ? 'off' : 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: chromiumPath(), args: LAUNCH_ARGS },
  },
});
