// A decision as the exit code of the contract.
import type { Decision } from '#domain/decision.ts';
import { EXIT, type ExitCode } from '#domain/errors.ts';

/** 3 unfinished, in report mode too (a scan that could not finish never looks clean); 1 failed, 0 in report mode; else 0. */
export function exitCodeFor(decision: Decision): ExitCode {
  if (decision.outcome === 'unfinished') return EXIT.unfinished;
  if (decision.outcome === 'failed' && decision.mode === 'enforce') return EXIT.failed;
  return EXIT.passed;
}
