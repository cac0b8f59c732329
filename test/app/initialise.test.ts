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
  return { said, read };
};

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
