// What the build makes: reproducible, complete, and loaded no further than a run needs.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { build, ROOT } from '../../scripts/build.ts';
import { createTemporaryFolder } from '../doubles/git-repository.ts';
import { builtBundle } from './built-bundle.ts';

const again = createTemporaryFolder();
afterAll(() => rm(again, { recursive: true, force: true }));

function sums(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const entries = files.map((entry) => {
    const file = path.join(entry.parentPath, entry.name);
    return [
      path.relative(folder, file),
      createHash('sha256').update(readFileSync(file)).digest('hex'),
    ] as const;
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

test('two builds are byte-identical, wherever they are made', async () => {
  const first = await builtBundle();
  await build(path.join(again, 'elsewhere'));
  expect(sums(path.join(again, 'elsewhere'))).toEqual(sums(first));
}, 120_000);

test('it knows nothing of the machine that built it', async () => {
  const folder = await builtBundle();
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.js'))) {
    expect(readFileSync(path.join(folder, name), 'utf8'), name).not.toContain(ROOT);
  }
});

test('every grammar has the sum that the committed lock says', async () => {
  const folder = path.join(await builtBundle(), 'grammars');
  const locked = readFileSync(path.join(ROOT, 'scripts/grammars.sha256'), 'utf8').trim().split('\n');
  const built = readdirSync(folder).filter((name) => name.endsWith('.wasm'));
  const lines = built.map(
    (name) =>
      `${createHash('sha256')
        .update(readFileSync(path.join(folder, name)))
        .digest('hex')}  ${name}`,
  );
  expect(lines.sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1))).toEqual(locked);
});

test('the schema checker and the questions of init are not loaded by a run', async () => {
  const folder = await builtBundle();
  const loaded = staticClosure(folder, 'index.js').map((name) =>
    readFileSync(path.join(folder, name), 'utf8'),
  );
  for (const lazy of ['node_modules/ajv/', 'node_modules/@clack/']) {
    expect(loaded.filter((text) => text.includes(`// ${lazy}`))).toEqual([]);
  }
});

/** The entry and every chunk that it imports at once. */
function staticClosure(folder: string, entry: string): readonly string[] {
  const seen = new Set<string>([entry]);
  for (const name of seen) {
    const text = readFileSync(path.join(folder, name), 'utf8');
    for (const [, chunk] of text.matchAll(/^(?:import|export|\})[^\n]*?"\.\/(chunk-[^"]+)";$/gm))
      seen.add(chunk ?? '');
  }
  return [...seen];
}
