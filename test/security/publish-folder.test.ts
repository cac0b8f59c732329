// The output folder lies in the work tree, where a change can bring links and files of any name: nothing is written or deleted elsewhere.
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { DiskOutput } from '#adapters/local/disk-output.ts';
import { writeDotenv } from '#adapters/local/dotenv-report.ts';
import { createTemporaryFolder } from '../doubles/git-repository.ts';

function aWorkTree() {
  const root = createTemporaryFolder();
  mkdirSync(path.join(root, 'elsewhere', 'patches'), { recursive: true });
  writeFileSync(path.join(root, 'elsewhere', 'patches', 'mine.patch'), 'mine');
  return root;
}

const outputAt = (root: string, name: string) => new DiskOutput(path.resolve(root, name), name);

describe('a folder that is a link', () => {
  it.each(['assay-out', 'build/assay', 'assay-out/'])('is not used: %s', async (name) => {
    const root = aWorkTree();
    const [link = ''] = name.split('/');
    mkdirSync(path.join(root, 'elsewhere', 'assay'));
    symlinkSync('elsewhere', path.join(root, link));
    const output = outputAt(root, name);
    await expect(output.write('assay.json', '{}')).rejects.toMatchObject({ code: 'output' });
    await expect(output.remove('patches')).rejects.toMatchObject({ code: 'output' });
    expect(existsSync(path.join(root, 'elsewhere', 'assay.json'))).toBe(false);
    expect(existsSync(path.join(root, 'elsewhere', 'assay', 'assay.json'))).toBe(false);
    expect(readFileSync(path.join(root, 'elsewhere', 'patches', 'mine.patch'), 'utf8')).toBe('mine');
  });

  it('is used when whoever runs Assay names it by its whole path', async () => {
    const root = aWorkTree();
    symlinkSync('elsewhere', path.join(root, 'out'));
    const folder = path.join(root, 'out');
    await new DiskOutput(folder, folder).write('assay.json', '{}');
    expect(readFileSync(path.join(root, 'elsewhere', 'assay.json'), 'utf8')).toBe('{}');
  });
});

describe('what an earlier run left', () => {
  it.each(['patches', 'publication'])('in %s is deleted, and nothing else there', async (folder) => {
    const root = createTemporaryFolder();
    const own =
      folder === 'patches' ? ['c0ffee0000000001.patch'] : ['summary.md', 'comment-01-c0ffee0000000001.md'];
    const others = ['left-pad+1.3.0.patch', 'README.md', 'series'];
    mkdirSync(path.join(root, folder, 'deep'), { recursive: true });
    for (const name of [...own, ...others, 'deep/c0ffee0000000001.patch'])
      writeFileSync(path.join(root, folder, name), 'x');
    await outputAt(root, '.').remove(folder);
    const left = (name: string) => existsSync(path.join(root, folder, name));
    expect(own.filter(left)).toEqual([]);
    expect([...others, 'deep/c0ffee0000000001.patch'].filter(left)).toHaveLength(4);
  });

  it('takes its folder along when nothing else is in it, and a link that lies in its place', async () => {
    const root = aWorkTree();
    const output = outputAt(root, 'assay-out');
    await output.write('patches/c0ffee0000000001.patch', 'x');
    await output.remove('patches');
    expect(existsSync(path.join(root, 'assay-out', 'patches'))).toBe(false);
    symlinkSync('../elsewhere/patches', path.join(root, 'assay-out', 'patches'));
    await output.remove('patches');
    expect(existsSync(path.join(root, 'assay-out', 'patches'))).toBe(false);
    expect(existsSync(path.join(root, 'elsewhere', 'patches', 'mine.patch'))).toBe(true);
  });
});

it('the variables for later jobs of GitLab are written beside a link, not through it', async () => {
  const root = aWorkTree();
  writeFileSync(path.join(root, 'victim'), 'mine');
  mkdirSync(path.join(root, 'assay-out'));
  const file = path.join(root, 'assay-out', 'assay.env');
  symlinkSync('../victim', file);
  await writeDotenv(file, [{ name: 'decision', value: 'passed' }]);
  expect(readFileSync(path.join(root, 'victim'), 'utf8')).toBe('mine');
  expect(readFileSync(file, 'utf8')).toBe('ASSAY_DECISION=passed\n');
});
