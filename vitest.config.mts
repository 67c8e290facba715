import { defineConfig } from 'vitest/config';
import { LongFirst } from './test/support/longFirst.mjs';

export default defineConfig({
  test: {
    // npm run coverage: shows which parts of the engine no test reaches.
    coverage: { include: ['src/engine/**'], reporter: ['text'], reportsDirectory: 'dist/coverage' },
    sequence: { sequencer: LongFirst },
    reporters: ['default', './test/support/vitestSummary.mjs'],
    projects: [
      // Properties are checked with many values, which takes time on a busy machine.
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          exclude: ['test/unit/**/*.mocked.test.ts'],
          // Modules are loaded only once for all files, which saves half a minute.
          isolate: false,
          testTimeout: 60_000,
        },
      },
      // Those that replace a module: others would get what they have put in its place.
      { test: { name: 'mocked', include: ['test/unit/**/*.mocked.test.ts'], testTimeout: 60_000 } },
      { test: { name: 'architecture', include: ['test/architecture/**/*.test.ts'], testTimeout: 60_000 } },
      // One file at a time, because they share the consumer project.
      {
        test: {
          name: 'package',
          include: ['test/package/**/*.test.ts'],
          globalSetup: 'test/support/consumer/globalSetup.ts',
          fileParallelism: false,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          globalSetup: 'test/support/buildWorkers.ts',
          // Modules are loaded only once for all files, which saves half a minute: nothing in them is meant to change.
          isolate: false,
          // Real processes wait for each other more than they compute.
          maxWorkers: 4,
          // The first to open a page also starts the browser and builds the page.
          testTimeout: 60_000,
          hookTimeout: 30_000,
          // A condition that is waited for comes late on a busy machine.
          expect: { poll: { timeout: 20_000 } },
        },
      },
      {
        test: {
          name: 'e2e',
          // Pictures for the product are only taken when they are asked for.
          include: [process.env.EXTSESSION_PICTURES ? 'test/e2e/**/*.pictures.ts' : 'test/e2e/**/*.test.ts'],
          globalSetup: 'test/support/e2e/globalSetup.ts',
          // A window waits more than it computes. Each worker has a browser of its own, which has the focus to itself.
          maxWorkers: 2,
          // The files of a worker share its window.
          isolate: false,
          testTimeout: 300_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 30_000 } },
        },
      },
    ],
  },
});
