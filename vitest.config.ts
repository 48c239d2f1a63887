import { defineConfig } from 'vitest/config';

/** Tests of pure code: nothing that one file leaves behind can reach another, so they need no process each. */
const pure = [
  'schema',
  'lib',
  'manifest',
  'plan',
  'redaction',
  'reports',
  'record',
  'compare',
  'render',
  'seal',
  'log',
].map((folder) => `test/${folder}/**/*.test.ts`);
const all = ['test/**/*.test.ts'];

export default defineConfig({
  test: {
    // Tests mostly wait for programs that they have started: three at a time keep two cores busy.
    maxWorkers: 3,
    globalSetup: ['test/support/built-dist.ts'],
    // Real processes on two cores: a bound against hanging, not a measure of speed.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    restoreMocks: true,
    projects: [
      { extends: true, test: { name: 'pure', include: pure, isolate: false } },
      { extends: true, test: { name: 'real', include: all, exclude: pure } },
    ],
  },
});
