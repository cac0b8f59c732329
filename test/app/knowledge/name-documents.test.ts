import { expect, test } from 'vitest';
import type { KnowledgeReference } from '#domain/knowledge.ts';
import type { JudgedFinding } from '#domain/verdict.ts';
import { nameDocuments } from '../../../src/app/knowledge/name-documents.ts';
import { aFinding, aVerdict } from '../../doubles/result-document.ts';

const guide: KnowledgeReference = {
  label: 'K1',
  title: 'SQL',
  commit: null,
  path: 'SECURITY.md',
  anchor: 'sql',
  line: 1,
};
const judged = (over: Parameters<typeof aFinding>[0]): JudgedFinding => ({
  ...aFinding(over),
  ...{ inScope: true, suppressions: [], fixes: [] },
});

test('documents are named beside findings that ask for something, and those of the model stay', () => {
  const shown = { ...guide, label: 'K2' };
  const findings = [
    judged({ cwe: [89] }),
    judged({ cwe: [79] }),
    judged({ cwe: [89], verdict: aVerdict('false_positive') }),
    judged({ cwe: [89], verdict: null }),
    judged({ cwe: [89], knowledge: [shown] }),
  ];
  const named = nameDocuments(findings, { documentsFor: ([cwe]) => (cwe === 89 ? [guide] : []) });
  expect(named.map(({ knowledge }) => knowledge)).toEqual([
    [guide],
    undefined,
    undefined,
    undefined,
    [shown],
  ]);
});
