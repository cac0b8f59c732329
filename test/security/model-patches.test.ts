// Security row 24 for patches that a model proposes: a hijacked model gets nothing past the ladder, an honest one gets its mends through.
import { describe, expect, test } from 'vitest';
import { applyEdits } from '#domain/apply-edits.ts';
import { PATCH_CHECKS } from '#domain/patch.ts';
import { HONEST_MODEL_PATCHES } from '../patch/honest-model-patches.ts';
import { HOSTILE_MODEL_PATCHES, NEVER_ASKED } from '../patch/hostile-model-patches.ts';
import { MODEL, tryCase } from '../patch/model-patch.ts';

describe('a hostile patch of a model is refused, and the reason told to people and to the model', () => {
  test.each(HOSTILE_MODEL_PATCHES)('$name', async (hostile) => {
    const { patched, asked } = await tryCase(hostile);
    const refusal = {
      ...{ origin: 'model', tool: MODEL, failed: hostile.failed },
      why: expect.stringMatching(hostile.reason),
    };
    expect(patched.patch).toBeNull();
    expect(patched.refusedPatches).toEqual([refusal]);
    expect(asked).toEqual([[], [refusal]]);
  });

  test('sixty of them at least', () => expect(HOSTILE_MODEL_PATCHES.length).toBeGreaterThanOrEqual(60));
});

test.each(NEVER_ASKED)('nobody is asked about a finding in %j, where no patch may be', async (path) => {
  const swaps = [['b', 'B']] as const;
  const { patched, asked } = await tryCase({ name: path, path, text: 'a\nb\nc\n', swaps });
  expect(patched).toMatchObject({ patch: null, refusedPatches: [] });
  expect(asked).toEqual([]);
});

describe('an honest patch of a model is offered', () => {
  test.each(HONEST_MODEL_PATCHES)('$path: $name', async (honest) => {
    const { patched, asked } = await tryCase(honest);
    expect(patched.refusedPatches).toEqual([]);
    const text = honest.text.replaceAll('\r\n', '\n');
    const meant = honest.swaps.reduce((old, [from, to]) => old.replace(from, () => to), text);
    const { patch } = patched;
    expect(applyEdits(honest.text, patch?.edits ?? [])).toBe(
      honest.text.includes('\r\n') ? meant.replaceAll('\n', '\r\n') : meant,
    );
    expect(patch).toMatchObject({ origin: 'model', tool: MODEL, description: 'It mends the weakness.' });
    expect(patch?.checks.map(({ check }) => check)).toEqual(PATCH_CHECKS);
    expect(patch?.checks.map(({ outcome }) => outcome)).toEqual([
      ...['passed', 'passed', 'passed', expect.stringMatching(/^(?:passed|not_applicable)$/)],
      ...['skipped', 'skipped'],
    ]);
    expect(asked).toEqual([[]]);
  });

  test('forty of them at least, over eight languages and more', () => {
    expect(HONEST_MODEL_PATCHES.length).toBeGreaterThanOrEqual(40);
    expect(new Set(HONEST_MODEL_PATCHES.map(({ path }) => path)).size).toBeGreaterThanOrEqual(8);
  });
});
