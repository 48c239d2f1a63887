import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/built-dist.ts'],
    // Tests mostly wait for programs that they have started: three at a time keep two cores busy.
    maxWorkers: 3,
    // Real processes on two cores: a bound against hanging, not a measure of speed.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    restoreMocks: true,
  },
});
