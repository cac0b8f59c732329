// One set of options, three doors: the command line, action.yml and the GitLab component must not drift apart.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { ACTION_INPUTS, JOB_INPUTS } from '#app/ci/job-inputs.ts';
import { ROOT } from '../../scripts/build.ts';
import { inputsTable, readTable } from '../../scripts/generate-inputs-table.ts';
import { ACTION } from './action-harness.ts';
import { builtBundle } from './built-bundle.ts';
import { COMPONENT_INPUTS, expandComponent } from './gitlab-harness.ts';
import { runProcess } from './run-process.ts';

/** Options that CI has no input for, each with its reason. */
const LOCAL_ONLY = [
  'trust-head-config', // refused in CI
  'dump-prompts', // for a look before a model is configured
  'estimate',
  'pull-request', // the event says it
  'merge-request', // the pipeline says it
  'help',
];
/** Inputs of the component that are about the job and not about the run. */
const JOB_ONLY = ['job-name', 'stage', 'image', 'version'];

let bundle: string;
beforeAll(async () => {
  bundle = await builtBundle();
}, 120_000);

test('the inputs are the options of assay triage', async () => {
  const { stdout } = await runProcess(process.execPath, [path.join(bundle, 'cli.js'), 'triage', '--help'], {
    cwd: ROOT,
  });
  const options = [...stdout.matchAll(/^ {2}(?:-\w, )?--([a-z][\w-]*)/gm)].map((match) => match[1] ?? '');
  const expected = ['reports', ...options.filter((name) => !LOCAL_ONLY.includes(name))];
  expect([...JOB_INPUTS].sort()).toEqual(expected.sort());
});

test('action.yml declares exactly them, and starts what the build makes', () => {
  expect(Object.keys(ACTION.inputs)).toEqual([...JOB_INPUTS, ...ACTION_INPUTS]);
  expect(ACTION.runs).toEqual({ using: 'node24', main: 'dist/index.js' });
});

test('the GitLab component declares exactly them, and hands every one on', () => {
  expect(Object.keys(COMPONENT_INPUTS)).toEqual([...JOB_INPUTS, ...JOB_ONLY]);
  const { job } = expandComponent({ reports: 'x' });
  const handed = Object.keys(job.variables).filter((name) => name.startsWith('ASSAY_INPUT_'));
  expect(handed).toEqual(JOB_INPUTS.map((name) => `ASSAY_INPUT_${name.replaceAll('-', '_').toUpperCase()}`));
});

test('both have the same defaults', () => {
  for (const name of JOB_INPUTS) {
    expect(COMPONENT_INPUTS[name]?.default ?? '', name).toBe(ACTION.inputs[name]?.default ?? '');
  }
});

test('the component installs the version that this is', () => {
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  expect(COMPONENT_INPUTS.version?.default).toBe(version);
});

test('the README shows the table that is made of action.yml (mend it with: npm run inputs)', () => {
  const action = readFileSync(path.join(ROOT, 'action.yml'), 'utf8');
  expect(readTable(readFileSync(path.join(ROOT, 'README.md'), 'utf8'))).toBe(inputsTable(action));
});
