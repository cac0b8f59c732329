import { defineConfig } from 'vitest/config';

// Compiled code is kept between processes, those that tests start included: reading TypeScript took most of a short run's time.
process.env.NODE_COMPILE_CACHE ??= `${import.meta.dirname}/.work/compile-cache`;

/** Folders whose tests start programs, change this process, or count what a process has loaded. */
const WORLD = ['adapters', 'architecture', 'ci', 'contract', 'e2e', 'emulators', 'fixtures', 'security'].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);

export default defineConfig({
  test: {
    reporters: ['default', './scripts/plain-count-reporter.ts'],
    // Much of the suite waits for git and for other processes.
    maxWorkers: '100%',
    coverage: { include: ['src/**'], reporter: ['text-summary'] },
    // Loading modules again for each file took longer than most pure tests. Those of the world keep a process each, also because
    // starting a program costs the more the larger the process that starts it has grown.
    projects: [
      { extends: true, test: { ...named('world'), include: WORLD } },
      {
        extends: true,
        test: { ...named('pure'), include: ['test/**/*.test.ts'], exclude: WORLD, isolate: false },
      },
    ],
  },
});

function named(name: string) {
  return { name, setupFiles: ['test/setup.ts'], testTimeout: 30_000, pool: 'forks' as const };
}
