// Both CI doors with a stand-in for the main job: what they ask of it, and what they make of its answer.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type JobEnvironment, runGitHubJob } from '#app/ci/github-job.ts';
import { runGitLabJob } from '#app/ci/gitlab-job.ts';
import type { RunRequest } from '#app/run-request.ts';
import type { TriageOutcome } from '#app/triage-outcome.ts';
import { aDocument } from '../doubles/result-document.ts';
import { readOutputFile, readWorkflowCommands } from './runner-protocol.ts';

let folder: string;
let printed: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'assay-job-'));
  printed = '';
  for (const name of ['output', 'summary']) writeFileSync(path.join(folder, name), '');
});
afterEach(() => rmSync(folder, { recursive: true }));

function environment(variables: Record<string, string>): JobEnvironment {
  return {
    variables,
    stdin: (async function* () {})(),
    terminalWidth: null,
    color: false,
    interactive: false,
    signal: new AbortController().signal,
    allowFetch: true,
    cwd: folder,
    write: (text) => {
      printed += text;
    },
  };
}

/** Stands in for the main job: remembers what it was asked, and answers what it was given. */
function answering(outcome: TriageOutcome) {
  const asked: RunRequest[] = [];
  const triage = async (request: RunRequest) => {
    asked.push(request);
    return outcome;
  };
  return { asked, triage };
}

const failed: TriageOutcome = {
  exitCode: 1,
  document: aDocument(),
  files: ['out/assay.json', 'out/assay.sarif', 'out/summary.md'],
  summary: '# Assay',
  annotations: ['::error file=a.ts,line=1::unsafe'],
  publication: null,
  display: 'a table\n::set-env name=A::b\n',
};
const unusable: TriageOutcome = {
  ...failed,
  exitCode: 2,
  document: null,
  files: [],
  summary: null,
  annotations: [],
  display: '',
};

describe('the GitHub job', () => {
  const variables = () => ({
    INPUT_REPORTS: 'a.sarif',
    GITHUB_EVENT_NAME: 'workflow_dispatch',
    GITHUB_OUTPUT: path.join(folder, 'output'),
    GITHUB_STEP_SUMMARY: path.join(folder, 'summary'),
  });
  const outputs = () => readOutputFile(readFileSync(path.join(folder, 'output'), 'utf8'));

  test('prints the result behind a fence, then the annotations', async () => {
    expect(await runGitHubJob(environment(variables()), answering(failed).triage)).toBe(1);
    expect(printed).toContain('a table\n');
    expect(readWorkflowCommands(printed)).toEqual([
      { name: 'error', properties: 'file=a.ts,line=1', message: 'unsafe' },
    ]);
  });

  test('hands on the decision, the paths and the summary', async () => {
    await runGitHubJob(environment(variables()), answering(failed).triage);
    expect(outputs().get('sarif')).toBe('out/assay.sarif');
    expect(outputs().get('exit-code')).toBe('1');
    expect(readFileSync(path.join(folder, 'summary'), 'utf8')).toBe('# Assay\n');
  });

  test('a run that could not start says only its exit code, and points at the log', async () => {
    expect(await runGitHubJob(environment(variables()), answering(unusable).triage)).toBe(2);
    expect([...outputs()]).toEqual([['exit-code', '2']]);
    expect(readWorkflowCommands(printed)).toMatchObject([{ name: 'error' }]);
    expect(readFileSync(path.join(folder, 'summary'), 'utf8')).toBe('');
  });

  test('inputs that cannot be used never reach the main job', async () => {
    const { asked, triage } = answering(failed);
    const code = await runGitHubJob(environment({ ...variables(), INPUT_SCOPE: 'everything' }), triage);
    expect({ code, asked }).toEqual({ code: 2, asked: [] });
  });

  test('works where the runner gives no files to write to', async () => {
    expect(await runGitHubJob(environment({ INPUT_REPORTS: 'a.sarif' }), answering(failed).triage)).toBe(1);
  });
});

describe('the GitLab job', () => {
  test('prints the result and writes the variables beside it', async () => {
    const { asked, triage } = answering(failed);
    const given = { ASSAY_INPUT_REPORTS: 'a.sarif', ASSAY_INPUT_OUT: 'out', CI_PIPELINE_SOURCE: 'schedule' };
    expect(await runGitLabJob(environment(given), triage)).toBe(1);
    expect(printed).toBe(failed.display);
    expect(readFileSync(path.join(folder, 'out/assay.env'), 'utf8')).toMatch(/^ASSAY_EXIT_CODE=1$/m);
    expect(asked).toMatchObject([{ reports: ['a.sarif'], out: 'out', base: null, cwd: folder }]);
  });

  test('without reports it ends with 2 and asks nothing of the main job', async () => {
    const { asked, triage } = answering(failed);
    expect(await runGitLabJob(environment({}), triage)).toBe(2);
    expect(asked).toEqual([]);
  });
});
