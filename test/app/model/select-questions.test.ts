import { describe, expect, test } from 'vitest';
import type { Verdict } from '#domain/verdict.ts';
import { toModelPolicy } from '../../../src/app/config/to-model-policy.ts';
import { selectQuestions } from '../../../src/app/model/select-questions.ts';
import { aCase, aVerdict } from '../../doubles/judged-finding.ts';

interface Given {
  readonly id: string;
  readonly label?: Verdict['label'];
  readonly by?: Verdict['by'];
  readonly severity?: 'critical' | 'high' | 'medium' | 'low';
  readonly path?: string;
  readonly line?: number;
  readonly inFunction?: number;
  readonly resolved?: boolean;
  readonly suppressed?: boolean;
}

function judgement(given: Given) {
  const { finding } = aCase();
  const startLine = given.line ?? 1;
  const place = { ...finding.location, path: given.path ?? `${given.id}.js`, startLine, endLine: startLine };
  const theCase = aCase(
    {
      id: given.id,
      severity: given.severity ?? 'high',
      location: { ...place, resolved: given.resolved ?? true },
      suppression: given.suppressed === true ? { kind: 'inSource', honoured: true, why: '' } : null,
    },
    {
      enclosingFunction:
        given.inFunction === undefined ? null : { name: 'f', startLine: given.inFunction, endLine: 99 },
    },
  );
  const verdict = aVerdict({ label: given.label ?? 'needs_review', by: given.by ?? 'builtin' });
  return { case: theCase, verdict, rootCause: '', remediation: null };
}

function select(
  given: readonly Given[],
  judge: 'auto' | 'model' | 'builtin' = 'auto',
  findings = 100,
  explain = true,
) {
  const policy = toModelPolicy({ budget: { findings }, explain });
  const { groups, left } = selectQuestions(given.map(judgement), { judge, policy });
  const names = groups.map((group) =>
    group.map(({ task, judgement: { case: asked } }) => `${asked.finding.id} ${task}`).join(' + '),
  );
  return { names, left };
}

describe('who is asked about', () => {
  const all: Given[] = [
    { id: 'open' },
    { id: 'real', label: 'true_positive' },
    { id: 'false', label: 'false_positive' },
    { id: 'policy', label: 'false_positive', by: 'policy' },
    { id: 'suppressed', suppressed: true },
    { id: 'elsewhere', resolved: false },
  ];

  test('auto: verdicts where the built-in judge is unsure, words for what will be shown', () => {
    expect(select(all).names).toEqual(['open verdict', 'real explanation']);
  });

  test('without explanations only what is open', () => {
    expect(select(all, 'auto', 100, false).names).toEqual(['open verdict']);
  });

  test('model: everything but what the team itself decided and what cannot be shown', () => {
    expect(select(all, 'model').names).toEqual(['false verdict', 'open verdict', 'real verdict']);
  });

  test('builtin: nothing', () => {
    expect(select(all, 'builtin').names).toEqual([]);
  });
});

describe('the order', () => {
  test('is by severity, verdicts before words, then by place', () => {
    const given: Given[] = [
      { id: 'b', severity: 'low' },
      { id: 'z', severity: 'critical', label: 'true_positive' },
      { id: 'y', severity: 'critical' },
      { id: 'x', severity: 'medium', path: 'a.js', line: 9 },
      { id: 'w', severity: 'medium', path: 'a.js', line: 10 },
    ];
    const expected = ['y verdict', 'z explanation', 'x verdict', 'w verdict', 'b verdict'];
    expect(select(given).names).toEqual(expected);
    expect(select([...given].reverse()).names).toEqual(expected);
  });

  test('decides who is left out when the policy asks about a few only', () => {
    const given: Given[] = [{ id: 'a', severity: 'low' }, { id: 'b', severity: 'critical' }, { id: 'c' }];
    expect(select(given, 'auto', 2)).toEqual({ names: ['b verdict', 'c verdict'], left: ['a'] });
  });
});

test('findings of one function share a request, four at most, where the first of them stands', () => {
  const given = [1, 2, 3, 4, 5].map((line): Given => ({ id: `f${line}`, path: 'a.js', line, inFunction: 1 }));
  const other: Given = { id: 'g', path: 'b.js', line: 1, inFunction: 1, severity: 'critical' };
  const low: Given = { id: 'low', path: 'b.js', line: 2, inFunction: 1, severity: 'low' };
  expect(select([...given, other, low]).names).toEqual([
    'g verdict + low verdict',
    'f1 verdict + f2 verdict + f3 verdict + f4 verdict',
    'f5 verdict',
  ]);
});
