// Security row 24: no fix that a report brings may carry anything but a mend; honest fixes still get through.

import { describe, expect, test } from 'vitest';
import { applyEdits } from '#domain/apply-edits.ts';
import { PATCH_CHECKS } from '#domain/patch.ts';
import { HONEST_PATCHES } from '../patch/honest-patches.ts';
import { HOSTILE_PATCHES } from '../patch/hostile-patches.ts';
import { patchOne } from '../patch/scanner-fix.ts';

describe('a hostile fix is refused, and the reason told', () => {
  test.each(HOSTILE_PATCHES)('$name', async (hostile) => {
    const { patch, refusedPatches } = await patchOne(hostile);
    expect(patch).toBeNull();
    expect(refusedPatches).toEqual([
      { origin: 'scanner', tool: 'scanner', failed: hostile.failed, why: expect.stringMatching(hostile.why) },
    ]);
  });

  test('fifty of them at least', () => expect(HOSTILE_PATCHES.length).toBeGreaterThanOrEqual(50));
});

describe('an honest fix is offered', () => {
  test.each(HONEST_PATCHES)('$path: $name', async (honest) => {
    const { patch, refusedPatches } = await patchOne(honest);
    expect(refusedPatches).toEqual([]);
    const meant = honest.swaps.reduce((text, [from, to]) => text.replace(from, () => to), honest.text);
    const asFile = honest.text.includes('\r\n') ? meant.replace(/\r?\n/g, '\r\n') : meant;
    expect(applyEdits(honest.text, patch?.edits ?? [])).toBe(asFile);
    expect(patch?.checks.map(({ check }) => check)).toEqual(PATCH_CHECKS);
    expect(patch?.checks.map(({ outcome }) => outcome).slice(3)).toEqual([
      honest.rejudged,
      'skipped',
      'skipped',
    ]);
  });

  test('fifty of them at least', () => expect(HONEST_PATCHES.length).toBeGreaterThanOrEqual(50));
});
