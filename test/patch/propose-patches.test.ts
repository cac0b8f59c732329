import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { applyEdits } from '#domain/apply-edits.ts';
import type { JudgedFinding } from '#domain/verdict.ts';
import { aJudgedFinding, aVerdict } from '../doubles/judged-finding.ts';
import { createMemoryWorkspace } from '../doubles/memory-workspace.ts';
import { diffShowing, findingWith, fixOf, patchAll } from './scanner-fix.ts';

const PATH = 'src/a.py';
const TEXT = 'import hashlib\n\ndef f(a):\n    b = hashlib.md5(a)\n    return b.hexdigest()\n';
const MENDED = TEXT.replace('md5', 'sha256');
const workspace = createMemoryWorkspace({ [PATH]: TEXT });
const sha = (text: string) => createHash('sha256').update(text).digest('hex');

const good = fixOf(PATH, TEXT, [['md5', 'sha256']]);
const evil = fixOf(PATH, TEXT, [['hashlib.md5(a)', 'eval(a)']]);
const broken = fixOf(PATH, TEXT, [['md5(a)', 'md5(a']]);
const useless = fixOf(PATH, TEXT, [['md5', 'sha1']]);
const empty = fixOf(PATH, TEXT, [['md5', 'md5']]);

function finding(over: Partial<JudgedFinding> = {}): JudgedFinding {
  const whole = findingWith({ path: PATH, text: TEXT, swaps: [['md5', 'sha256']], cwe: [327] });
  return { ...whole, ...over };
}

async function patch(over: Partial<JudgedFinding>) {
  const [patched] = await patchAll([finding(over)], workspace);
  return patched;
}

describe('a finding with a fix that holds', () => {
  test('gets the patch, with what was proved and the hashes of both files', async () => {
    const patched = await patch({ fixes: [good] });
    expect(patched?.patch).toEqual({
      ...{ path: PATH, origin: 'scanner', tool: 'scanner', description: 'Mends it' },
      edits: [{ startLine: 4, lines: 1, newText: '    b = hashlib.sha256(a)\n' }],
      ...{ before: sha(TEXT), after: sha(MENDED) },
      checks: [
        { check: 'applies', outcome: 'passed', text: expect.any(String) },
        { check: 'policy', outcome: 'passed', text: expect.any(String) },
        { check: 'parses', outcome: 'passed', text: 'The patched file parses.' },
        { check: 'rejudged', outcome: 'passed', text: expect.stringMatching(/is gone/) },
        { check: 'builds', outcome: 'skipped', text: expect.stringMatching(/^It was not built: /) },
        { check: 'tests', outcome: 'skipped', text: expect.stringMatching(/^It was not tested: /) },
      ],
    });
  });

  test('gets the first one that climbs the whole ladder, and no word of the others', async () => {
    const patched = await patch({ fixes: [evil, good, useless] });
    expect(applyEdits(TEXT, patched?.patch?.edits ?? [])).toBe(MENDED);
    expect(patched?.refusedPatches).toEqual([]);
  });

  test('counts the bytes of a file with a byte order mark', async () => {
    const marked = `\uFEFF${TEXT}`;
    const [patched] = await patchAll([finding({ fixes: [good] })], createMemoryWorkspace({ [PATH]: marked }));
    expect(patched?.patch).toMatchObject({ before: sha(marked), after: sha(`\uFEFF${MENDED}`) });
  });

  test('comes out the same every time', async () => {
    expect(await patch({ fixes: [evil, good] })).toEqual(await patch({ fixes: [evil, good] }));
  });
});

describe('a finding whose fixes all fall', () => {
  test('says why of the first three, in their order', async () => {
    const patched = await patch({ fixes: [evil, broken, useless, empty] });
    expect(patched?.patch).toBeNull();
    expect(patched?.refusedPatches.map(({ failed }) => failed)).toEqual(['policy', 'parses', 'rejudged']);
  });

  test.each<[what: string, content: string | Uint8Array, why: RegExp]>([
    ['no UTF-8', Uint8Array.of(0x61, 0xff, 0x0a), /not UTF-8/],
    ['a NUL', 'a\0b\n', /is not text/],
    ['lone carriage returns', TEXT.replaceAll('\n', '\r'), /carriage return/],
  ])('keeps the reason when the file has %s', async (_what, content, why) => {
    const [patched] = await patchAll(
      [finding({ fixes: [good] })],
      createMemoryWorkspace({ [PATH]: content }),
    );
    expect(patched?.refusedPatches).toEqual([expect.objectContaining({ why: expect.stringMatching(why) })]);
  });

  test('keeps the reason when the file is gone', async () => {
    const [patched] = await patchAll([finding({ fixes: [good] })], createMemoryWorkspace({}));
    expect(patched?.refusedPatches).toEqual([
      expect.objectContaining({ why: expect.stringMatching(/is not there/) }),
    ]);
  });

  test('is refused when a fix lets a neighbour be proved', async () => {
    const text = 'def f(r):\n    a = True\n    b = 1\n    r.set_cookie("a", "b", secure=a)\n';
    const fix = fixOf('a.py', text, [['a = True', 'a = False']]);
    const at = (line: number) => ({ ...finding().location, path: 'a.py', startLine: line, endLine: line });
    const mine = finding({ cwe: [20], location: at(2), fixes: [fix] });
    const neighbour = aJudgedFinding({
      id: 'bb',
      cwe: [614],
      location: at(4),
      inScope: false,
      verdict: null,
    });
    const [alone] = await patchAll([mine], createMemoryWorkspace({ 'a.py': text }));
    expect(alone?.patch).not.toBeNull();
    const [patched] = await patchAll([mine, neighbour], createMemoryWorkspace({ 'a.py': text }));
    expect(patched?.refusedPatches).toEqual([
      expect.objectContaining({
        failed: 'rejudged',
        why: expect.stringMatching(/finding at line 4 is proved/),
      }),
    ]);
  });

  test('no fix, however absurd, ends the run', async () => {
    const location = {
      ...finding().location,
      startLine: -5,
      startColumn: Number.NaN,
      endLine: 1e9,
      endColumn: -1,
    };
    const absurd = { tool: 'x', description: null, replacements: [{ location, insertedText: 'x' }] };
    const patched = await patch({ fixes: [absurd, { ...absurd, replacements: [] }] });
    expect(patched?.refusedPatches.map(({ failed }) => failed)).toEqual(['applies', 'applies']);
  });
});

describe('a finding that gets none', () => {
  test.each<[what: string, over: Partial<JudgedFinding>]>([
    ['is dismissed', { verdict: aVerdict({ label: 'false_positive' }) }],
    ['is out of scope', { inScope: false, verdict: null }],
    ['has no fix', { fixes: [] }],
    ['has no place', { location: { ...finding().location, resolved: false, why: 'gone' } }],
  ])('when it %s', async (_what, over) => {
    expect(await patch({ fixes: [good], ...over })).toMatchObject({ patch: null, refusedPatches: [] });
  });

  test('keeps its place among the others', async () => {
    const findings = [
      finding({ id: '1', fixes: [] }),
      finding({ id: '2', fixes: [good] }),
      aJudgedFinding({ id: '3' }),
    ];
    const patched = await patchAll(findings, workspace, diffShowing(PATH, 1, 5));
    expect(patched.map(({ id, patch: one }) => [id, one !== null])).toEqual([
      ['1', false],
      ['2', true],
      ['3', false],
    ]);
  });
});

test('a file is read once, however many findings have fixes there', async () => {
  const counted = createMemoryWorkspace({ [PATH]: TEXT });
  await patchAll([finding({ id: '1', fixes: [good] }), finding({ id: '2', fixes: [good] })], counted);
  expect(counted.asked).toEqual([PATH, PATH]);
});

test('of hundreds of findings with fixes the most severe are tried, and the others say so', async () => {
  const many = Array.from({ length: 302 }, (_, index) =>
    finding({ id: `${index}`, fixes: [empty], severity: index < 2 ? 'low' : 'high' }),
  );
  const patched = await patchAll(many, workspace);
  const untried = patched.filter(({ refusedPatches }) =>
    refusedPatches[0]?.why.startsWith('Fixes are tried for 300'),
  );
  expect(untried.map(({ id }) => id)).toEqual(['0', '1']);
  expect(
    patched.every(({ fixes, refusedPatches }) => fixes.length === 1 && refusedPatches.length === 1),
  ).toBe(true);
});
