// Casts the roles of a run: which adapter plays which port, from what the request and the environment say.
import path from 'node:path';
import { AssayError } from '#domain/errors.ts';
import type { OpenReport, ReportSource } from '#ports/report-source.ts';
import { DiskOutput } from '../adapters/local/disk-output.ts';
import { createFileReports } from '../adapters/local/file-reports.ts';
import { resolveFolder } from '../adapters/local/find-repository.ts';
import { openLocalGit } from '../adapters/local/local-git.ts';
import { createOperatorFiles } from '../adapters/local/operator-files.ts';
import { PackageAssets } from '../adapters/local/package-assets.ts';
import { createStderrLog } from '../adapters/local/stderr-log.ts';
import { createSystemClock } from '../adapters/local/system-clock.ts';
import { openWorkingTree } from '../adapters/local/working-tree.ts';
import { createRedactor } from '../support/redact.ts';
import { createAdvisoryAccess } from './dependencies/advisory-access.ts';
import type { Environment } from './environment.ts';
import { createModelAccess } from './model/model-access.ts';
import type { RunRequest } from './run-request.ts';
import { secretValues } from './secret-variables.ts';
import type { World } from './world.ts';

export interface Composed extends AsyncDisposable {
  readonly world: World;
}

/** Throws AssayError for requests that cannot be served: no report, refs that are not there, options that exclude each other. */
export async function compose(request: RunRequest, environment: Environment): Promise<Composed> {
  const { variables, signal } = environment;
  refuseContradictions(request, variables);
  const folder = path.resolve(request.cwd, request.repo);
  const redact = createRedactor(secretValues(variables));
  const git = await openLocalGit({ ...request, folder, allowFetch: environment.allowFetch });
  const workspace = git === null ? await openWorkingTree(folder) : await git.sources();
  const reports = createFileReports({
    patterns: request.reports,
    cwd: request.cwd,
    stdin: environment.stdin,
  });
  const log = createStderrLog({ ...request, interactive: environment.interactive, redact });
  return {
    world: {
      reports: interruptible(reports, signal),
      workspace,
      folder: git === null ? '' : await folderBelow(git.root, folder),
      changes: git,
      assets: new PackageAssets(),
      output: new DiskOutput(path.resolve(request.cwd, request.out), request.out),
      operatorFiles: createOperatorFiles({ cwd: request.cwd, repository: git?.root ?? folder }),
      clock: createSystemClock(variables),
      log,
      models: createModelAccess(environment, {
        ...{ allowHttp: request.allowHttp, log, redact },
        checkouts: git === null ? [folder] : [folder, git.root],
      }),
      openAdvisories: createAdvisoryAccess(environment, { ...request, log }),
      redact,
      signal,
      breathe: () => new Promise((resolve) => setImmediate(resolve)),
    },
    [Symbol.asyncDispose]: async () => git?.[Symbol.asyncDispose](),
  };
}

/** Links resolved, as the root is. */
async function folderBelow(root: string, folder: string): Promise<string> {
  return path
    .relative(root, await resolveFolder(folder))
    .split(path.sep)
    .join('/');
}

function refuseContradictions(request: RunRequest, variables: Environment['variables']): void {
  if (request.trustHeadConfig && variables.CI === 'true') {
    throw new AssayError(
      'usage',
      '--trust-head-config is for your own machine; in CI a change could bring its own policy.',
      {
        hint: 'Leave it out: assay.yml is then read from the base. Or give a file from outside the change with --config.',
      },
    );
  }
  if (request.trustHeadConfig && request.config !== null) {
    throw new AssayError('usage', '--config and --trust-head-config exclude each other.', {
      hint: 'Give one of them.',
    });
  }
}

/** Once the run is interrupted the reports end where they are: what was read of them counts, and is marked as cut short. */
function interruptible(source: ReportSource, signal: AbortSignal): ReportSource {
  const cut = (report: OpenReport): OpenReport => ({ ...report, bytes: untilAborted(report.bytes, signal) });
  return { open: async () => (await source.open()).map(cut) };
}

async function* untilAborted(
  bytes: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncIterable<Uint8Array> {
  for await (const chunk of bytes) {
    if (signal.aborted) return;
    yield chunk;
  }
}
