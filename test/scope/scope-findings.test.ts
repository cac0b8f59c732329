import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChangedFile } from '#domain/change.ts';
import type { Finding } from '#domain/finding.ts';
import { createBaseline, parseBaseline } from '#scope/baseline.ts';
import { scopeFindings } from '#scope/scope-findings.ts';
import { at, changedFile, hunk, makeContext, makeFinding } from './scope-fixtures.ts';

async function scopeOf(finding: Finding, ...context: Parameters<typeof makeContext>) {
  const [scoped] = await scopeFindings([finding], makeContext(...context));
  return scoped?.scope;
}

describe('against a base, a finding is new', () => {
  it('on a line that the change added or modified', async () => {
    const files = [changedFile('a.ts', [hunk(0, 0, 1, 2), hunk(9, 2, 14, 1)])];
    expect(await scopeOf(makeFinding(at('a.ts', 14)), files)).toEqual({
      state: 'new',
      why: 'line 14 was added or modified by this change',
    });
    expect(await scopeOf(makeFinding(at('a.ts', 10, 20)), files)).toMatchObject({ state: 'new' });
    expect(await scopeOf(makeFinding(at('a.ts', 15)), files)).toMatchObject({ state: 'changed' });
    expect(await scopeOf(makeFinding(at('a.ts', 3, 13)), files)).toMatchObject({ state: 'changed' });
  });

  it('when its flow runs through such a line, in whatever file', async () => {
    const flow = [at('a.ts', 9), at('b.ts', 4)].map((location) => ({ location, message: null }));
    expect(
      await scopeOf(makeFinding(at('c.ts', 1), { flow }), [changedFile('b.ts', [hunk(3, 0, 4, 1)])]),
    ).toEqual({
      state: 'new',
      why: 'flow step b.ts:4 was added or modified by this change',
    });
  });

  it('when lines were deleted in the function around it: a deleted sanitizer adds no line', async () => {
    const files = [changedFile('a.ts', [hunk(12, 2, 11, 0)])];
    const functions = [['a.ts', 10, 20]] as const;
    expect(await scopeOf(makeFinding(at('a.ts', 14)), files, { functions })).toEqual({
      state: 'new',
      why: '2 lines were deleted or replaced in the enclosing function (lines 10–20)',
    });
  });

  it('also when the sanitizer was replaced by another line', async () => {
    const files = [changedFile('a.ts', [hunk(12, 1, 12, 1)])];
    expect(
      await scopeOf(makeFinding(at('a.ts', 14)), files, { functions: [['a.ts', 10, 20]] }),
    ).toMatchObject({
      state: 'new',
    });
  });

  it('but not when the deleted lines stood just outside that function', async () => {
    const functions = [['a.ts', 10, 20]] as const;
    for (const outside of [hunk(8, 2, 9, 0), hunk(21, 2, 20, 0), hunk(22, 1, 21, 1)]) {
      expect(
        await scopeOf(makeFinding(at('a.ts', 14)), [changedFile('a.ts', [outside])], { functions }),
      ).toEqual({
        state: 'changed',
        why: 'the file was changed elsewhere',
      });
    }
  });

  it('when lines were only added elsewhere in its function it stays old', async () => {
    const files = [changedFile('a.ts', [hunk(11, 0, 12, 3)])];
    expect(
      await scopeOf(makeFinding(at('a.ts', 17)), files, { functions: [['a.ts', 10, 23]] }),
    ).toMatchObject({
      state: 'changed',
    });
  });

  it('when lines were deleted in a function that its flow runs through', async () => {
    const flow = [{ location: at('clean.ts', 5), message: null }];
    const files = [changedFile('clean.ts', [hunk(4, 1, 3, 0)])];
    const functions = [['clean.ts', 1, 8]] as const;
    expect(await scopeOf(makeFinding(at('a.ts', 14), { flow }), files, { functions })).toEqual({
      state: 'new',
      why: '1 line was deleted or replaced in the enclosing function (lines 1–8), which holds flow step clean.ts:5',
    });
  });

  it('when lines were deleted inside what it spans, in a file without functions too', async () => {
    const files = [changedFile('main.tf', [hunk(5, 1, 4, 0)])];
    expect(await scopeOf(makeFinding(at('main.tf', 3, 9)), files)).toEqual({
      state: 'new',
      why: '1 line was deleted between lines 3 and 9',
    });
  });

  it('outside functions when lines were deleted there: such code runs top to bottom', async () => {
    const files = [changedFile('page.php', [hunk(2, 1, 1, 0)])];
    expect(await scopeOf(makeFinding(at('page.php', 14)), files)).toEqual({
      state: 'new',
      why: '1 line was deleted outside functions, as this place is, in page.php',
    });
    expect(
      await scopeOf(makeFinding(at('page.php', 14)), files, { functions: [['page.php', 1, 5]] }),
    ).toMatchObject({
      state: 'changed',
    });
  });

  it('but a lock file that lost an entry does not make its other entries new', async () => {
    const files = [changedFile('package-lock.json', [hunk(20, 4, 19, 0)])];
    expect(await scopeOf(makeFinding(at('package-lock.json', 3)), files)).toMatchObject({ state: 'changed' });
  });

  it.each([
    ['was added by this change', { status: 'added', oldPath: null }],
    ['was copied by this change', { status: 'copied', oldPath: 'old.ts' }],
    ['was a link before this change', { status: 'type_changed' }],
    ['was changed, and its lines cannot be compared with the base', { binary: true }],
  ] as const)('when its file %s', async (why, over: Partial<ChangedFile>) => {
    expect(await scopeOf(makeFinding(at('a.ts', 5)), [changedFile('a.ts', [], over)])).toEqual({
      state: 'new',
      why: `the file ${why}`,
    });
  });

  it('when nobody can tell where it is', async () => {
    const location = { ...at('nowhere.ts', 5), resolved: false, why: 'no such file' };
    expect(await scopeOf(makeFinding(location), [])).toEqual({
      state: 'new',
      why: 'the reported place is no place of this repository, so its age cannot be told',
    });
  });
});

describe('against a base, a finding is old', () => {
  it('when the change touches none of its files', async () => {
    expect(await scopeOf(makeFinding(at('a.ts', 5)), [changedFile('b.ts', [hunk(1, 1, 1, 1)])])).toEqual({
      state: 'existing',
      why: 'this change does not touch its files',
    });
  });

  it('when its file was only renamed, or only its mode changed', async () => {
    const renamed = changedFile('new.ts', [], { status: 'renamed', oldPath: 'old.ts' });
    expect(await scopeOf(makeFinding(at('new.ts', 5)), [renamed])).toMatchObject({ state: 'existing' });
    expect(await scopeOf(makeFinding(at('a.sh', 5)), [changedFile('a.sh', [])])).toMatchObject({
      state: 'existing',
    });
  });

  it('but in a changed file when a file of its flow was changed elsewhere', async () => {
    const flow = [{ location: at('b.ts', 40), message: null }];
    const files = [changedFile('b.ts', [hunk(1, 0, 2, 1)])];
    expect(await scopeOf(makeFinding(at('a.ts', 5), { flow }), files)).toEqual({
      state: 'changed',
      why: 'b.ts, which its flow runs through, was changed elsewhere',
    });
  });

  it('whatever its report says of itself', async () => {
    const finding = makeFinding(at('a.ts', 5), { baselineState: 'new' });
    expect(await scopeOf(finding, [])).toMatchObject({ state: 'existing' });
    const silent = makeFinding(at('a.ts', 5), { baselineState: 'unchanged' });
    expect(await scopeOf(silent, [changedFile('a.ts', [hunk(5, 1, 5, 1)])])).toMatchObject({ state: 'new' });
  });
});

describe('without a base or a baseline', () => {
  it('every finding is new', async () => {
    expect(await scopeOf(makeFinding(at('a.ts', 5)), null)).toEqual({
      state: 'new',
      why: 'there is no base or baseline to compare with',
    });
  });
});

describe('with a baseline, membership decides', () => {
  const known = makeFinding(at('a.ts', 5));
  const baseline = parseBaseline(createBaseline([known]), 'assay-baseline.json');

  it('a finding in it is not new, though the change touches its line', async () => {
    const files = [changedFile('a.ts', [hunk(5, 1, 5, 1)])];
    expect(await scopeOf(known, files, { baseline })).toEqual({
      state: 'changed',
      why: 'it is in the baseline assay-baseline.json',
    });
    expect(await scopeOf(known, null, { baseline })).toMatchObject({ state: 'existing' });
  });

  it('a finding that is not in it is new, though no line was touched', async () => {
    expect(await scopeOf(makeFinding(at('b.ts', 5)), [], { baseline })).toEqual({
      state: 'new',
      why: 'it is not in the baseline assay-baseline.json',
    });
  });
});

describe('the asked scope', () => {
  const findings = [makeFinding(at('a.ts', 1)), makeFinding(at('a.ts', 9)), makeFinding(at('b.ts', 1))];
  const files = [changedFile('a.ts', [hunk(1, 1, 1, 1)])];
  const functions = [['a.ts', 8, 10]] as const;

  it.each([
    ['new', [true, false, false]],
    ['changed', [true, true, false]],
    ['all', [true, true, true]],
  ] as const)('%s takes in what it says and drops nothing', async (asked, expected) => {
    const scoped = await scopeFindings(findings, makeContext(files, { asked, functions }));
    expect(scoped.map((finding) => finding.scope.state)).toEqual(['new', 'changed', 'existing']);
    expect(scoped.map((finding) => finding.inScope)).toEqual(expected);
    expect(scoped.map((finding) => finding.id)).toEqual(findings.map((finding) => finding.id));
  });

  it('grows from new over changed to all, and every finding keeps a reason, whatever the change', async () => {
    const line = fc.integer({ min: 1, max: 30 });
    const count = fc.integer({ min: 0, max: 4 });
    const change = fc
      .record({
        path: fc.constantFrom('a.ts', 'b.ts', 'c.json'),
        hunks: fc.array(fc.tuple(line, count, line, count)),
      })
      .map(({ path, hunks }) =>
        changedFile(
          path,
          hunks.map((numbers) => hunk(...numbers)),
        ),
      );
    const anyFinding = fc
      .tuple(fc.constantFrom('a.ts', 'b.ts', 'c.json'), line, count, fc.boolean())
      .map(([path, start, more, resolved]) => makeFinding({ ...at(path, start, start + more), resolved }));
    await fc.assert(
      fc.asyncProperty(fc.array(change), fc.array(anyFinding), async (changes, some) => {
        const context = { functions: [['a.ts', 5, 15]] as const };
        const [onlyNew, changed, all] = await Promise.all(
          (['new', 'changed', 'all'] as const).map((asked) =>
            scopeFindings(some, makeContext(changes, { ...context, asked })),
          ),
        );
        expect(all?.every((finding) => finding.inScope)).toBe(true);
        for (const [index, finding] of (onlyNew ?? []).entries()) {
          expect(!finding.inScope || changed?.[index]?.inScope).toBe(true);
          expect(finding.scope.why).not.toBe('');
        }
        expect(onlyNew).toHaveLength(some.length);
      }),
      { numRuns: 100 },
    );
  });
});
