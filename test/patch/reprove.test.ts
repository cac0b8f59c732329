import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import type { Patch } from '#domain/patch.ts';
import { sha256 } from '#patch/read-head-file.ts';
import { reprove } from '#patch/reprove.ts';
import { createDraftCode } from '../../src/app/draft-code.ts';
import { assets, diffShowing } from './scanner-fix.ts';

const PATH = 'src/a.py';
const BEFORE = 'def f(a):\r\n    return a == None\r\n';
const AFTER = 'def f(a):\r\n    return a is None\r\n';
const { understand } = createDraftCode(assets);
const context = {
  place: { path: PATH, startLine: 2, endLine: 2 },
  cwe: [],
  reviewDiff: diffShowing(PATH, 1, 2),
  understand,
  language: 'en' as const,
};
const PATCH: Patch = {
  ...{ path: PATH, origin: 'scanner', tool: 'x', description: null },
  edits: [{ startLine: 2, lines: 1, newText: '    return a is None\r\n' }],
  ...{ before: sha256(BEFORE), after: sha256(AFTER), checks: [] },
};

/** A patch to `text`, with hashes that fit. */
function forged(newText: string, over: Partial<Patch> = {}): Patch {
  const after = BEFORE.replace('    return a == None\r\n', newText);
  return { ...PATCH, edits: [{ startLine: 2, lines: 1, newText }], after: sha256(after), ...over };
}

const ask = (
  patch: Patch,
  over: Partial<typeof context> = {},
  file: Uint8Array | null = Buffer.from(BEFORE),
) => reprove(patch, file, { ...context, ...over });

test('a patch that still holds is proved, with both texts and what was checked here', async () => {
  const checks = [
    { check: 'applies', outcome: 'passed' },
    { check: 'policy', outcome: 'passed' },
    { check: 'parses', outcome: 'passed' },
  ];
  expect(await ask(PATCH)).toMatchObject({ kind: 'proved', before: BEFORE, after: AFTER, checks });
});

describe('a patch that somebody forged is refused', () => {
  test.each<[why: RegExp, patch: Patch, over?: Partial<typeof context>]>([
    [/not the one that the patch was made for/, { ...PATCH, before: sha256('x') }],
    [/does not lead to the file that it promises/, { ...PATCH, after: sha256('x') }],
    [/changes nothing/, { ...PATCH, edits: [] }],
    [/does not apply/, { ...PATCH, edits: [{ startLine: 9, lines: 1, newText: 'x\n' }] }],
    [/does not apply/, { ...PATCH, edits: [{ startLine: Number.NaN, lines: 1, newText: 'x\n' }] }],
    [/starts programs/, forged('    return eval(a)\r\n')],
    [/syntax error/, forged('    return (a\r\n')],
    [/another file/, PATCH, { place: { path: 'src/b.py', startLine: 2, endLine: 2 } }],
    [/no part of the change/, PATCH, { reviewDiff: diffShowing(PATH, 40, 50) }],
    [/does not touch/, PATCH, { reviewDiff: diffShowing('src/b.py', 1, 9) }],
    [
      /who must review/,
      { ...PATCH, path: 'CODEOWNERS' },
      {
        place: { path: 'CODEOWNERS', startLine: 2, endLine: 2 },
        reviewDiff: diffShowing('CODEOWNERS', 1, 9),
      },
    ],
  ])('%s', async (why, patch, over) => {
    expect(await ask(patch, over)).toEqual({ kind: 'refused', why: expect.stringMatching(why) });
  });

  test.each([
    ['is not there', null, /not there at head/],
    ['changed since', Buffer.from(`${BEFORE}#\n`), /not the one/],
    ['is no text', Buffer.from([0xff, 0xfe]), /UTF-8/],
  ])('when the file %s', async (_what, file, why) => {
    expect(await ask(PATCH, {}, file)).toEqual({ kind: 'refused', why: expect.stringMatching(why) });
  });
});

test("a model's patch is proved again like any other, whatever the result says of it", async () => {
  const checks = [{ check: 'tests', outcome: 'passed', text: 'It was tested.' }] as const;
  const patch: Patch = { ...PATCH, origin: 'model', tool: 'openai/x', checks };
  const outcome = await ask(patch);
  expect(outcome.kind === 'proved' && outcome.checks.map(({ check }) => check)).toEqual([
    ...['applies', 'policy', 'parses'],
  ]);
  const empty = 'def f(a):\r\n    return None\r\n';
  const stub = { ...forged('    return None\r\n'), origin: 'model' as const, after: sha256(empty) };
  expect(await ask(stub)).toEqual({
    kind: 'refused',
    why: expect.stringMatching(/leaves nothing of the function/),
  });
});
