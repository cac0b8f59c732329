import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/setup.ts'],
    reporters: ['default', './scripts/plain-count-reporter.ts'],
    testTimeout: 30_000,
    pool: 'forks',
    // Much of the suite waits for git and for other processes.
    maxWorkers: '100%',
    coverage: { include: ['src/**'], reporter: ['text-summary'] },
  },
});
