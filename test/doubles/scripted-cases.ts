// Sets judged by a script instead of the main job: what a judge says of each result is a function of who judges and what is left out.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ModelUse } from '#domain/result-document.ts';
import type { VerdictLabel } from '#domain/verdict.ts';
import type { CaseRequest, CaseRun, RunCase } from '../../src/app/evaluate/run-case.ts';
import { aDocument, aFinding, aVerdict } from './result-document.ts';

/** A folder with a set of `labels.length` results, one a line of `app.py`; label and result match by place. */
export function createLabelledSet(
  labels: readonly boolean[],
  name = 'club',
): { folder: string; dispose(): void } {
  const root = mkdtempSync(path.join(tmpdir(), 'assay-set-'));
  const folder = path.join(root, name);
  mkdirSync(path.join(folder, 'src'), { recursive: true });
  const results = labels.map((_, at) => ({
    ruleId: 'sql-injection',
    message: { text: 'SQL built from a string.' },
    locations: [{ physicalLocation: { artifactLocation: { uri: 'app.py' }, region: { startLine: at + 1 } } }],
  }));
  const runs = [{ tool: { driver: { name: 'Scanner', rules: [] } }, results }];
  writeFileSync(path.join(folder, 'findings.sarif'), JSON.stringify({ version: '2.1.0', runs }));
  const rows = labels.map((isReal, at) => `app.py,${at + 1},sql-injection,89,${isReal}`);
  writeFileSync(path.join(folder, 'labels.csv'), ['path,line,ruleId,cwe,label', ...rows, ''].join('\n'));
  writeFileSync(path.join(folder, 'src', 'app.py'), labels.map(() => 'pass\n').join(''));
  return { folder, dispose: () => rmSync(root, { recursive: true, force: true }) };
}

export interface Script {
  /** One verdict a result. */
  verdicts(request: CaseRequest): readonly VerdictLabel[];
  modelUse?(request: CaseRequest): ModelUse | null;
  bill?(request: CaseRequest): CaseRun['bill'];
}

/** Remembers what it was asked for. */
export function scriptedCases(script: Script): {
  readonly asked: readonly CaseRequest[];
  readonly runCase: RunCase;
} {
  const asked: CaseRequest[] = [];
  return {
    asked,
    runCase: async (request) => {
      asked.push(request);
      const verdicts = script.verdicts(request);
      const findings = verdicts.map((label, at) => aFinding({ id: `f${at}`, verdict: aVerdict(label) }));
      const document = aDocument(findings);
      const modelUse = script.modelUse?.(request) ?? null;
      const { model } = request.subject;
      return {
        document: {
          ...document,
          results: verdicts.map((verdict, index) => ({
            ...{ input: 0, run: 0, index, tool: 'Scanner', ruleId: 'sql-injection', path: 'app.py' },
            ...{ line: index + 1, disposition: 'finding', why: '', findingId: `f${index}`, verdict },
          })),
          run: { ...document.run, model, ...(modelUse === null ? {} : { modelUse }) },
        },
        bill: script.bill?.(request) ?? null,
        elapsedMs: 5,
      };
    },
  };
}

export function aModelUse(overrides: Partial<ModelUse> = {}): ModelUse {
  return {
    ...{ asked: 4, answered: 4, notAsked: 0, failures: {} },
    tokens: { input: 4000, cached: 1000, output: 400 },
    money: 0.02,
    ...overrides,
  };
}
