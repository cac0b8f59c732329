// What a model is asked, how often, in which order, and what a reviewer is told of its answers.
import { describe, expect, test } from 'vitest';
import { applyEdits } from '#domain/apply-edits.ts';
import type { PatchRefusal } from '#domain/patch.ts';
import type { JudgedFinding, PatchedFinding } from '#domain/verdict.ts';
import type { PatchIdea } from '#patch/ask-for-patches.ts';
import { aVerdict } from '../doubles/judged-finding.ts';
import { createMemoryWorkspace } from '../doubles/memory-workspace.ts';
import { findingAt, ideaOf, MODEL, NONE, patchWith } from './model-patch.ts';
import { diffShowing, fixOf } from './scanner-fix.ts';

const PATH = 'src/a.py';
const TEXT = 'import hashlib\n\ndef f(a):\n    b = hashlib.md5(a)\n    return b.hexdigest()\n';
const workspace = createMemoryWorkspace({ [PATH]: TEXT });
const idea = (old: string, now: string, why = 'A strong hash.'): PatchIdea =>
  ideaOf({ path: PATH, swaps: [[old, now]], why });

const GOOD = idea('hashlib.md5(a)', 'hashlib.sha256(a)');
const EVIL = idea('hashlib.md5(a)', 'eval(a)');
const BROKEN = idea('hashlib.md5(a)', 'hashlib.sha256(a');
const USELESS = idea('hashlib.md5(a)', 'hashlib.sha1(a)');
const fix = (to: string) => fixOf(PATH, TEXT, [['hashlib.md5(a)', to]]);

const finding = (over: Partial<JudgedFinding> = {}) => findingAt(PATH, 4, { cwe: [327], ...over });

/** Answers one after the other, then none; remembers the reasons that it was given. */
function scripted(...ideas: readonly PatchIdea[]) {
  const asked: { readonly id: string; readonly refused: readonly PatchRefusal[] }[] = [];
  const ask = async ({ id }: JudgedFinding, refused: readonly PatchRefusal[]) => {
    asked.push({ id, refused });
    return ideas[asked.length - 1] ?? NONE;
  };
  return { ask, asked };
}

async function patchOne(
  ideas: readonly PatchIdea[],
  over: Partial<JudgedFinding> = {},
  language: 'en' | 'zh-CN' = 'en',
) {
  const { ask, asked } = scripted(...ideas);
  const [patched] = await patchWith([finding(over)], ask, { workspace, language });
  return { patched: patched as PatchedFinding, asked };
}

describe('a finding that no tool mends', () => {
  test('gets what the model proposes, with its words and all that was checked', async () => {
    const { patched, asked } = await patchOne([GOOD]);
    expect(applyEdits(TEXT, patched.patch?.edits ?? [])).toBe(TEXT.replace('md5', 'sha256'));
    expect(patched.patch).toMatchObject({
      ...{ path: PATH, origin: 'model', tool: MODEL, description: 'A strong hash.' },
      checks: [
        { check: 'applies', outcome: 'passed' },
        { check: 'policy', outcome: 'passed' },
        { check: 'parses', outcome: 'passed' },
        { check: 'rejudged', outcome: 'passed' },
        { check: 'builds', outcome: 'skipped' },
        { check: 'tests', outcome: 'skipped' },
      ],
    });
    expect(patched.refusedPatches).toEqual([]);
    expect(asked).toEqual([{ id: patched.id, refused: [] }]);
  });

  test('is asked about once more with the reason, and gets the second idea', async () => {
    const { patched, asked } = await patchOne([USELESS, GOOD]);
    expect(patched.patch).not.toBeNull();
    expect(patched.refusedPatches).toEqual([]);
    expect(asked.map(({ refused }) => refused)).toEqual([
      [],
      [{ origin: 'model', tool: MODEL, failed: 'rejudged', why: expect.stringMatching(/still there/) }],
    ]);
  });

  test('is asked about twice at most, and both refusals are told', async () => {
    const { patched, asked } = await patchOne([EVIL, BROKEN, GOOD]);
    expect(patched.patch).toBeNull();
    expect(patched.refusedPatches).toMatchObject([
      { origin: 'model', tool: MODEL, failed: 'policy' },
      { origin: 'model', tool: MODEL, failed: 'parses' },
    ]);
    expect(asked).toHaveLength(2);
  });

  test('stands without a patch when the model has none, the first time or the second', async () => {
    expect((await patchOne([NONE, GOOD])).patched).toMatchObject({ patch: null, refusedPatches: [] });
    const { patched } = await patchOne([EVIL, NONE]);
    expect(patched.refusedPatches).toHaveLength(1);
  });

  test('is told of in the language of the run, while the model gets its reasons in English', async () => {
    const { patched, asked } = await patchOne([USELESS], {}, 'zh-CN');
    expect(patched.refusedPatches[0]?.why).toBe('应用补丁后该弱点仍然存在。');
    expect(asked[1]?.refused[0]?.why).toBe('The weakness is still there in the patched file.');
  });

  test('shows the words of the model on one line and no longer than they may be', async () => {
    const why = `A strong hash.\nIt is ${'very '.repeat(200)}safe.`;
    const { patched } = await patchOne([idea('hashlib.md5(a)', 'hashlib.sha256(a)', why)]);
    expect(patched.patch?.description).toMatch(/^A strong hash\. It is very .*…$/);
    expect(patched.patch?.description?.length).toBeLessThanOrEqual(500);
  });
});

describe('a fix of a tool', () => {
  test('comes first: where one holds, no model is asked', async () => {
    const { patched, asked } = await patchOne([GOOD], { fixes: [fix('hashlib.sha512(a)')] });
    expect(patched.patch).toMatchObject({ origin: 'scanner' });
    expect(asked).toEqual([]);
  });

  test('that falls leaves room for the model, and is not told when that one holds', async () => {
    const { patched, asked } = await patchOne([GOOD], { fixes: [fix('eval(a)')] });
    expect(patched).toMatchObject({ patch: { origin: 'model' }, refusedPatches: [] });
    expect(asked).toEqual([{ id: patched.id, refused: [] }]);
  });

  test('is told of before the model where both fall', async () => {
    const { patched } = await patchOne([EVIL, BROKEN], { fixes: [fix('eval(a)')] });
    expect(patched.refusedPatches.map(({ origin }) => origin)).toEqual(['scanner', 'model', 'model']);
  });
});

describe('nobody is asked about a finding', () => {
  test.each<[what: string, over: Partial<JudgedFinding>]>([
    ['that is dismissed', { verdict: aVerdict({ label: 'false_positive' }) }],
    ['that is out of scope', { inScope: false, verdict: null }],
    ['without a place', { location: { ...finding().location, resolved: false, why: 'gone' } }],
    ['about a whole file', { location: { ...finding().location, wholeFile: true } }],
  ])('%s', async (_what, over) => {
    const { patched, asked } = await patchOne([GOOD], over);
    expect(patched.patch).toBeNull();
    expect(asked).toEqual([]);
  });

  test('in a file that the change leaves alone', async () => {
    const { ask, asked } = scripted(GOOD);
    const reviewDiff = diffShowing('src/other.py', 1, 5);
    const [patched] = await patchWith([finding()], ask, { workspace, reviewDiff });
    expect(patched?.patch).toBeNull();
    expect(asked).toEqual([]);
  });

  test('when the run was stopped', async () => {
    const { ask, asked } = scripted(GOOD);
    await patchWith([finding()], ask, { workspace, signal: AbortSignal.abort() });
    expect(asked).toEqual([]);
  });
});

describe('of several findings', () => {
  const many = [
    finding({ id: 'low', severity: 'low' }),
    finding({ id: 'critical', severity: 'critical' }),
    finding({ id: 'open', severity: 'high', verdict: aVerdict({ label: 'needs_review' }) }),
  ];

  test('the most severe are asked about first, and all stand in their order', async () => {
    const { ask, asked } = scripted();
    const patched = await patchWith(many, ask, { workspace });
    expect(asked.map(({ id }) => id)).toEqual(['critical', 'open', 'low']);
    expect(patched.map(({ id }) => id)).toEqual(['low', 'critical', 'open']);
  });

  test('each gets its own answer, however long another one takes', async () => {
    const waiting = new Map<string, () => void>();
    const ask = async ({ id }: JudgedFinding) => {
      await new Promise<void>((resolve) => waiting.set(id, resolve));
      return id === 'open' ? EVIL : GOOD;
    };
    const run = patchWith(many, ask, { workspace });
    const answer = async (id: string) => {
      while (!waiting.has(id)) await new Promise((resolve) => setImmediate(resolve));
      waiting.get(id)?.();
      waiting.delete(id);
    };
    for (const id of ['low', 'open', 'critical', 'open']) await answer(id);
    const patched = await run;
    expect(patched.map(({ id, patch }) => [id, patch !== null])).toEqual([
      ['low', true],
      ['critical', true],
      ['open', false],
    ]);
  });

  test('second tries come when all are answered, in the same order whoever was faster', async () => {
    const asked: string[] = [];
    const held = Promise.withResolvers<void>();
    const ask = async ({ id }: JudgedFinding, refused: readonly PatchRefusal[]) => {
      asked.push(`${id} ${refused.length}`);
      if (id === 'critical' && refused.length === 0) await held.promise;
      if (id === 'low') setImmediate(held.resolve);
      return refused.length === 0 ? USELESS : NONE;
    };
    await patchWith(many, ask, { workspace });
    expect(asked).toEqual(['critical 0', 'open 0', 'low 0', 'critical 1', 'open 1', 'low 1']);
  });

  test('a model is asked about as many as its caller lets it be', async () => {
    let left = 1;
    const ask = async () => (left-- > 0 ? GOOD : NONE);
    const patched = await patchWith(many, ask, { workspace });
    expect(patched.filter(({ patch }) => patch !== null).map(({ id }) => id)).toEqual(['critical']);
  });
});
