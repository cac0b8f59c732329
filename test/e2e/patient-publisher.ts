// Publishes one judged change again and again in this process, with waiting that takes no time and a log that is kept.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { compose } from '#app/compose.ts';
import type { Environment } from '#app/environment.ts';
import { type PublishedRun, publishTriage } from '#app/publish/publish-triage.ts';
import { run } from '#app/run.ts';
import { defaultRequest, type RunRequest } from '#app/run-request.ts';
import type { Log } from '#ports/log.ts';
import { redactDocument } from '../../src/publish/redact-document.ts';
import { createTemporaryFolder } from '../doubles/git-repository.ts';
import type { BusyChange } from './busy-change.ts';

export interface Publishing {
  readonly published: PublishedRun | null;
  readonly log: string;
  /** Every wait that was asked for, in milliseconds. */
  readonly waits: readonly number[];
}

export interface PatientPublisher extends AsyncDisposable {
  /** As the end of a run does it; `timeoutMs` is how long one answer may take. */
  publish(variables: Readonly<Record<string, string>>, timeoutMs?: number): Promise<Publishing>;
}

/** Judges the change once. `variables` name its secrets. */
export async function createPatientPublisher(
  change: BusyChange,
  variables: Readonly<Record<string, string>>,
): Promise<PatientPublisher> {
  const folder = createTemporaryFolder();
  writeFileSync(path.join(folder, 'scan.sarif'), change.report);
  const { repository } = change;
  const request: RunRequest = {
    ...defaultRequest(folder),
    ...{ reports: ['scan.sarif'], repo: repository.git.root, publish: 'auto' },
    ...{ base: repository.baseTip(), head: repository.head() },
  };
  const composed = await compose(request, environmentOf(variables));
  const found = await run(request, composed.world);
  const document = redactDocument(found.document, composed.world.redact);
  return {
    publish: async (given, timeoutMs = 30_000) => {
      const waits: number[] = [];
      const sleep = async (milliseconds: number) => void waits.push(milliseconds);
      const environment = { ...environmentOf(given), waiting: { sleep, timeoutMs } };
      const lines: string[] = [];
      const published = await publishTriage(document, request, {
        ...{ world: { ...composed.world, log: keepingLog(lines) }, environment, trusted: true },
        policyAt: async () => found.publishing,
      });
      return { published, log: lines.join('\n'), waits };
    },
    [Symbol.asyncDispose]: () => composed[Symbol.asyncDispose](),
  };
}

function environmentOf(variables: Readonly<Record<string, string>>): Environment {
  return {
    variables: { CI: 'true', ASSAY_NOW: '2026-03-01T00:00:00Z', ...variables },
    stdin: (async function* () {})(),
    ...{ terminalWidth: null, color: false, interactive: false, allowFetch: false },
    signal: new AbortController().signal,
  };
}

function keepingLog(lines: string[]): Log {
  const keep = (line: string) => void lines.push(line);
  return {
    ...{ debug: keep, info: keep, warn: keep, error: keep },
    progress: () => ({ update: () => {}, finish: () => {} }),
  };
}
