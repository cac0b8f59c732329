// `assay knowledge search` as a person runs it: what is found, where it was read from, and nothing hostile on the terminal.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTemporaryFolder, GitRepository } from '../doubles/git-repository.ts';
import { assay } from './run-cli.ts';

const HOSTILE =
  '# SSRF\n\nFetch \u001b]8;;https://evil.test\u0007here\u001b]8;;\u0007 \u001b[2J\u202Egnirts\n##[error]x\n::error::y\n';
let repository: GitRepository;
beforeAll(async () => {
  repository = new GitRepository(createTemporaryFolder());
  repository.git('init', '-q', '-b', 'main');
  await write({
    'assay.yml': "version: 1\nlanguage: en\nknowledge:\n  paths: ['docs/**']\n",
    'docs/guide.md': '# Guide\n\n## SQL injection\n\nBind every value.\n',
    'docs/net.md': HOSTILE,
  });
  repository.git('add', '.');
  repository.git('commit', '-qm', 'base');
  await write({ 'docs/guide.md': '# Guide\n\n## SQL injection\n\nConcatenate freely.\n' });
});
afterAll(() => rmSync(repository.root, { recursive: true, force: true }));

async function write(files: Record<string, string>): Promise<void> {
  const { mkdir, writeFile } = await import('node:fs/promises');
  await mkdir(`${repository.root}/docs`, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(`${repository.root}/${name}`, text);
}
const search = (...words: string[]) => assay(repository.root, ['knowledge', 'search', ...words]);

test('with a base, the documents of the base are found, never those of the change', async () => {
  const { exitCode, stdout } = await search('SQLi', '--base', 'main', '--cwe', '89');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^\[K1\] cwe-89 /m);
  expect(stdout).toContain('docs/guide.md#sql-injection');
  expect(stdout).toContain('Bind every value.');
  expect(stdout).not.toContain('Concatenate');
  expect(stdout).toMatch(/why: key CWE-89/);
});

test('without one, the working tree is read and the reader is told; in CI nothing is', async () => {
  expect((await search('SQLi')).stdout).toContain('Concatenate freely.');
  expect((await search('SQLi')).stdout).toContain('Without --base');
  const ci = await assay(repository.root, ['knowledge', 'search', 'SQLi'], {
    variables: { ASSAY_NOW: '2026-03-01T00:00:00Z', HOME: repository.root, CI: 'true' },
  });
  expect(ci.stdout).not.toContain('docs/guide.md');
  expect(ci.stdout).toContain('nothing vouches for them');
});

test('a hostile document has no power over the terminal or a runner', async () => {
  for (const format of ['table', 'json']) {
    const { stdout } = await search('SSRF', '--format', format);
    expect(stdout).toContain('docs/net.md');
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]|##\[|^\s*::/m);
  }
});

test('JSON holds the passages, what was searched, and why', async () => {
  const { stdout } = await search('SQL 注入', '--format', 'json', '--language', 'zh-CN', '--limit', '2');
  const value = JSON.parse(stdout);
  expect(value).toMatchObject({ schemaVersion: 1, question: 'SQL 注入', searched: { document: 2 } });
  expect(value.passages).toHaveLength(2);
  expect(value.passages[0].why[0]).toMatch(/^名称对应 CWE-89/);
});

test('nothing asked, or a wrong option, is a usage error', async () => {
  expect((await search()).exitCode).toBe(2);
  expect((await search('x', '--limit', '0')).exitCode).toBe(2);
  expect((await search('x', '--cwe', 'many')).exitCode).toBe(2);
});
