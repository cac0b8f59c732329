// What code scanners say in their own formats: fixtures/native read as SARIF of the same tools would be.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { IngestedReport, RawLocation } from '#domain/report.ts';
import { readText, resultAt } from '../sca/read-report.ts';

const FOLDER = fileURLToPath(new URL('../../../fixtures/native/', import.meta.url));
const read = (name: string): Promise<IngestedReport> => readText(readFileSync(FOLDER + name));

/** `path:line.column-line.column`, `-` for what is not known. */
function place(location: RawLocation | null): string | null {
  if (location === null) return null;
  const { startLine, startColumn, endLine, endColumn } = location.region ?? {};
  return `${location.uri}:${startLine ?? '-'}.${startColumn ?? '-'}-${endLine ?? '-'}.${endColumn ?? '-'}`;
}

/** Rule, level, CWEs and place of each result; why, for what is none. */
function shown({ results }: IngestedReport): readonly (readonly unknown[])[] {
  return results.map((entry) => {
    if (entry.kind !== 'result') return [entry.kind, entry.ruleId, entry.why];
    const { rule, level, cwe, location } = entry.result;
    return [rule.id, level, cwe, place(location)];
  });
}

test('Bandit: offsets that begin at 0, CWEs, confidence, and files that it could not parse', async () => {
  const report = await read('bandit.json');
  expect(shown(report)).toEqual([
    ['B602', 'error', [78], 'reports/100%2525.py:30.12-32.43'],
    ['B404', 'note', [], 'reports/daily.py:4.--4.-'],
  ]);
  expect(resultAt(report, 0)).toMatchObject({
    tool: { name: 'Bandit' },
    message: 'subprocess call with shell=True identified, security issue.',
    rule: { name: 'subprocess_popen_with_shell_equals_true', precision: 'high' },
  });
  expect(report.runs).toMatchObject([
    {
      finished: false,
      problems: ['"reports/broken.py" was not looked at: "syntax error while parsing AST from file"'],
    },
  ]);
});

test('gosec: ranges of lines as text, and what stands aside by comment or configuration', async () => {
  const report = await read('gosec.json');
  expect(shown(report)).toEqual([
    ['G201', 'error', [89], '/build/desk/store/orders.go:36.10-39.-'],
    ['G104', 'note', [703], '/build/desk/main.go:7.2--.-'],
    ['G107', 'warning', [], '/build/desk/main.go:9.---.-'],
  ]);
  expect([0, 1, 2].map((index) => resultAt(report, index).suppressions)).toMatchObject([
    [],
    [
      { kind: 'inSource', status: 'accepted', justification: 'closing' },
      { kind: 'external', status: 'accepted', justification: 'Globally suppressed.' },
    ],
    [{ kind: 'inSource', justification: null }],
  ]);
  expect(report.runs).toMatchObject([
    {
      tool: { name: 'gosec', version: '2.20.0' },
      finished: false,
      problems: ['"/build/desk/bad.go" was not looked at: "expected declaration"'],
    },
  ]);
});

test('gosec writes no issues as null', async () => {
  const report = await readText('{"Golang errors":{},"Issues":null,"Stats":{"found":0}}');
  expect([report.fault, report.results, report.runs[0]?.finished]).toEqual([null, [], true]);
});

test('Brakeman: rules as its SARIF numbers them, where templates come from, the ignore file', async () => {
  const report = await read('brakeman.json');
  expect(shown(report)).toEqual([
    ['BRAKE0000', 'error', [89], 'app/models/order.rb:12.---.-'],
    ['BRAKE0002', 'note', [79], 'app/views/orders/show.html.erb:-.---.-'],
    ['BRAKE0000', 'warning', [89], 'app/models/order.rb:40.---.-'],
  ]);
  expect(resultAt(report, 0)).toMatchObject({
    location: { logicalNames: ['Order#search'] },
    fingerprints: [['brakeman/fingerprint', '0a'.repeat(32)]],
    suppressions: [],
  });
  expect(resultAt(report, 1).relatedLocations).toMatchObject([
    { uri: 'app/controllers/orders_controller.rb', message: 'renders orders/show' },
  ]);
  expect(resultAt(report, 2).suppressions).toMatchObject([
    { kind: 'external', status: 'accepted', justification: 'The value is a number.' },
  ]);
  expect(report.runs).toMatchObject([{ finished: false, problems: ['app/models/odd.rb:3 :: parse error'] }]);
});

describe('SonarQube', () => {
  test('issues: components become paths, offsets columns; a smell is never worse than low', async () => {
    const report = await read('sonarqube.json');
    expect(shown(report)).toEqual([
      ['javascript:S2076', 'error', [78], 'api/lib/run.js:9.5-9.31'],
      ['javascript:S2076', 'warning', [78], 'api/lib/moved.js:9.5-9.31'],
      ['javascript:S3776', 'note', [], 'api/lib/run.js:9.5-9.31'],
      ['javascript:S2076', 'error', [78], 'api/lib/run.js:9.5-9.31'],
      ['not_a_finding', 'javascript:S2076', 'the tool says that it is fixed'],
      ['javascript:S2076', 'error', [78], null],
    ]);
    expect(resultAt(report, 0).rule.shortDescription).toMatch(/^OS commands should not/);
    expect(resultAt(report, 3).suppressions).toMatchObject([
      { kind: 'external', status: 'accepted', justification: 'FALSE-POSITIVE' },
    ]);
    expect(report.runs).toMatchObject([
      { finished: false, problems: ['the file holds 6 of 7 results: give the other pages as well'] },
    ]);
  });

  test('ways run from the source to the sink; places that are no way stand beside', async () => {
    const report = await read('sonarqube.json');
    expect(resultAt(report, 0).flows.map((flow) => flow.map(({ message }) => message))).toEqual([
      ['source', 'between', 'sink'],
    ]);
    expect(place(resultAt(report, 0).flows[0]?.[0] ?? null)).toBe('api/lib/read.js:2.3-2.9');
    expect(resultAt(report, 1).relatedLocations.map(({ message }) => message)).toEqual([
      'also here',
      'and here',
    ]);
  });

  test('hotspots: one that is safe stands aside, one that is acknowledged does not', async () => {
    const report = await read('sonarqube-hotspots.json');
    expect(shown(report)).toEqual([
      ['javascript:S4790', 'note', [], 'api/lib/hash.js:33.11-33.21'],
      ['javascript:S4790', 'error', [], 'api/lib/hash.js:35.---.-'],
      ['javascript:S5852', 'warning', [], 'api/lib/hash.js:36.---.-'],
    ]);
    expect([0, 1, 2].map((index) => resultAt(report, index).suppressions.length)).toEqual([0, 1, 0]);
    expect(report.runs[0]?.finished).toBe(true);
  });
});

describe('ShellCheck', () => {
  test('json1: columns, and replacements as a fix', async () => {
    const report = await read('shellcheck-1.json');
    expect(shown(report)).toEqual([
      ['SC2086', 'note', [], 'scripts/backup.sh:5.53-5.60'],
      ['SC1073', 'error', [], 'scripts/backup.sh:9.1-10.4'],
    ]);
    const [fix] = resultAt(report, 0).fixes;
    expect(fix?.replacements.map(({ location, insertedText }) => [place(location), insertedText])).toEqual([
      ['scripts/backup.sh:5.53-5.53', '"'],
      ['scripts/backup.sh:5.60-5.60', '"'],
    ]);
    expect(resultAt(report, 1).fixes).toEqual([]);
  });

  test('json counts tabs by eight: neither columns nor fixes are believed', async () => {
    const report = await read('shellcheck.json');
    expect(shown(report)).toEqual([['SC2086', 'note', [], 'scripts/backup.sh:5.--5.-']]);
    expect(resultAt(report, 0).fixes).toEqual([]);
    expect(report.notices).toHaveLength(1);
  });

  test('a document that has comments among other things is not its report', async () => {
    const text = '{"comments":[{"code":1,"level":"info"}],"posts":[]}';
    expect((await readText(text)).fault?.message).toContain('wrote no list of results');
  });
});

test('GitLab: rules and weaknesses by identifiers, flows, guesses of false positives, fingerprints', async () => {
  const report = await read('gl-sast-report.json');
  expect(report.runs).toMatchObject([{ tool: { name: 'Semgrep', version: '1.74.0' }, finished: true }]);
  expect(shown(report)).toEqual([
    ['bandit.B608', 'error', [89], 'api/orders.py:12.--14.-'],
    ['node_username', 'warning', [798], 'data/make.js:246.---.-'],
    ['AWS', 'note', [], 'conf/aws.tf:2.--2.-'],
  ]);
  expect(resultAt(report, 0)).toMatchObject({
    securitySeverity: 9.5,
    message: 'Improper neutralization of special elements used in an SQL command',
    location: { logicalNames: ['Orders.search'] },
    suppressions: [{ kind: 'external', status: 'underReview', justification: 'The value is a number.' }],
    fingerprints: [
      ['gitlab/scope_offset', 'api/orders.py|Orders[0]|search[0]:4'],
      ['gitlab/scope_offset_compressed', 'api/orders.py|Orders[0]|search[0]:3'],
    ],
    rule: { help: 'Use parameters.', helpUri: 'https://example.org/B608' },
  });
  expect(resultAt(report, 0).flows.map((flow) => flow.map(place))).toEqual([
    ['api/web.py:3.--3.-', 'api/orders.py:12.--14.-'],
  ]);
  expect(resultAt(report, 1)).toMatchObject({
    message: 'A name in plain text.',
    rule: { precision: 'very-high' },
  });
  expect(resultAt(report, 2).scannedRevision).toBe('5'.repeat(40));
  expect(JSON.stringify(report)).not.toContain('AKIA');
});

test('Semgrep: the way of the data, the fix, what a comment sets aside', async () => {
  const report = await read('semgrep.json');
  expect(shown(report)).toEqual([
    ['python.lang.security.tainted-sql', 'error', [89], 'api/orders.py:12.5-12.40'],
    ['generic.odd', 'note', [20], 'a.txt:1.1-1.2'],
  ]);
  const { flows, fixes, suppressions, fingerprints } = resultAt(report, 0);
  expect(flows.map((flow) => flow.map(place))).toEqual([
    ['api/orders.py:10.12-10.20', 'api/orders.py:10.5-10.9', 'api/orders.py:12.5-12.40'],
  ]);
  expect(fixes).toMatchObject([{ replacements: [{ insertedText: 'run(sql, [town])' }] }]);
  expect(suppressions).toMatchObject([{ kind: 'inSource' }]);
  expect(fingerprints).toEqual([['matchBasedId/v1', 'ab_0']]);
  expect(resultAt(report, 1).fingerprints).toEqual([]);
  expect(report.notices).toEqual(['the scanner warns: "Syntax error at line b.py:1"']);
});

test("Semgrep's platform: what people triaged stands aside, what is fixed is over", async () => {
  const finding = (more: string): string =>
    `{"syntactic_id":"x","rule_name":"r","rule_message":"m","severity":"critical","rule":{"cwe_names":["CWE-319: x"]},"location":{"file_path":"a.ts","line":3,"column":2,"end_line":3,"end_column":9}${more}}`;
  const report = await readText(
    `{"findings":[${finding('')},${finding(',"triage_state":"ignored","triage_reason":"acceptable_risk"')},${finding(',"status":"fixed"')}]}`,
  );
  expect(shown(report)).toEqual([
    ['r', 'error', [319], 'a.ts:3.2-3.9'],
    ['r', 'error', [319], 'a.ts:3.2-3.9'],
    ['not_a_finding', 'r', 'the tool says that it is fixed'],
  ]);
  expect(resultAt(report, 1).suppressions).toMatchObject([
    { kind: 'external', justification: 'acceptable_risk' },
  ]);
});

test('Gitleaks: where a secret stands, at the commit that brought it in, and nothing of the secret', async () => {
  const report = await read('gitleaks.json');
  expect(shown(report)).toEqual([
    ['aws-access-token', 'error', [798], 'conf/aws.tf:2.--2.-'],
    ['key', 'error', [798], 'key.pem:5.--9.-'],
  ]);
  expect([0, 1].map((index) => resultAt(report, index).scannedRevision)).toEqual(['5'.repeat(40), null]);
  expect(JSON.stringify(report)).not.toContain('AKIA');
});

describe('no report makes a reader fall over', () => {
  const reports = fileURLToPath(new URL('../../../fixtures/dependencies/reports/', import.meta.url));
  const OTHERS = /^(?:pip-audit|cargo-audit|composer|retire|snyk|dependabot|dependency-(?:check|review))/;
  const files = [
    ...readdirSync(FOLDER).map((name) => FOLDER + name),
    ...readdirSync(reports)
      .filter((name) => OTHERS.test(name))
      .map((name) => reports + name),
  ].filter((path) => path.endsWith('.json'));

  /** Every value in turn becomes something of another type. */
  test.each(files.map((path) => [path.slice(path.lastIndexOf('/') + 1), path]))('%s', async (_name, path) => {
    const text = readFileSync(path, 'utf8');
    const values = [
      ...text.matchAll(/(?<=[:[,]\s*)(?:"(?:[^"\\]|\\.)*"(?!:)|-?\d[\d.]*|true|false|null|\[\]|\{\})/g),
    ];
    const swaps = ['null', '7', '-1', '"__proto__"', '[]', '{}', '[[{"id":1}]]', '{"__proto__":{"id":1}}'];
    const property = fc.asyncProperty(
      fc.nat(values.length - 1),
      fc.constantFrom(...swaps),
      async (at, swap) => {
        const match = values[at];
        const from = match?.index ?? 0;
        const changed = text.slice(0, from) + swap + text.slice(from + (match?.[0].length ?? 0));
        const report = await readText(changed);
        // Anything that a reader throws by mistake would be told as "cannot be read".
        expect(report.fault?.message ?? '').not.toContain('cannot be read');
        for (const entry of report.results)
          if (entry.kind === 'result') expect(entry.result.rule.id).not.toBe('');
      },
    );
    await fc.assert(property, { numRuns: 30 });
  });

  test.each(['results', 'Issues', 'issues', 'hotspots', 'warnings', 'comments', 'vulnerabilities'])(
    'an entry of `%s` that is no object is rejected',
    async (list) => {
      const heads: Readonly<Record<string, string>> = {
        results: '"metrics":{"_totals":{}}',
        Issues: '"Stats":{}',
        issues: '"sonarBaseURL":"x"',
        hotspots: '"sonarBaseURL":"x"',
        warnings: '"scan_info":{"app_path":"/w"}',
        vulnerabilities: '"version":"15","scan":{"scanner":{"name":"x"}}',
      };
      const head = heads[list];
      const text =
        head === undefined ? `{"${list}":[{"code":1,"level":"info"},7]}` : `{${head},"${list}":[7]}`;
      const { results } = await readText(text);
      expect(results.at(-1)).toMatchObject({
        kind: 'rejected',
        why: 'the result is a number where an object belongs',
      });
    },
  );
});
