// `assay baseline`: the findings of today, written down as existing.
import type { ExitCode } from '#domain/errors.ts';
import { EXIT } from '#domain/errors.ts';
import { createBaseline } from '../scope/baseline.ts';
import { toTerminal } from '../support/escape-terminal.ts';
import { compose } from './compose.ts';
import type { Environment } from './environment.ts';
import { run } from './run.ts';
import { type RunRequest, requireReports } from './run-request.ts';

export interface BaselineOutcome {
  readonly exitCode: ExitCode;
  readonly display: string;
}

/** Writes `output` with every finding of the reports, whatever its verdict; nothing is written when a report could not be read whole. */
export async function acceptBaseline(
  request: RunRequest,
  output: string,
  environment: Environment,
): Promise<BaselineOutcome> {
  requireReports(request);
  await using composed = await compose({ ...request, scope: 'all', baseline: null }, environment);
  const { document } = await run({ ...request, scope: 'all', baseline: null }, composed.world);
  if (document.decision.outcome === 'unfinished') {
    for (const reason of document.decision.reasons) composed.world.log.error(reason.text);
    composed.world.log.error('No baseline was written: it would lack what could not be read.');
    const lost = document.run.inputs.every(
      (input) => input.fault !== null && input.fault.kind !== 'truncated',
    );
    return { exitCode: lost ? EXIT.usage : EXIT.unfinished, display: '' };
  }
  await composed.world.operatorFiles.write(output, createBaseline(document.findings));
  const count = document.findings.length;
  return {
    exitCode: EXIT.passed,
    display: toTerminal(
      `${output} accepts ${count === 1 ? 'one finding' : `${count} findings`} as existing. Commit it to the base, then run assay triage --baseline ${output}.`,
    ).concat('\n'),
  };
}
