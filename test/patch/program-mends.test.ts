// A patch may start the same program without a shell, and nothing else: asked of a model's patches and of a scanner's fixes.
import { describe, expect, test } from 'vitest';
import { applyEdits } from '#domain/apply-edits.ts';
import type { PatchedFinding } from '#domain/verdict.ts';
import { tryCase } from './model-patch.ts';
import { PROGRAM_MENDS, type ProgramMend } from './program-mends.ts';
import { patchOne } from './scanner-fix.ts';

function meantBy({ text, swaps }: ProgramMend): string {
  return swaps.reduce((old, [from, to]) => old.replace(from, () => to), text);
}

function said({ patch, refusedPatches }: Pick<PatchedFinding, 'patch' | 'refusedPatches'>, text: string) {
  return patch === null ? (refusedPatches[0]?.why ?? 'nothing') : applyEdits(text, patch.edits);
}

const HONEST = PROGRAM_MENDS.filter(({ refused }) => refused === null);
const HOSTILE = PROGRAM_MENDS.filter(({ refused }) => refused !== null);

describe.each(['model', 'scanner'])('a mend that a %s proposes', (origin) => {
  const ask = async (one: ProgramMend) => {
    // The finding lies at the last text that is replaced: imports stand above.
    const last = one.swaps.at(-1)?.[0] ?? '';
    const line = one.text.slice(0, one.text.indexOf(last)).split('\n').length;
    const patched =
      origin === 'model' ? (await tryCase({ ...one, line })).patched : await patchOne({ ...one, line });
    return said(patched, one.text);
  };

  test.each(HONEST)('is offered: $path, $name', async (one) => {
    expect(await ask(one)).toBe(meantBy(one));
  });

  test.each(HOSTILE)('is refused: $path, $name', async (one) => {
    expect(await ask(one)).toMatch(one.refused ?? /^$/);
  });
});

test('over eight languages, and more hostile ones than honest ones', () => {
  const endings = new Set(PROGRAM_MENDS.map(({ path }) => path.slice(path.lastIndexOf('.'))));
  expect([...endings].sort()).toEqual(['.cs', '.go', '.java', '.js', '.php', '.py', '.rb', '.ts']);
  expect(HONEST.length).toBeGreaterThanOrEqual(25);
  expect(HOSTILE.length).toBeGreaterThanOrEqual(50);
});
