// What the workflow does not declare is not asked for: no request is refused, and the line to add is named with its file and number.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { actionsToken, classicToken, createPerson, type Token } from '../emulators/github/actors.ts';
import { type GitHubEmulator, startGitHubEmulator } from '../emulators/github/github-emulator.ts';
import { createReviewRepository, type ReviewRepository } from '../emulators/review-repository.ts';
import { gitHubVariables, publishChange, sarifOf } from './reviewed-change.ts';

const OLD = "const { execSync } = require('node:child_process');\n";
const NEW = `${OLD}exports.show = (name) => execSync('cat ' + name);\n`;
const REPORT = sarifOf([{ path: 'app.js', line: 2 }]);
const FILE = '.github/workflows/assay.yml';

/** The permissions begin at line 7, and the first of them at line 8. */
const workflowWith = (permissions: string) =>
  `name: Assay\non: pull_request\njobs:\n  assay:\n    runs-on: ubuntu-latest\n    timeout-minutes: 9\n${permissions}    steps:\n      - run: make\n`;
const declaring = (...lines: readonly string[]) =>
  workflowWith(['    permissions:', ...lines.map((line) => `      ${line}`), ''].join('\n'));

let repository: ReviewRepository;
let github: GitHubEmulator;
type Options = Omit<Parameters<typeof startGitHubEmulator>[0], 'repository'>;
const open = async (options: Options = {}) => {
  repository = createReviewRepository(
    (git) => void git.write('app.js', OLD),
    (git) => void git.write('app.js', NEW),
  );
  github = await startGitHubEmulator({ repository, ...options });
};
beforeEach(() => open());
afterEach(async () => {
  expect(github.violations).toEqual([]);
  await github.close();
  repository.dispose();
});

interface Job {
  /** Null: the commit holds none. */
  readonly workflow: string | null;
  readonly token: Token;
  readonly variables?: Readonly<Record<string, string>>;
  readonly policy?: string;
  readonly fork?: boolean;
}

async function run({ workflow, token, variables = {}, policy, fork = false }: Job) {
  if (policy !== undefined) repository.pushBase((git) => void git.write('assay.yml', policy));
  if (workflow !== null) repository.push((git) => void git.write(FILE, workflow));
  github.tokens.set('ghs_job', token);
  const done = await publishChange({
    repository,
    report: REPORT,
    variables: {
      ...gitHubVariables(github, repository, { token: 'ghs_job', fork }),
      GITHUB_WORKFLOW_REF: `octo/shop/${FILE}@refs/pull/7/merge`,
      GITHUB_WORKFLOW_SHA: repository.head(),
      GITHUB_JOB: 'assay',
      ...variables,
    },
    ...(fork ? { request: { publish: 'github' as const } } : {}),
  });
  expect(done.outcome.exitCode).toBe(1);
  expect(done.log).not.toMatch(/\n\s+at |defect of Assay|\[object /);
  return done;
}

/** Writes that the host did not take. */
const refused = () => github.writes().filter(({ status }) => status !== null && status >= 400);
const asked = (words: RegExp) => github.log.filter(({ path }) => words.test(path));
const SMALLEST = { contents: 'read', 'pull-requests': 'write' } as const;
const READING = { contents: 'read', 'pull-requests': 'read' } as const;

describe('a job that declares', () => {
  it('the smallest rights: no check and no status is asked for, and one line says so', async () => {
    const workflow = declaring('contents: read', 'pull-requests: write');
    const done = await run({ workflow, token: actionsToken(SMALLEST) });
    expect(done.record).toMatchObject({ mode: 'posted', problems: [], status: null });
    expect([refused(), asked(/check-runs|statuses/)]).toEqual([[], []]);
    expect(github.state.comments).toHaveLength(1);
    expect(done.log).not.toContain('warning');
    const told = done.log.split('\n').filter((line) => /check run|commit status/.test(line));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(`\`checks: write\` under \`permissions:\` in \`${FILE}:10\``);
    expect(told[0]).toContain(`\`statuses: write\` under \`permissions:\` in \`${FILE}:10\``);
  });

  it('the smallest rights on an Enterprise Server: the same', async () => {
    await github.close();
    repository.dispose();
    await open({ enterprise: '3.17.2' });
    const workflow = declaring('contents: read', 'pull-requests: write');
    const done = await run({ workflow, token: actionsToken(SMALLEST) });
    expect(done.record).toMatchObject({ mode: 'posted', problems: [], status: null });
    expect([refused(), asked(/check-runs|statuses/)]).toEqual([[], []]);
  });

  it('statuses and no checks: a status is set at once', async () => {
    const workflow = declaring('pull-requests: write', 'statuses: write');
    const done = await run({ workflow, token: actionsToken({ ...SMALLEST, statuses: 'write' }) });
    expect(done.record).toMatchObject({ mode: 'posted', problems: [], status: { as: 'status' } });
    expect([refused(), asked(/check-runs/)]).toEqual([[], []]);
  });

  it('checks and no statuses: a check that is refused all the same is not followed by a status', async () => {
    const workflow = declaring('pull-requests: write', 'checks: write');
    const done = await run({ workflow, token: actionsToken(SMALLEST) });
    expect(done.record).toMatchObject({ mode: 'posted', problems: [] });
    expect(asked(/statuses/)).toEqual([]);
    expect(done.log.match(/checks: write/g)).toHaveLength(1);
  });

  it.each<[string, string, string]>([
    [
      'too little',
      declaring('contents: read', 'pull-requests: read'),
      `\`${FILE}:9\`, in the place of what stands there.`,
    ],
    ['something else', declaring('contents: read', 'id-token: write'), `\`${FILE}:10\`.`],
    ['nothing', workflowWith('    permissions: {}\n'), `\`${FILE}:7\`.`],
    ['on one line', workflowWith('    permissions: { contents: read }\n'), `\`${FILE}:7\`.`],
    [
      'read-all',
      workflowWith('    permissions: read-all\n'),
      `\`${FILE}:7\`, a line for each in the place of \`read-all\`.`,
    ],
    ['it for the workflow', `permissions:\n  contents: read\n${workflowWith('')}`, `\`${FILE}:3\`.`],
  ])('%s: nothing is sent, and the line is named once', async (_what, workflow, place) => {
    const done = await run({ workflow, token: actionsToken(READING) });
    expect(github.writes()).toEqual([]);
    expect(done.record).toMatchObject({ mode: 'failed', counts: { lost: 0 } });
    const named = `Add \`pull-requests: write\` under \`permissions:\` in ${place}`;
    expect(done.log.split(named)).toHaveLength(2);
    expect(done.record?.problems.map(({ hint }) => hint)).toContain(named);
  });

  it('checks alone: the findings are annotations of the check, and nothing else is tried', async () => {
    const workflow = declaring('pull-requests: read', 'checks: write');
    const done = await run({ workflow, token: actionsToken({ ...READING, checks: 'write' }) });
    expect(done.record).toMatchObject({ mode: 'partly', counts: { annotation: 1 } });
    expect([refused(), github.checkRuns.length]).toEqual([[], 1]);
  });

  it('issues alone: the summary is written', async () => {
    const workflow = declaring('pull-requests: read', 'issues: write');
    const done = await run({ workflow, token: actionsToken({ ...READING, issues: 'write' }) });
    expect(done.record).toMatchObject({ mode: 'partly', summary: { action: 'posted' } });
    expect(refused()).toEqual([]);
  });

  it('no security-events: nothing is uploaded, and it is said', async () => {
    const workflow = declaring('contents: read', 'pull-requests: write');
    const policy =
      'version: 1\nstatus: none\ncode_scanning:\n  upload: true\n  dismiss_false_positives: true\n';
    const done = await run({ workflow, token: actionsToken(SMALLEST), policy });
    expect([refused(), asked(/code-scanning/)]).toEqual([[], []]);
    expect(done.record?.mode).toBe('partly');
    expect(done.log.match(/security-events: write/g)).toHaveLength(1);
  });

  it('no checks, and whose policy asks for one, is warned', async () => {
    const workflow = declaring('pull-requests: write');
    const policy = 'version: 1\nstatus: check\n';
    const done = await run({ workflow, token: actionsToken(SMALLEST), policy });
    expect([refused(), done.record?.mode]).toEqual([[], 'partly']);
    expect(done.log).toMatch(/warning: .*`checks: write`/);
  });

  it('more than the host gives: the host has the last word', async () => {
    const done = await run({
      workflow: workflowWith('    permissions: write-all\n'),
      token: actionsToken(READING),
    });
    expect(refused().length).toBeGreaterThan(0);
    expect(done.record?.mode).toBe('failed');
    expect(done.log).toContain('`pull-requests: write` under `permissions:` of the job');
  });
});

describe('nothing is known, and the host is asked, where', () => {
  const LITTLE = declaring('contents: read');
  const CALLER = `${LITTLE}  other:\n    uses: ./.github/workflows/other.yml\n`;
  it.each<[string, Partial<Job>]>([
    ['the file is not there', { workflow: null }],
    ['the workflow is of another repository', { variables: { GITHUB_WORKFLOW_REF: `acme/ci/${FILE}@v1` } }],
    [
      'the name leads out',
      { variables: { GITHUB_WORKFLOW_REF: 'octo/shop/.github/workflows/../../x.yml@a' } },
    ],
    ['no job is named', { variables: { GITHUB_JOB: '' } }],
    ['another job runs', { variables: { GITHUB_JOB: 'build' } }],
    ['the job is one of all objects', { variables: { GITHUB_JOB: '__proto__' } }],
    ['the commit is not here', { variables: { GITHUB_WORKFLOW_SHA: 'f'.repeat(40) } }],
    ['the workflow calls others', { workflow: CALLER }],
    ['nothing is declared', { workflow: workflowWith('') }],
    ['permissions are empty', { workflow: workflowWith('    permissions:\n') }],
    ['a value is none', { workflow: declaring('contents: admin') }],
    ['the text is no YAML', { workflow: `${LITTLE}\t{` }],
    ['the text is a bomb', { workflow: `${'['.repeat(100_000)}` }],
    ['an alias stands for them', { workflow: `x: &x {}\n${workflowWith('    permissions: *x\n')}` }],
    ['the token is not the job’s own', { token: classicToken(createPerson(900, 'linus'), ['repo']) }],
  ])('%s', async (_what, job) => {
    const done = await run({ workflow: LITTLE, token: actionsToken(), ...job });
    expect(done.record).toMatchObject({ mode: 'posted', problems: [] });
    expect(github.state.comments).toHaveLength(1);
    expect(done.log).not.toContain(FILE);
  });
});

describe('who only reads, whatever is declared', () => {
  const everything = workflowWith('    permissions: write-all\n');

  it('the run of a public fork names the second workflow, and writes nothing', async () => {
    await github.close();
    repository.dispose();
    await open({ fork: 'yes', private: false });
    const done = await run({ workflow: everything, token: actionsToken(READING), fork: true });
    expect(github.writes()).toEqual([]);
    expect(done.log.match(/assay-publish\.yml/g)).toHaveLength(1);
    expect(done.record?.mode).toBe('failed');
  });

  it('a run of Dependabot, where nothing is declared', async () => {
    const variables = { GITHUB_ACTOR: 'dependabot[bot]' };
    const done = await run({ workflow: workflowWith(''), token: actionsToken(READING), variables });
    expect(github.writes()).toEqual([]);
    expect(done.log).toContain(`\`pull-requests: write\` to the job in \`${FILE}:4\``);
  });

  it('a run of Dependabot whose workflow declares the rights has them', async () => {
    const variables = { GITHUB_ACTOR: 'dependabot[bot]' };
    const done = await run({ workflow: everything, token: actionsToken(), variables });
    expect(done.record).toMatchObject({ mode: 'posted', problems: [] });
  });
});
