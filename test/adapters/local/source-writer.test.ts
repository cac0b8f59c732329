// What may be written in a working tree, and how a package manager is started: in a copy, with an end.
import { lstatSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLockTool } from '#adapters/local/run-lock-tool.ts';
import { createSourceWriter } from '#adapters/local/source-writer.ts';
import {
  createGitRepository,
  createTemporaryFolder,
  type GitRepository,
} from '../../doubles/git-repository.ts';

const bytes = (text: string) => Buffer.from(text);

let repository: GitRepository;
beforeEach(() => {
  repository = createGitRepository();
});
afterEach(() => repository.dispose());

describe('a file of the working tree', () => {
  test('is replaced whole, with the mode that it had and nothing left beside it', async () => {
    repository.write('bin/run.sh', 'old\n').makeExecutable('bin/run.sh');
    const writer = createSourceWriter(repository.root);
    expect(await writer.replace('bin/run.sh', bytes('old\n'), bytes('new\n'))).toEqual({ kind: 'written' });
    expect(readFileSync(repository.path('bin/run.sh'), 'utf8')).toBe('new\n');
    expect(statSync(repository.path('bin/run.sh')).mode & 0o777).toBe(0o755);
    expect(readdirSync(repository.path('bin'))).toEqual(['run.sh']);
  });

  test('is left alone when it is not what it was', async () => {
    repository.write('a.txt', 'theirs\n');
    const outcome = await createSourceWriter(repository.root).replace(
      'a.txt',
      bytes('old\n'),
      bytes('new\n'),
    );
    expect(outcome).toMatchObject({
      kind: 'refused',
      why: { template: 'was changed by somebody else meanwhile' },
    });
    expect(readFileSync(repository.path('a.txt'), 'utf8')).toBe('theirs\n');
  });

  test('is never reached through a link, out of the root, or in the folder of git', async () => {
    const far = createTemporaryFolder();
    const outside = new (repository.constructor as typeof GitRepository)(far).write('a.txt', 'old\n');
    repository
      .write('real.txt', 'old\n')
      .link('linked', far)
      .link('linked.txt', outside.path('a.txt'))
      .link('near.txt', 'real.txt');
    repository.write('.git/hooks/post-checkout', 'old\n');
    const writer = createSourceWriter(repository.root);
    for (const name of [
      ...['linked/a.txt', 'linked.txt', 'near.txt', '.git/hooks/post-checkout', '.GIT/hooks/post-checkout'],
      ...['../a.txt', outside.path('a.txt'), 'a\0b', '', '.', 'missing.txt'],
    ])
      expect(await writer.replace(name, bytes('old\n'), bytes('new\n')), name).toMatchObject({
        kind: 'refused',
      });
    expect(readFileSync(outside.path('a.txt'), 'utf8')).toBe('old\n');
    expect(readFileSync(repository.path('real.txt'), 'utf8')).toBe('old\n');
    expect(readFileSync(repository.path('.git/hooks/post-checkout'), 'utf8')).toBe('old\n');
    expect(lstatSync(repository.path('near.txt')).isSymbolicLink()).toBe(true);
  });
});

describe.skipIf(process.platform === 'win32')('a tool', () => {
  const roomOf = async (body: string, timeLimit = 20_000) => {
    const tools = mkdtempSync(`${tmpdir()}/assay-tools-`);
    new (repository.constructor as typeof GitRepository)(tools)
      .write('tool', `#!/bin/sh\n${body}\n`)
      .makeExecutable('tool');
    const variables = { PATH: `relative:${tools}:/usr/bin:/bin` };
    const options = { root: repository.root, variables, signal: new AbortController().signal, timeLimit };
    return createLockTool(options).open(['a.txt', 'linked.txt', '.git/config', '../x']);
  };

  test('works in a copy of regular files, which is gone afterwards', async () => {
    repository.write('a.txt', 'old\n').link('linked.txt', 'a.txt');
    let copy = '';
    {
      await using room = await roomOf('ls -a; pwd; echo new > a.txt; exit 3');
      const outcome = await room.run({ program: 'tool', args: [], folder: '' });
      if (outcome.kind !== 'failed') throw new Error(outcome.kind);
      const said = outcome.said.trim().split('\n');
      expect(said.slice(0, -1)).toEqual(['.', '..', 'a.txt']);
      copy = said.at(-1) ?? '';
      expect(outcome.exitCode).toBe(3);
      expect(await room.changed()).toEqual(['a.txt']);
      expect(await room.sources().files()).toEqual(['a.txt']);
    }
    expect(() => statSync(copy)).toThrow('ENOENT');
    expect(readFileSync(repository.path('a.txt'), 'utf8')).toBe('old\n');
  });

  test('is ended with all that it started when its time is over, and of what it printed the end is kept', async () => {
    repository.write('a.txt', 'old\n');
    await using room = await roomOf('yes | head -c 100000; echo last; sleep 60 & sleep 60', 400);
    const outcome = await room.run({ program: 'tool', args: [], folder: '' });
    if (outcome.kind !== 'late') throw new Error(outcome.kind);
    expect(outcome.said.length).toBeLessThanOrEqual(16 << 10);
    expect(outcome.said.endsWith('last\n')).toBe(true);
  });

  test('is given its arguments as they are', async () => {
    repository.write('a.txt', 'old\n');
    await using room = await roomOf('printf "%s|" "$@"; exit 1');
    const outcome = await room.run({ program: 'tool', args: ['$(id)', 'a b', '; true'], folder: '' });
    expect(outcome).toMatchObject({ kind: 'failed', said: '$(id)|a b|; true|' });
    expect(await room.run({ program: 'no-such-tool', args: [], folder: '' })).toEqual({ kind: 'missing' });
  });
});
