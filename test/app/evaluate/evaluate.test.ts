// An evaluation with judges that follow a script: who is measured, what is compared, and what the exit code says.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { VerdictLabel } from '#domain/verdict.ts';
import type { EvaluateRequest } from '../../../src/app/evaluate/evaluate-request.ts';
import type { CaseRequest } from '../../../src/app/evaluate/run-case.ts';
import { evaluate } from '../../../src/app/evaluate.ts';
import { CHECK_SWITCHES } from '../../../src/app/model/ablate-checks.ts';
import { createBill } from '../../../src/app/model/bill.ts';
import type { Evaluation } from '../../../src/measure/evaluation.ts';
import { evaluationJsonSchema } from '../../../src/measure/evaluation-schema.ts';
import { aModelUse, createLabelledSet, type Script, scriptedCases } from '../../doubles/scripted-cases.ts';

const T = 'true_positive';
const F = 'false_positive';
const R = 'needs_review';
/** Two real findings, two that are not. */
const LABELS = [true, true, false, false];
const SMALL = 'openai-compatible/small';
const LARGE = 'anthropic/large';

let set: ReturnType<typeof createLabelledSet>;
let cwd: string;
beforeAll(() => {
  set = createLabelledSet(LABELS);
  cwd = mkdtempSync(path.join(tmpdir(), 'assay-eval-'));
});
afterAll(() => {
  set.dispose();
  rmSync(cwd, { recursive: true, force: true });
});

const verdictsOf: Readonly<Record<string, readonly VerdictLabel[]>> = {
  builtin: [T, R, R, R],
  [SMALL]: [T, F, F, F],
  [LARGE]: [T, R, F, R],
};
const byModel: Script = {
  verdicts: ({ subject }) => verdictsOf[subject.model ?? 'builtin'] ?? [],
  modelUse: ({ subject }) => (subject.model === null ? null : aModelUse()),
  bill: ({ subject }) => (subject.model === null ? null : billOf([100, 300, 200])),
};

/** The first answer came from the cache; of the others one took two tries. */
function billOf(latencies: readonly number[]) {
  const bill = createBill(null);
  for (const [attempts, latencyMs] of latencies.entries()) {
    bill.record({
      ...{ task: 'verdict', findings: 1, latencyMs, attempts, failure: null, fromCache: attempts === 0 },
      usage: { input: 1000, cached: 0, output: 100 },
    });
  }
  return bill.inRun();
}

async function run(script: Script, options: Partial<EvaluateRequest> = {}, signal?: AbortSignal) {
  const scripted = scriptedCases(script);
  const request: EvaluateRequest = {
    ...{ cwd, sets: [set.folder], sources: null, judge: null, models: [], compare: null, tolerance: 0 },
    ...{ out: 'out', format: 'table', ablate: false, config: null, allowHttp: false, quiet: true },
    verbose: false,
    ...options,
  };
  const environment = {
    ...{ variables: {}, stdin: (async function* () {})(), terminalWidth: null, color: false },
    ...{ interactive: false, signal: signal ?? new AbortController().signal, allowFetch: false },
  };
  const outcome = await evaluate(request, environment, scripted.runCase);
  const text = readFileSync(path.join(cwd, request.out, 'eval.json'), 'utf8');
  return { ...outcome, asked: scripted.asked, text, evaluation: JSON.parse(text) as Evaluation };
}

describe('several models', () => {
  test('stand in one table with the built-in judge: fewest false dismissals first, then MCC', async () => {
    const { evaluation, display, exitCode } = await run(byModel, { models: [SMALL, LARGE], judge: 'model' });
    expect(evaluation.subjects.map(({ name }) => name)).toEqual([LARGE, 'builtin', SMALL]);
    expect(exitCode).toBe(0);
    const rows = display
      .split('\n')
      .filter((line) => /^(?:anthropic|builtin {2}|openai)\S*\s+\d /.test(line));
    expect(rows[0]).toMatch(/^anthropic\/large +0 \* +0\.577/);
    expect(rows.at(-1)).toMatch(/^openai-compatible\/small +1 /);
  });

  test('are told apart by what they cost: money a finding, tokens, latency', async () => {
    const { evaluation, display } = await run(byModel, { models: [SMALL], judge: 'model' });
    const small = evaluation.subjects.find(({ name }) => name === SMALL);
    expect(small?.cost).toMatchObject({ asked: 4, money: 0.02, tokens: { input: 4000, output: 400 } });
    expect(display).toContain('$0.0050');
    const times = JSON.parse(readFileSync(path.join(cwd, 'out', 'eval-times.json'), 'utf8')).subjects;
    expect(times[1]).toMatchObject({ requests: 3, latencyMs: { p50: 200, p95: 300 } });
    expect(times[1].tokens).toEqual({ input: 2000, cached: 0, output: 200 });
  });

  test('have the latency of all questions of all sets, not of the slowest set', async () => {
    const other = path.join(cwd, 'other-set');
    cpSync(set.folder, other, { recursive: true });
    // Nine fast questions in one set and one slow one in the other: the first of each list came from the cache.
    const bill: Script['bill'] = ({ subject, set: asked }) =>
      subject.model === null
        ? null
        : billOf(asked.name.startsWith('other-set') ? [0, 9000] : [0, ...Array(9).fill(100)]);
    await run({ ...byModel, bill }, { models: [SMALL], judge: 'model', sets: [set.folder, other] });
    const times = JSON.parse(readFileSync(path.join(cwd, 'out', 'eval-times.json'), 'utf8')).subjects;
    expect(times[1].latencyMs).toEqual({ p50: 100, p95: 9000 });
  });

  test('are asked in the way that --judge says; without it, only where the built-in judge is unsure', async () => {
    const { asked } = await run(byModel, { models: [SMALL] });
    expect(asked.map(({ subject }) => [subject.name, subject.judge])).toEqual([
      ['builtin', 'builtin'],
      [`${SMALL} (auto)`, 'auto'],
    ]);
  });
});

test('what is written depends on the verdicts alone, and holds no time', async () => {
  const first = await run(byModel, { models: [SMALL, LARGE], judge: 'model' });
  const again = await run(byModel, { models: [SMALL, LARGE], judge: 'model' });
  expect(again.text).toBe(first.text);
  expect(first.text).not.toMatch(/elapsed|latency/i);
});

describe('a comparison with an earlier evaluation', () => {
  const evaluateBefore = async () => {
    await run(byModel, { models: [LARGE], judge: 'model', out: 'before' });
    return 'before/eval.json';
  };

  test('passes where nothing got worse', async () => {
    const compare = await evaluateBefore();
    const { exitCode, display } = await run(byModel, { models: [LARGE], judge: 'model', compare });
    expect(exitCode).toBe(0);
    expect(display).toContain('No regression.');
  });

  test('fails where a real finding is newly dismissed, and names it', async () => {
    const compare = await evaluateBefore();
    const worse: Script = {
      ...byModel,
      verdicts: ({ subject }: CaseRequest) => (subject.model === null ? [T, R, R, R] : [T, F, F, F]),
    };
    const options = { models: [LARGE], judge: 'model', compare, tolerance: 1 } as const;
    const { exitCode, display, evaluation } = await run(worse, options);
    expect(exitCode).toBe(1);
    expect(display).toMatch(
      /app\.py:2 +sql-injection +real +needs review +false positive +worse: a real finding dismissed/,
    );
    const [, changed] = evaluation.comparison?.subjects ?? [];
    expect(changed?.changes.map(({ key, effect }) => [key, effect])).toEqual([
      ['club/app.py:2:sql-injection', 'worse'],
      ['club/app.py:4:sql-injection', 'better'],
    ]);
  });

  test('measures a new model against the one that it replaces', async () => {
    const compare = await evaluateBefore();
    const { evaluation, exitCode } = await run(byModel, { models: [SMALL], judge: 'model', compare });
    expect(evaluation.comparison?.subjects.map(({ subject, against }) => [subject, against])).toEqual([
      ['builtin', 'builtin'],
      [SMALL, LARGE],
    ]);
    expect(exitCode).toBe(1);
  });

  test('needs findings that are in both', async () => {
    const compare = await evaluateBefore();
    const other = createLabelledSet(LABELS, 'other');
    try {
      const attempt = run(byModel, { sets: [other.folder], compare });
      await expect(attempt).rejects.toThrow('no labelled finding is in both evaluations');
    } finally {
      other.dispose();
    }
  });
});

describe('an ablation', () => {
  /** Without the check of quotes this model loses a real finding; nothing else matters to it. */
  const careless: Script = {
    ...byModel,
    verdicts: ({ subject, switchedOff }) =>
      subject.model === null
        ? [T, R, R, R]
        : switchedOff.includes('checks.quotes')
          ? [T, F, F, F]
          : [T, R, F, F],
  };

  test('leaves each part out once, and says what it is worth', async () => {
    const { evaluation, asked, display } = await run(careless, {
      ...{ models: [LARGE], judge: 'model', ablate: ['knowledge', 'checks.quotes'] },
    });
    expect(asked.map(({ switchedOff }) => switchedOff)).toEqual([[], [], ['knowledge'], ['checks.quotes']]);
    const [ablation] = evaluation.ablations;
    expect(ablation?.subject).toBe(LARGE);
    expect(ablation?.parts.map(({ part, changed, worse }) => [part, changed, worse])).toEqual([
      ['knowledge', 0, 0],
      ['checks.quotes', 1, 1],
    ]);
    expect(ablation?.parts[1]?.differences.falseDismissals).toBe(1);
    expect(display).toMatch(/checks\.quotes +\+1 +−0\.423/);
    expect(display).toMatch(/knowledge +±0 +±0/);
  });

  test('knows every part of the prompt and every check by name', async () => {
    const { evaluation } = await run(careless, { models: [LARGE], judge: 'model', ablate: true });
    const parts = evaluation.ablations[0]?.parts.map(({ part }) => part) ?? [];
    expect(parts).toEqual(expect.arrayContaining(['knowledge', 'facts', ...CHECK_SWITCHES]));
    const attempt = run(careless, { models: [LARGE], judge: 'model', ablate: ['knowlegde'] });
    await expect(attempt).rejects.toThrow('There is no part "knowlegde"');
  });

  test('never touches the run that is measured', async () => {
    const { evaluation } = await run(careless, {
      models: [LARGE],
      judge: 'model',
      ablate: ['checks.quotes'],
    });
    expect(evaluation.subjects[0]?.measurement.overall.falseDismissals.count).toBe(0);
  });
});

describe('what could not be finished', () => {
  test('is no result of a model: one that answers nothing ends with 3', async () => {
    const { exitCode } = await run(
      {
        verdicts: () => [T, R, R, R],
        modelUse: ({ subject }) =>
          subject.model === null ? null : aModelUse({ asked: 4, answered: 0, failures: { unauthorised: 4 } }),
      },
      { models: [SMALL], judge: 'model' },
    );
    expect(exitCode).toBe(3);
  });

  test('is told where a part of the findings was not answered, and the figures stand', async () => {
    const { exitCode, display } = await run(
      {
        ...byModel,
        modelUse: ({ subject }) =>
          subject.model === null ? null : aModelUse({ answered: 1, notAsked: 2, failures: { timeout: 3 } }),
      },
      { models: [SMALL], judge: 'model' },
    );
    expect(exitCode).toBe(0);
    expect(display).toContain(
      `${SMALL} answered about 1 of 4 findings (timeout 3); the budget left out 2. The others have the built-in judge's verdict.`,
    );
  });

  test('an interrupted evaluation writes what there is and ends with 3', async () => {
    const stop = new AbortController();
    const { exitCode, asked, evaluation } = await run(
      {
        verdicts: () => {
          stop.abort();
          return [T, R, R, R];
        },
      },
      { models: [SMALL], judge: 'model' },
      stop.signal,
    );
    expect(exitCode).toBe(3);
    expect(asked).toHaveLength(1);
    expect(evaluation.subjects.map(({ name }) => name)).toEqual(['builtin']);
  });
});

describe('a wrong request is refused before anything is judged', () => {
  const refusals: readonly (readonly [what: string, options: Partial<EvaluateRequest>, message: string])[] = [
    ['no set', { sets: [] }, 'No labelled set was named.'],
    ['no such folder', { sets: ['nowhere'] }, 'There is no folder nowhere.'],
    ['a folder without a set', { sets: ['.'] }, '. is no labelled set: there is no report.'],
    ['a model that is not asked for', { judge: 'builtin', models: [SMALL] }, '--judge builtin asks no model'],
    ['a judge without its model', { judge: 'model' }, '--judge model needs a language model.'],
    ['an ablation of nothing', { ablate: true }, '--ablate needs a language model.'],
    ['a model without a provider', { models: ['large'] }, 'The model is given as "large".'],
    ['nothing to compare with', { compare: 'gone.json' }, 'gone.json cannot be read'],
  ];
  test.each(refusals)('%s', async (_, options, message) => {
    await expect(run(byModel, options)).rejects.toThrow(message);
  });

  test('labels of another report', async () => {
    const other = createLabelledSet([true], 'mixed');
    try {
      writeFileSync(path.join(other.folder, 'labels.csv'), 'path,line,label\nother.py,1,true\n');
      const attempt = run(byModel, { sets: [other.folder] });
      await expect(attempt).rejects.toThrow('mixed: labels.csv:2: none of the 1 labels belongs to a result');
    } finally {
      other.dispose();
    }
  });
});

test('labels that find no result, and results that were not judged, are told and not counted', async () => {
  const other = createLabelledSet(LABELS, 'partly');
  try {
    const labels = ['path,line,label', 'app.py,1,true', 'app.py,2,true', 'app.py,9,true', ''];
    writeFileSync(path.join(other.folder, 'labels.csv'), labels.join('\n'));
    const { evaluation } = await run({ verdicts: () => [T] }, { sets: [other.folder] });
    expect(evaluation.sets[0]).toMatchObject({ labelled: 2, missing: 1, unlabelled: 2 });
    expect(evaluation.findings).toHaveLength(1);
    expect(evaluation.notices).toEqual([
      'partly: labels.csv: 1 label belongs to no result of the report, and to no figure (line 4).',
      'partly: labels.csv: 1 labelled result was not judged, and is in no figure; the first is line 3: the result was not read',
    ]);
  } finally {
    other.dispose();
  }
});

test('a report with labels of its own is a set of its own', async () => {
  const other = createLabelledSet(LABELS, 'two');
  try {
    for (const [from, to] of [
      ['findings.sarif', 'findings-real.sarif'],
      ['labels.csv', 'labels-real.csv'],
    ] as const) {
      writeFileSync(path.join(other.folder, to), readFileSync(path.join(other.folder, from)));
    }
    const { evaluation } = await run(byModel, { sets: [other.folder] });
    expect(evaluation.sets.map(({ name }) => name)).toEqual(['two', 'two/real']);
    const one = await run(byModel, { sets: [path.join(other.folder, 'findings-real.sarif')] });
    expect(one.evaluation.sets.map(({ name }) => name)).toEqual(['two/real']);
  } finally {
    other.dispose();
  }
});

test('what is written is of the published schema, in every part of it', async () => {
  const published = new URL('../../../docs/schema/assay-eval.schema.json', import.meta.url);
  const schema = JSON.parse(readFileSync(published, 'utf8'));
  expect(schema).toEqual(evaluationJsonSchema());
  const validate = new Ajv2020({ strict: false }).compile(schema);
  const parts = CHECK_SWITCHES.slice(0, 1);
  const first = await run(byModel, { models: [SMALL, LARGE], judge: 'model', ablate: parts, out: 'whole' });
  const compared = await run(byModel, { models: [SMALL], judge: 'model', compare: 'whole/eval.json' });
  for (const { evaluation } of [first, compared]) {
    validate(evaluation);
    expect(validate.errors).toBeNull();
  }
  expect(first.evaluation.ablations).not.toEqual([]);
  expect(compared.evaluation.comparison).not.toBeNull();
  expect(validate({ ...first.evaluation, schemaVersion: 2 })).toBe(false);
});
