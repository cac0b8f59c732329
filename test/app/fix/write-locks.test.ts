// What becomes of the lock file that a tool wrote in the copy: taken over, or refused with the reason.
import { describe, expect, test } from 'vitest';
import { tellLocks } from '#app/fix/lock-groups.ts';
import { type LockResult, writeLocks } from '#app/fix/write-locks.ts';
import type { DependencyRecord } from '#domain/dependency.ts';
import type { ToolCommand } from '#ports/lock-tool.ts';
import { createMemoryWorkspace } from '../../doubles/memory-workspace.ts';
import { aFinding } from '../../doubles/result-document.ts';

type Files = Record<string, string>;

/** A wish for `kit` at 1.2.0, whose manifest was raised already; `tool` stands in for the program. */
async function lockWith(files: Files, ecosystem: string, tool: (copy: Files) => void, name = 'kit') {
  const tree = { ...files };
  const started: ToolCommand[] = [];
  const finding = aFinding({
    kind: 'sca',
    dependency: {
      package: { ecosystem, name },
      versions: ['1.0.0'],
      project: '',
      upgrade: { to: '1.2.0' },
    } as unknown as DependencyRecord,
  });
  const manifest = Object.keys(files)[0] ?? null;
  const jobs = [{ finding, manifest }];
  const results: readonly LockResult[] = await writeLocks(jobs, {
    ...{ book: null, tell: () => undefined, sources: () => createMemoryWorkspace(tree) },
    writer: {
      replace: async (path, _before, after) => {
        tree[path] = Buffer.from(after).toString();
        return { kind: 'written' };
      },
    },
    tool: {
      open: async () => {
        const copy = { ...tree };
        return {
          run: async (command) => {
            started.push(command);
            tool(copy);
            return { kind: 'done', said: 'WARN overrides are not read' };
          },
          replace: async (path, change) => {
            const text = copy[path];
            if (text !== undefined) copy[path] = change(text);
          },
          sources: () => createMemoryWorkspace(copy),
          changed: async () => Object.keys(tree).filter((path) => tree[path] !== copy[path]),
          [Symbol.asyncDispose]: async () => undefined,
        };
      },
    },
  });
  const told = await tellLocks(jobs, createMemoryWorkspace(files));
  return { result: results[0], tree, started: started.map(({ args }) => args.join(' ')), told };
}

describe('Go', () => {
  const RAISED = 'module example.org/shop\n\ngo 1.22\n\nrequire example.org/kit v1.2.0\n';
  const sums = (version: string) =>
    `example.org/kit ${version} h1:a=\nexample.org/kit ${version}/go.mod h1:b=\n`;

  test('go.sum is written although go.mod holds the version already', async () => {
    const files = { 'go.mod': RAISED, 'go.sum': sums('v1.0.0') };
    const { result, tree, started, told } = await lockWith(
      files,
      'Go',
      (copy) => {
        copy['go.sum'] = sums('v1.2.0');
      },
      'example.org/kit',
    );
    expect(told[0]?.lines).toContain('go mod tidy');
    expect(started).toEqual(['get example.org/kit@v1.2.0', 'mod tidy']);
    expect(result).toMatchObject({ kind: 'written', files: ['go.sum'] });
    expect(tree['go.sum']).toBe(sums('v1.2.0'));
  });

  test('nothing is started when go.sum vouches for it', async () => {
    const files = { 'go.mod': RAISED, 'go.sum': sums('v1.2.0') };
    const { result, started, told } = await lockWith(files, 'Go', () => undefined, 'example.org/kit');
    expect(result?.kind).toBe('there');
    expect([started, told]).toEqual([[], []]);
  });
});

describe('npm', () => {
  const MANIFEST = '{"name":"shop","version":"1.0.0","dependencies":{"kit":"^1.2.0"}}';
  const berry = (version: string, range: string) =>
    `__metadata:\n  version: 8\n\n"kit@npm:${range}":\n  version: ${version}\n  resolution: "kit@npm:${version}"\n  languageName: node\n  linkType: hard\n\n"shop@workspace:.":\n  version: 0.0.0-use.local\n  resolution: "shop@workspace:."\n  dependencies:\n    kit: "npm:${range}"\n  languageName: unknown\n  linkType: soft\n`;
  const yarnOne = (version: string, range: string) =>
    `# yarn lockfile v1\n\n\nkit@${range}:\n  version "${version}"\n  resolved "https://r.example/kit-${version}.tgz#a"\n`;

  test('a lock file in the format of another version of the tool is not taken over', async () => {
    const files = { 'package.json': MANIFEST, 'yarn.lock': berry('1.0.0', '^1.0.0') };
    const { result, tree } = await lockWith(files, 'npm', (copy) => {
      copy['yarn.lock'] = yarnOne('1.2.0', '^1.2.0');
    });
    expect(result?.kind).toBe('refused');
    expect(result?.text).toContain('in another format (`yarn lockfile v1`) than it is in (`version: 8`)');
    expect(tree).toEqual(files);
  });

  test('a lock file that still holds the old version is refused with what the tool said', async () => {
    const files = { 'package.json': MANIFEST, 'yarn.lock': yarnOne('1.0.0', '^1.0.0') };
    const { result, tree } = await lockWith(files, 'npm', (copy) => {
      copy['yarn.lock'] = yarnOne('1.0.0', '^1.2.0');
    });
    expect(result).toMatchObject({ kind: 'refused', said: 'WARN overrides are not read' });
    expect(result?.text).toContain('still holds `kit 1.0.0`');
    expect(tree).toEqual(files);
  });

  test('yarn 1 resolves anew what the lock file holds, within what is asked for', async () => {
    const files = { 'package.json': MANIFEST, 'yarn.lock': yarnOne('1.0.0', '^1.0.0') };
    const seen: (string | undefined)[] = [];
    const { result, tree, told } = await lockWith(files, 'npm', (copy) => {
      seen.push(copy['yarn.lock']);
      copy['yarn.lock'] = yarnOne('1.2.0', '^1.2.0');
    });
    expect(seen[0]).not.toContain('kit@');
    expect(result?.kind).toBe('written');
    expect(tree['yarn.lock']).toContain('version "1.2.0"');
    expect(told[0]?.lines).toEqual(['yarn install']);
  });
});
