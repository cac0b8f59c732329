// `assay init`: the files a project needs, written after asking, never over existing ones.
import path from 'node:path';
import { AssayError } from '#domain/errors.ts';
import type { Assets } from '#ports/assets.ts';
import type { OperatorFiles } from '#ports/operator-files.ts';
import { createOperatorFiles } from '../adapters/local/operator-files.ts';
import { PackageAssets } from '../adapters/local/package-assets.ts';
import { confirm } from '../adapters/local/terminal-questions.ts';
import { openWorkingTree } from '../adapters/local/working-tree.ts';
import { toTerminal } from '../support/escape-terminal.ts';
import { findLockFiles, listingCommands, nameSome, withListing } from './initialise/list-packages.ts';
import { VERSION } from './version.ts';

type Host = 'github' | 'gitlab' | 'none';

export interface InitRequest {
  readonly repo: string;
  /** Null: what the repository shows. */
  readonly host: Host | null;
  readonly yes: boolean;
  readonly cwd: string;
}

interface NewFile {
  readonly path: string;
  readonly text: string;
  /** It holds the lines that list the packages. */
  readonly lists?: boolean;
}

/** Says what was written, what was there already, and what to do next. */
export async function initialise(request: InitRequest): Promise<string> {
  const files = createOperatorFiles({ cwd: request.cwd, repository: request.repo });
  const at = (path: string) => (request.repo === '.' ? path : `${request.repo}/${path}`);
  if (!(await files.exists(request.repo))) {
    throw new AssayError('usage', `There is no folder ${request.repo}.`, {
      hint: 'Give the root of the repository with --repo.',
    });
  }
  const host = request.host ?? (await detectHost(files, at));
  const tree = await openWorkingTree(path.resolve(request.cwd, request.repo));
  const lockFiles = findLockFiles(await tree.files());
  const wanted = await filesFor(host, new PackageAssets(), lockFiles);
  const there: string[] = [];
  const missing: NewFile[] = [];
  for (const file of wanted) {
    if (await files.exists(at(file.path))) there.push(file.path);
    else missing.push(file);
  }
  const lines = there.map((path) => `${path} is there already and was left as it is.`);
  if (missing.length > 0) {
    const names = missing.map((file) => file.path).join(' and ');
    if (!request.yes && !(await confirm(`Write ${names}?`))) {
      throw new AssayError('interrupted', 'Nothing was written.');
    }
    for (const file of missing) {
      await files.write(at(file.path), file.text);
      lines.push(`${file.path} was written.`);
    }
  }
  lines.push(...nextSteps(host));
  if (lockFiles.length > 0) {
    const pipeline = missing.find((file) => file.lists === true)?.path ?? null;
    lines.push(listingStep(host, lockFiles, pipeline));
  }
  return `${lines.map(toTerminal).join('\n')}\n`;
}

async function detectHost(files: OperatorFiles, at: (path: string) => string): Promise<Host> {
  if (await files.exists(at('.gitlab-ci.yml'))) return 'gitlab';
  if (await files.exists(at('.github'))) return 'github';
  return 'none';
}

async function filesFor(host: Host, assets: Assets, lockFiles: readonly string[]): Promise<NewFile[]> {
  const template = async (asset: string) =>
    (await assets.text(`rules/init/${asset}`)).replaceAll('{{version}}', VERSION);
  const policy = { path: 'assay.yml', text: await template('assay.yml') };
  if (host === 'github') {
    const text = withListing(await template('github-workflow.yml'), lockFiles, 'step');
    const judging = { path: '.github/workflows/assay.yml', text, lists: true };
    const posting = await template('github-publish-workflow.yml');
    return [policy, judging, { path: '.github/workflows/assay-publish.yml', text: posting }];
  }
  if (host === 'gitlab') {
    const text = withListing(await template('gitlab-job.yml'), lockFiles, 'script');
    const job = { path: '.gitlab/assay.yml', text, lists: true };
    return [policy, job, { path: '.gitlab-ci.yml', text: 'include:\n  - local: .gitlab/assay.yml\n' }];
  }
  return [policy];
}

function nextSteps(host: Host): string[] {
  const check = 'Next: read assay.yml, check it with "assay config check", and commit it to the base branch.';
  if (host === 'github') {
    return [
      check,
      'In .github/workflows/assay.yml, put your scanner before the Assay step. It comments with the job’s own token; no secret is needed.',
      '.github/workflows/assay-publish.yml comments on pull requests of forks. It works once it is on the default branch; leave it out if there are none.',
    ];
  }
  if (host === 'gitlab') {
    return [
      check,
      'In .gitlab-ci.yml, have below include: "- local: .gitlab/assay.yml", and let your scanners run in an earlier stage.',
      'For comments on merge requests, add the CI/CD variable ASSAY_GITLAB_TOKEN, masked and not protected: a project access token with the scope api and the role Developer.',
    ];
  }
  return [check, 'No pipeline was recognised; name one with --host github or --host gitlab.'];
}

/** `pipeline`: the file that was written with the lines that list the packages. */
function listingStep(host: Host, lockFiles: readonly string[], pipeline: string | null): string {
  const found = `${nameSome(lockFiles)} ${lockFiles.length === 1 ? 'was' : 'were'} found. To have ${lockFiles.length === 1 ? 'its' : 'their'} packages judged`;
  if (pipeline !== null) {
    const what = host === 'github' ? '“List the packages” and OSV' : 'the lines about packages';
    return `${found}, uncomment ${what} in ${pipeline}.`;
  }
  const commands = listingCommands(lockFiles, '').filter((command) => !command.startsWith('#'));
  const bills = commands.map((command) => /[\w.-]+\.cdx\.json/.exec(command)?.[0] ?? '');
  return `${found}: ${commands.join('; ')}; then assay triage ${bills.join(' ')} --osv online. That tells api.osv.dev names of packages and nothing else; a folder of OSV records serves as well.`;
}
