// The page: every outside text is text, nothing is asked for, and a browser has nothing to complain about (security row 39).
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findChromium } from '../../scripts/picture/find-chromium.ts';
import { compareSubjects } from '../../src/measure/compare-subjects.ts';
import type { Evaluation, SubjectRecord } from '../../src/measure/evaluation.ts';
import { measureVerdicts } from '../../src/measure/measure-verdicts.ts';
import { renderEvaluationHtml } from '../../src/measure/render-evaluation-html.ts';
import { renderEvaluationTable } from '../../src/measure/render-evaluation-table.ts';
import { worthOfPart } from '../../src/measure/worth-of-parts.ts';
import { html, htmlPage } from '../../src/support/html-template.ts';
import { runProcess } from '../ci/run-process.ts';
import { hostileText } from '../doubles/hostile-text.ts';
import { injectionCases } from '../doubles/injection-cases.ts';
import { labelledVerdicts } from '../doubles/labelled-verdicts.ts';
import { hiddenCharacters } from '../doubles/markdown-reader.ts';
import { aModelUse } from '../doubles/scripted-cases.ts';
import type { Visit } from '../doubles/visit-page.ts';

const VISIT = fileURLToPath(new URL('../doubles/visit-page.ts', import.meta.url));

/** The injection corpus, some payloads to a text. */
const INJECTED = Array.from({ length: 8 }, (_, at) =>
  injectionCases()
    .filter((_case, index) => index % 8 === at)
    .map(({ payload }) => payload)
    .join(' '),
);

/** An evaluation in which every text that can come from outside is the given one. */
function evaluationOf(text: string): Evaluation {
  const outside = { path: text, ruleId: text, tool: text, cwe: text, language: text, set: text };
  const verdicts = [
    ...labelledVerdicts(
      [2, 'real', 'false_positive', { ...outside, reason: text }],
      [1, 'not real', 'true_positive', { ...outside, reason: text }],
      [3, 'real', 'needs_review', { confidence: 0.4 }],
    ),
  ];
  const before = verdicts.map((one) => ({ ...one, verdict: 'needs_review' as const }));
  const judged = { name: text, findings: verdicts, verdicts };
  const subject: SubjectRecord = {
    ...{ name: text, model: text, judged: 6, prompts: [text], verdicts },
    judge: 'model',
    ...{ measurement: measureVerdicts(verdicts), cost: aModelUse({ notAsked: 2 }) },
  };
  return {
    schemaVersion: 1,
    tool: { name: 'assay', version: '0.1.0' },
    sets: [
      {
        name: text,
        reports: [{ name: text, sha256: 'ab'.repeat(32) }],
        labels: { name: text, sha256: 'ab'.repeat(32) },
        ...{ labelled: 6, real: 5, unlabelled: 1, missing: 1 },
      },
    ],
    findings: verdicts,
    subjects: [subject, { ...subject, name: 'builtin', judge: 'builtin', model: null, cost: null }],
    ablations: [{ subject: text, parts: [worthOfPart(text, judged, { ...judged, verdicts: before })] }],
    comparison: {
      tolerance: 0,
      subjects: [compareSubjects({ ...judged, name: 'before', verdicts: before }, judged, 0)],
    },
    notices: [text],
  };
}

const times = (name: string) => [
  {
    ...{ name, elapsedMs: 1, requests: 2, tokens: { input: 1, cached: 0, output: 1 }, money: 0.1 },
    latencyMs: { p50: 10, p95: 2000 },
  },
];
const pageOf = (text: string): string => renderEvaluationHtml(evaluationOf(text), times(text));

/** Tags with their attributes' names, and comments: all that is not text. */
function structureOf(page: string): string[] {
  return [...page.matchAll(/<(?:!--|[^>]*>)/g)].map(([tag]) => tag.replace(/"[^"]*"/g, '""'));
}

/** Numbers show in labels alone, so all pages of this evaluation are made of the same tags. */
const HARMLESS = structureOf(pageOf('name'));

describe('the page', () => {
  test('has the same elements and attributes whatever an outside text says', () => {
    const check = (text: string) => {
      const page = pageOf(`name${text}`);
      expect(structureOf(page)).toEqual(HARMLESS);
      expect(hiddenCharacters(page)).toEqual([]);
    };
    for (const payloads of INJECTED) check(payloads);
    fc.assert(fc.property(hostileText, check), { numRuns: 40 });
  });

  test('lets its own style and script run by their hashes, and nothing else', () => {
    const page = pageOf('name');
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '';
    const hashOf = (element: string) => {
      const content = new RegExp(`<${element}>([^]*?)</${element}>`).exec(page)?.[1] ?? '';
      return `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
    };
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `style-src ${hashOf('style')}`,
      `script-src ${hashOf('script')}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(page).not.toMatch(/\b(?:src|href|style|srcset|action|on\w+)="/);
    expect(page.match(/<(?:script|style)\b/g)).toHaveLength(2);
  });

  test('names what a reader looks for', () => {
    const page = pageOf('name');
    for (const words of [
      'Which one to choose',
      'real finding dismissed',
      'what each part is worth',
      'Wrong verdicts (3)',
    ]) {
      expect(page).toContain(words);
    }
  });
});

const browser = findChromium(process.env);
if (browser !== null) {
  test('opens in a browser without a dialog, a request or a complaint, and fits a phone', async () => {
    const live = '<img src=x onerror=alert(1)><script>alert(2)</script>"><svg onload=alert(3)>';
    const { stdout, stderr, exitCode } = await runProcess(process.execPath, [VISIT, browser, 'without'], {
      cwd: path.dirname(VISIT),
      variables: { HOME: tmpdir() },
      input: pageOf([...INJECTED, live].join(' ')),
    });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const visit = JSON.parse(stdout) as Visit;
    expect(visit.heard).toEqual([]);
    expect(visit.sorted).toBe(1);
    expect(visit.width).toBeLessThanOrEqual(390);
  });
}

test('the table is inert on a terminal and in a log', () => {
  const check = (text: string) => {
    const table = renderEvaluationTable(evaluationOf(text), times(text));
    expect(hiddenCharacters(table)).toEqual([]);
    expect(table).not.toMatch(/^\s*::|##(?:\[|vso\[)|\x1b/im);
  };
  for (const payloads of INJECTED) check(payloads);
  fc.assert(fc.property(hostileText, check), { numRuns: 100 });
});

describe('a template', () => {
  test('takes what is put into it for text, unless a template made it', () => {
    const row = html`<b title="${'"><i>'}">${'<i>'}</b>`;
    const page = htmlPage({
      ...{ title: '</title><script>', language: 'en', style: 'b {}', script: '0' },
      body: html`${[row, row]}${null}${false}${0}`,
    });
    const shown = '<b title="&quot;&gt;&lt;i&gt;">&lt;i&gt;</b>';
    expect(page).toContain(`${shown}${shown}0`);
    expect(page).toContain('<title>&lt;/title&gt;&lt;script&gt;</title>');
  });

  test('refuses a script that would end early', () => {
    const parts = { title: '', language: 'en', style: '', body: html`` };
    expect(() => htmlPage({ ...parts, script: '"</script>"' })).toThrow('must not hold the end');
  });
});
