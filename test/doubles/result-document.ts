// Builds results for tests: small, true to the document's sums, everything overridable.
import type { GateEffectKind } from '#domain/decision.ts';
import type { FindingRecord, ResultDocument, ResultRecord } from '#domain/result-document.ts';
import type { Severity } from '#domain/severity.ts';
import type { Reason, ReasonCode, Verdict, VerdictLabel } from '#domain/verdict.ts';

export function aReason(
  code: ReasonCode,
  text: string,
  at?: { path: string; line: number; quote: string },
): Reason {
  const citations =
    at === undefined ? [] : [{ path: at.path, startLine: at.line, endLine: at.line, quote: at.quote }];
  return { code, text, citations };
}

export function aVerdict(label: VerdictLabel, ...reasons: Reason[]): Verdict {
  const fallback: Record<VerdictLabel, Reason> = {
    true_positive: aReason('TP.flow.remote', 'A remote value reaches the call.', {
      path: 'src/app.ts',
      line: 12,
      quote: 'db.query(sql + req.query.id)',
    }),
    false_positive: aReason('FP.const', 'Every argument of the call is constant.', {
      path: 'src/app.ts',
      line: 12,
      quote: "db.query('SELECT 1')",
    }),
    needs_review: aReason('REV.param', 'The value is a parameter: who calls this function, and with what?'),
  };
  return {
    label,
    confidence: label === 'needs_review' ? 0.5 : 0.94,
    confidenceLowerBound: label === 'needs_review' ? 0.41 : 0.9,
    by: 'builtin',
    reasons: reasons.length > 0 ? reasons : [fallback[label]],
  };
}

let counter = 0;

/** A finding of Semgrep at `src/app.ts:12`, new, needing review and blocking. */
export function aFinding(overrides: Partial<FindingRecord> = {}): FindingRecord {
  counter += 1;
  const id = overrides.id ?? counter.toString(16).padStart(16, '0');
  return {
    id,
    fingerprints: { 'assay/v1': `f${id}`, 'assayPath/v1': `p${id}` },
    kind: 'sast',
    ruleId: 'sql-injection',
    tools: [
      {
        name: 'Semgrep',
        version: '1.99.0',
        ruleId: overrides.ruleId ?? 'sql-injection',
        ruleName: null,
        rawSeverity: 'error',
        precision: null,
        results: [{ input: 0, run: 0, index: 0 }],
      },
    ],
    cwe: [89],
    severity: 'high',
    message: 'User input flows into a SQL query.',
    location: aLocation(),
    flow: [],
    related: [],
    scope: { state: 'new', why: 'on an added line' },
    suppression: null,
    baselineState: null,
    verdict: aVerdict('needs_review'),
    rootCause: null,
    remediation: null,
    patch: null,
    refusedPatches: [],
    gate: { effect: 'blocks', why: 'rule default: new, high or worse, true positive or needs review' },
    ...overrides,
  };
}

export function aLocation(overrides: Partial<FindingRecord['location']> = {}): FindingRecord['location'] {
  return {
    path: 'src/app.ts',
    startLine: 12,
    startColumn: 3,
    endLine: 12,
    endColumn: 31,
    resolved: true,
    why: null,
    ...overrides,
  };
}

export function aJudgedFinding(
  severity: Severity,
  label: VerdictLabel,
  effect: GateEffectKind,
): FindingRecord {
  return aFinding({ severity, verdict: aVerdict(label), gate: { effect, why: `because of ${effect}` } });
}

/** A document around the findings whose rows, sums and decision fit them. */
export function aDocument(
  findings: readonly FindingRecord[] = [aFinding()],
  overrides: Partial<ResultDocument> = {},
): ResultDocument {
  const blocking = findings.filter((finding) => finding.gate.effect === 'blocks').length;
  const results = findings.map(rowOf);
  return {
    schemaVersion: 1,
    run: aRun(results.length),
    results,
    findings,
    accounting: accountFor(findings),
    decision: {
      outcome: blocking > 0 ? 'failed' : 'passed',
      mode: 'enforce',
      reasons: [
        blocking > 0
          ? { code: 'blocked', text: `${blocking} of ${findings.length} findings block this change.` }
          : { code: 'nothing-blocks', text: 'No finding blocks this change.' },
      ],
    },
    notices: [],
    ...overrides,
  };
}

export function aRun(results = 1): ResultDocument['run'] {
  return {
    tool: { name: 'assay', version: '0.1.0' },
    category: null,
    inputs: [
      {
        name: 'semgrep.sarif',
        sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
        bytes: 4096,
        kind: 'sarif',
        tools: [{ name: 'Semgrep', version: '1.99.0' }],
        runs: 1,
        results,
        fault: null,
        notices: [],
      },
    ],
    base: '1111111111111111111111111111111111111111',
    mergeBase: '1111111111111111111111111111111111111111',
    head: '2222222222222222222222222222222222222222',
    scope: 'new',
    config: { source: 'base', description: 'assay.yml@1111111', sha256: 'ab'.repeat(32) },
    language: 'en',
    judge: 'builtin',
    model: null,
    prompts: [],
  };
}

function rowOf(finding: FindingRecord, index: number): ResultRecord {
  return {
    input: 0,
    run: 0,
    index,
    tool: 'Semgrep',
    ruleId: finding.ruleId,
    path: finding.location.path,
    line: finding.location.startLine,
    disposition: 'finding',
    why: 'first report of this finding',
    findingId: finding.id,
    verdict: finding.verdict?.label ?? null,
  };
}

function accountFor(findings: readonly FindingRecord[]): ResultDocument['accounting'] {
  const labelled = (label: VerdictLabel) =>
    findings.filter((finding) => finding.verdict?.label === label).length;
  const withEffect = (effect: GateEffectKind) =>
    findings.filter((finding) => finding.gate.effect === effect).length;
  const judged = findings.filter((finding) => finding.verdict !== null).length;
  return {
    in: findings.length,
    findings: findings.length,
    duplicates: 0,
    notFindings: 0,
    rejected: 0,
    judged,
    outOfScope: findings.length - judged,
    truePositives: labelled('true_positive'),
    falsePositives: labelled('false_positive'),
    needsReview: labelled('needs_review'),
    suppressed: withEffect('suppressed'),
    waived: withEffect('waived'),
  };
}

/** The same document, told in another language. */
export function inLanguage(document: ResultDocument, language: 'en' | 'zh-CN'): ResultDocument {
  return { ...document, run: { ...document.run, language } };
}
