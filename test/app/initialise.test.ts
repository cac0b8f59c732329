// What `assay init` writes for each host, read as the host reads it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parsePolicy } from '../../src/app/config.ts';
import { initialise } from '../../src/app/initialise.ts';
import { VERSION } from '../../src/app/version.ts';
import { breachesOf } from '../architecture/workflow-rules.ts';
import { createTemporaryFolder } from '../doubles/git-repository.ts';

const initialised = async (host: 'github' | 'gitlab' | 'none', there: readonly string[] = []) => {
  const cwd = createTemporaryFolder();
  for (const name of there) {
    mkdirSync(path.dirname(path.join(cwd, name)), { recursive: true });
    writeFileSync(path.join(cwd, name), '');
  }
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

/** The file with the lines in use that make a bill of materials and say what it is compared with. */
const withPackages = (text: string) =>
  parse(
    text.replace(
      /^( *)# (?=- name: List the packages|- mkdir|- npm sbom|- \(cd|- syft|ASSAY_INPUT_OSV|OSV: | {2,}\S)/gm,
      '$1',
    ),
  );

test('where npm has lock files, the lines that list their packages are there, to be uncommented', async () => {
  const locks = ['package-lock.json', 'web/shop/package-lock.json', 'node_modules/kit/package-lock.json'];
  const github = await initialised('github', locks);
  const workflow = github.text('.github/workflows/assay.yml');
  expect(breachesOf(workflow)).toEqual([]);
  expect(workflow).not.toMatch(/\n\n\n|\{\{packages/);
  const { steps } = withPackages(workflow).jobs.assay;
  const listing = steps.findIndex(({ name }: { name?: string }) => name === 'List the packages');
  expect(steps[listing].run).toBe(
    [
      'mkdir -p reports',
      'npm sbom --package-lock-only --sbom-format=cyclonedx > reports/bom.cdx.json',
      '(cd web/shop && npm sbom --package-lock-only --sbom-format=cyclonedx) > reports/web-shop.cdx.json',
      '',
    ].join('\n'),
  );
  const assay = steps.findIndex(({ name }: { name?: string }) => name === 'Assay');
  expect(assay).toBeGreaterThan(listing);
  expect(steps[assay].env.OSV).toBe('online');
  expect(steps[assay].run).toContain('"$GITHUB_WORKSPACE/reports/*"');
  expect(steps[assay].run).toContain('$'.concat('{OSV:+--osv "$OSV"}'));
  expect(github.said).toContain(
    'package-lock.json and web/shop/package-lock.json were found. To have their packages judged, uncomment “List the packages” and OSV in .github/workflows/assay.yml.',
  );

  const gitlab = await initialised('gitlab', locks);
  const job = withPackages(gitlab.text('.gitlab/assay.yml')).assay;
  expect(job.script.slice(0, 2)).toEqual([
    'mkdir -p reports',
    'npm sbom --package-lock-only --sbom-format=cyclonedx > reports/bom.cdx.json',
  ]);
  expect(job.script).toHaveLength(5);
  expect(job.variables.ASSAY_INPUT_OSV).toBe('online');
  expect(job.variables.ASSAY_INPUT_REPORTS).toBe('reports/*');
  expect(gitlab.said).toContain('uncomment the lines about packages in .gitlab/assay.yml');
});

test('for other lock files a tool is named that reads them all', async () => {
  const { said, text } = await initialised('github', ['api/uv.lock', 'Gemfile.lock', 'package-lock.json']);
  const { steps } = withPackages(text('.github/workflows/assay.yml')).jobs.assay;
  const listing = steps.find(({ name }: { name?: string }) => name === 'List the packages');
  expect(listing.run.split('\n')[1]).toBe('syft scan dir:. -o cyclonedx-json=reports/bom.cdx.json');
  for (const tool of ['trivy fs ', 'cdxgen ']) expect(text('.github/workflows/assay.yml')).toContain(tool);
  expect(said).toContain('Gemfile.lock, package-lock.json and api/uv.lock were found.');
});

test('without a pipeline the commands are said; without lock files nothing is', async () => {
  const { said } = await initialised('none', ['package-lock.json']);
  expect(said).toContain('npm sbom --package-lock-only --sbom-format=cyclonedx > bom.cdx.json');
  expect(said).toContain('assay triage bom.cdx.json --osv online');
  for (const host of ['github', 'gitlab', 'none'] as const) {
    const bare = await initialised(host);
    expect(bare.said).not.toContain('found');
    if (host === 'github') expect(bare.text('.github/workflows/assay.yml')).not.toContain('sbom');
    if (host === 'gitlab') expect(bare.text('.gitlab/assay.yml')).not.toContain('sbom');
  }
});

test('names of folders that a shell could take for more are left out', async () => {
  const { text } = await initialised('github', ['a b;$(x)/package-lock.json']);
  expect(text('.github/workflows/assay.yml')).not.toContain('$(x)');
});

test('a workflow that is there already is left alone, and so is what is said of it', async () => {
  const { said } = await initialised('github', ['package-lock.json', '.github/workflows/assay.yml']);
  expect(said).toContain('assay.yml is there already');
  expect(said).not.toContain('uncomment');
  expect(said).toContain('npm sbom --package-lock-only');
});

test('the policy explains what may be said of dependencies, and it holds when it is uncommented', async () => {
  const { text } = await initialised('none');
  const uncomment = (part: string) => part.replace(/^( *)# /gm, '$1');
  const policy = text('assay.yml')
    .replace(/^# dependencies:\n(?:#.*\n)+/m, uncomment)
    .replace(/^ *# - name: exploited\n.*\n/m, uncomment);
  const { dependencies, gate } = parse(policy);
  expect(dependencies).toMatchObject({ dev: 'judge', feed_down: 'unfinished', vex: 'honour' });
  expect(dependencies.licences).toEqual({ deny: ['AGPL-*'], unknown: 'report' });
  expect(gate.rules.at(-1)).toEqual({ name: 'exploited', kev: true });
  expect(parsePolicy(policy, 'assay.yml').dependencies.dev).toBe('judge');
});
