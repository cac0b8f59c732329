// What `assay init` writes for each host, read as the host reads it.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { initialise } from '../../src/app/initialise.ts';
import { VERSION } from '../../src/app/version.ts';
import { createTemporaryFolder } from '../doubles/git-repository.ts';

const initialised = async (host: 'github' | 'gitlab') => {
  const cwd = createTemporaryFolder();
  const said = await initialise({ repo: '.', host, yes: true, cwd });
  const read = (name: string) => {
    const text = readFileSync(path.join(cwd, name), 'utf8');
    expect(text).not.toContain('{{version}}');
    return parse(text);
  };
  const text = (name: string) => readFileSync(path.join(cwd, name), 'utf8');
  return { said, read, text };
};

/** The file with the lines in use that are there as comments: those that are YAML, not prose. */
const withModel = (text: string) =>
  parse(text.replace(/^( *)# (?=- uses: actions\/cache|(?: {2,}|ASSAY_\w+: |cache:))/gm, '$1'));

test('for GitHub one workflow judges, and another one posts for forks, each with the rights it needs', async () => {
  const { said, read } = await initialised('github');
  const judging = read('.github/workflows/assay.yml');
  expect(judging.on).toBe('pull_request');
  expect(judging.jobs.assay.permissions).toEqual({ contents: 'read', 'pull-requests': 'write' });
  const run = judging.jobs.assay.steps.find(({ name }: { name?: string }) => name === 'Assay');
  expect(run.run).toContain('--publish auto');
  expect(run.env.GITHUB_TOKEN).toBe('$'.concat('{{ github.token }}'));

  const posting = read('.github/workflows/assay-publish.yml');
  expect(posting.on.workflow_run.workflows).toEqual([judging.name]);
  expect(posting.permissions).toEqual({});
  expect(posting.jobs.publish.permissions).toEqual({
    ...{ actions: 'read', contents: 'read', 'pull-requests': 'write' },
  });
  const uses = posting.jobs.publish.steps.flatMap((step: { uses?: string }) => step.uses ?? []);
  expect(uses.filter((name: string) => name.startsWith('actions/checkout'))).toEqual([]);
  const upload = judging.jobs.assay.steps.find(({ uses = '' }) => uses.startsWith('actions/upload-artifact'));
  const download = posting.jobs.publish.steps.find(({ uses = '' }) => uses.includes('download-artifact'));
  expect(download.with.name).toBe(upload.with.name);
  expect(posting.jobs.publish.steps.at(-1).run).toContain(`assay@${VERSION} publish`);
  expect(said).toContain('.github/workflows/assay-publish.yml was written.');
});

test('for GitLab the token is explained where the job stands', async () => {
  const { said, read } = await initialised('gitlab');
  expect(read('.gitlab/assay.yml').assay.variables.GIT_DEPTH).toBe('0');
  expect(said).toContain('ASSAY_GITLAB_TOKEN');
  expect(said).toContain('masked and not protected');
});

test('the lines that a language model takes are there, to be uncommented', async () => {
  const github = await initialised('github');
  const { steps } = withModel(github.text('.github/workflows/assay.yml')).jobs.assay;
  const at = (found: (step: { uses?: string; name?: string }) => boolean) => steps.findIndex(found);
  const cache = at(({ uses = '' }) => uses.startsWith('actions/cache@'));
  const assay = at(({ name }) => name === 'Assay');
  expect(cache).toBe(assay - 1);
  expect(steps[cache].uses).toMatch(/@[0-9a-f]{40}$/);
  // Exact, so that no other change's entries are restored.
  expect(steps[cache].with).toEqual({
    path: '~/.cache/assay',
    key: 'assay-answers-$'.concat('{{ github.event.pull_request.head.sha || github.sha }}'),
  });
  for (const name of ['ASSAY_MODEL_API_KEY', 'ASSAY_MARKER_KEY'])
    expect(steps[assay].env[name]).toBe('$'.concat(`{{ secrets.${name} }}`));
  expect(steps[assay].env.ASSAY_MODEL_BASE_URL).toBe('https://models.example.com/v1');

  const gitlab = await initialised('gitlab');
  const job = withModel(gitlab.text('.gitlab/assay.yml')).assay;
  expect(job.cache).toEqual({ key: 'assay-answers-$CI_COMMIT_SHA', paths: ['.assay-cache/'] });
  expect(job.variables.ASSAY_CACHE_DIR).toBe('$CI_PROJECT_DIR/.assay-cache');
  expect(job.variables.ASSAY_MODEL_BASE_URL).toBe('https://models.example.com/v1');
  expect(gitlab.text('.gitlab/assay.yml')).toContain('ASSAY_MODEL_API_KEY, masked and not protected');
});
