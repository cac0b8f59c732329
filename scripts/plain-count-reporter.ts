// A vitest reporter that closes with what failed, a line each, and one plain line, "N passed, N failed", from the runner's own report.
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/** So many failures are named; a build that breaks everything needs no list. */
const NAMED = 20;
const LONGEST_REASON = 300;

export default class PlainCountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const count = { passed: 0, failed: unhandled.length, skipped: 0, pending: 0 };
    const failures = unhandled.map((error) => `outside of a test: ${reason([error])}`);
    for (const module of modules) {
      const before = count.failed;
      for (const test of module.children.allTests()) {
        const result = test.result();
        count[result.state] += 1;
        if (result.state === 'failed') {
          failures.push(`${module.relativeModuleId} > ${test.fullName}: ${reason(result.errors)}`);
        }
      }
      if (module.state() === 'failed' && count.failed === before) {
        count.failed += 1;
        failures.push(`${module.relativeModuleId}: ${reason(module.errors())}`);
      }
    }
    for (const failure of failures.slice(0, NAMED)) process.stdout.write(`\nFAILED ${failure}`);
    const skipped = count.skipped + count.pending;
    process.stdout.write(
      `\n${count.passed} passed, ${count.failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`,
    );
  }
}

function reason(errors: readonly SerializedError[]): string {
  return (errors[0]?.message ?? 'no reason told').replace(/\s+/g, ' ').slice(0, LONGEST_REASON);
}
