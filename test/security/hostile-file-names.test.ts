// Security row 4: file names are data, from git's output to the workspace.
import type { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { type LocalGit, openLocalGit } from '../../src/adapters/local/local-git.ts';
import { defaultRequest } from '../../src/app/run-request.ts';
import { runTriage } from '../../src/app/triage.ts';
import { createGitRepository, type GitRepository } from '../doubles/git-repository.ts';
import { HOSTILE_FILE_NAMES } from '../doubles/hostile-file-names.ts';
import { environmentWith } from '../e2e/reviewed-change.ts';

const sorted = [...HOSTILE_FILE_NAMES].sort();
const contentOf = (name: string) => `first\n${JSON.stringify(name)}\n`;

// Windows cannot hold files of these names.
describe.skipIf(process.platform === 'win32')('files with hostile names', () => {
  let repository: GitRepository;
  let base: string;
  let head: string;
  beforeAll(() => {
    repository = createGitRepository();
    for (const name of HOSTILE_FILE_NAMES) repository.write(name, 'first\n');
    base = repository.commit();
    for (const name of HOSTILE_FILE_NAMES) repository.write(name, contentOf(name));
    head = repository.commit();
  });
  afterAll(() => repository.dispose());

  async function open(to: string | null): Promise<LocalGit> {
    const git = await openLocalGit({ folder: repository.root, base, head: to });
    if (git === null) throw new Error('not a repository');
    return git;
  }

  it('are at least forty, all different', () => {
    expect(new Set(HOSTILE_FILE_NAMES).size).toBeGreaterThanOrEqual(40);
  });

  it.each(['commit', 'working tree'])('are listed and read exactly, from the %s', async (where) => {
    await using git = await open(where === 'commit' ? head : null);
    const sources = await git.sources();
    expect(await sources.files()).toEqual(sorted);
    for (const name of HOSTILE_FILE_NAMES) {
      expect(await sources.read(name)).toMatchObject({ kind: 'text', text: contentOf(name) });
    }
  });

  it.each(['commit', 'working tree'])('are compared exactly, to the %s', async (where) => {
    await using git = await open(where === 'commit' ? head : null);
    const files = (await git.diff())?.files ?? [];
    expect(files.map((file) => file.newPath).sort()).toEqual(sorted);
    for (const file of files) {
      expect(file).toEqual({
        status: 'modified',
        oldPath: file.newPath,
        newPath: file.newPath,
        binary: false,
        hunks: [{ oldStart: 1, oldLines: 0, newStart: 2, newLines: 1 }],
      });
    }
  });

  it('are seen when git does not know them yet', async () => {
    const fresh = createGitRepository();
    fresh.write('known', '');
    const first = fresh.commit();
    for (const name of HOSTILE_FILE_NAMES) fresh.write(name, 'new\n');
    await using git = await openLocalGit({ folder: fresh.root, base: first, head: null });
    expect((await git?.diff())?.files.map((file) => file.newPath).sort()).toEqual(sorted);
    fresh.dispose();
  });

  it('are followed through renames', async () => {
    const moving = createGitRepository();
    const text = (name: string) => `${`${JSON.stringify(name)}\n`.repeat(10)}`;
    for (const name of HOSTILE_FILE_NAMES) moving.write(name, text(name));
    const before = moving.commit();
    for (const name of HOSTILE_FILE_NAMES) moving.write(`to/${name}`, text(name)).remove(name);
    const after = moving.commit();
    await using git = await openLocalGit({ folder: moving.root, base: before, head: after });
    const pairs = (await git?.diff())?.files.map(({ status, oldPath, newPath }) => [
      status,
      oldPath,
      newPath,
    ]);
    expect(pairs?.sort()).toEqual(HOSTILE_FILE_NAMES.map((name) => ['renamed', name, `to/${name}`]).sort());
    moving.dispose();
  });

  it('start no program but git, and never a shell', async () => {
    const started: ChildProcess[] = [];
    const watch = (message: unknown) => started.push((message as { process: ChildProcess }).process);
    subscribe('child_process', watch);
    for (const to of [head, null]) {
      await using git = await open(to);
      await git.diff();
      await git.diffFrom(base);
      const sources = await git.sources();
      for (const name of await sources.files()) await sources.read(name);
    }
    unsubscribe('child_process', watch);
    expect(started.length).toBeGreaterThan(5);
    expect(new Set(started.map((child) => basename(child.spawnfile)))).toEqual(new Set(['git']));
    const args = started.flatMap((child) => child.spawnargs);
    expect(HOSTILE_FILE_NAMES.filter((name) => args.includes(name))).toEqual([]);
  });
});

// A report of one of these names is about the file all the same: it is judged, and the model is asked about it.
test.skipIf(process.platform === 'win32')(
  'a finding in a file of a hostile name is found and asked about',
  async () => {
    // Encoded separators are refused, whoever means them (security row 17).
    const names = HOSTILE_FILE_NAMES.filter((name) => name.endsWith('.js') && !/[\\]|%2e/.test(name));
    const repository = createGitRepository();
    repository.write('README.md', 'A shop.\n').commit();
    repository.git('switch', '--quiet', '--create', 'change');
    for (const name of names) repository.write(name, 'function show(q, tidy) {\n  eval(tidy(q));\n}\n');
    repository.commit();
    const results = names.map((name) => {
      const uri = name.split('/').map(encodeURIComponent).join('/');
      const physicalLocation = { artifactLocation: { uri }, region: { startLine: 2 } };
      return {
        ruleId: 'eval',
        level: 'error',
        message: { text: 'Code.' },
        locations: [{ physicalLocation }],
      };
    });
    const rules = [{ id: 'eval', properties: { tags: ['external/cwe/cwe-95'] } }];
    repository.write(
      'report.sarif',
      JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name: 'scanner', rules } }, results }] }),
    );
    const request = {
      ...defaultRequest(repository.root),
      reports: ['report.sarif'],
      base: 'main',
      quiet: true,
    };
    const { document } = await runTriage(
      { ...request, format: 'none', model: 'openai/any', judge: 'model', dumpPrompts: 'prompts' },
      environmentWith({}),
    );
    const places = document?.findings.map(({ location }) => [location.path, location.resolved]) ?? [];
    expect(places.sort()).toEqual(names.map((name) => [name, true]).sort());
    const prompts = readdirSync(repository.path('prompts')).filter((name) => name.includes('verdict'));
    const asked = prompts.map((name) => readFileSync(repository.path(`prompts/${name}`), 'utf8'));
    expect(asked.join('').match(/\bReported at /g)).toHaveLength(names.length);
    repository.dispose();
  },
);
