// What tools leave unsaid: the weakness that a rule is about, looked up in the shipped tables.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readWeaknessNodes, WEAKNESS_TREE_PATH } from '#domain/weakness-tree.ts';
import { loadRuleMap, RULE_MAPS_FOLDER } from '#findings/rule-map.ts';
import { collect, rawResult, reportOf } from './raw-results.ts';
import { shippedAssets } from './rules-folder.ts';

const ruleMap = await loadRuleMap(shippedAssets);

function weaknessesOf(tool: string, rule: string, message = ''): readonly number[] {
  return ruleMap.weaknessesOf(rawResult({ tool, rule, message }));
}

interface Table {
  readonly path: string;
  readonly tools: readonly string[];
  readonly rules: Readonly<Record<string, unknown>>;
}

const paths = (await shippedAssets.list(RULE_MAPS_FOLDER)).filter((path) => path.endsWith('.yaml'));
const tables = await Promise.all(
  paths.map(async (path): Promise<Table> => ({ path, ...parse(await shippedAssets.text(path)) })),
);

describe('the shipped tables', () => {
  it('name only weaknesses that the tree knows, so that merging can relate them', async () => {
    const known = readWeaknessNodes(parse(await shippedAssets.text(WEAKNESS_TREE_PATH)));
    for (const { path, rules } of tables) {
      for (const [rule, about] of Object.entries(rules)) {
        const numbers = JSON.stringify(about, (key, value) => (key === 'says' ? undefined : value)).match(
          /\d+/g,
        );
        for (const cwe of numbers ?? []) expect(known.has(Number(cwe)), `${path}: ${rule} ${cwe}`).toBe(true);
      }
    }
  });

  it('speak of a rule of a tool once, in whatever file', () => {
    const seen = new Set<string>();
    for (const { path, tools, rules } of tables) {
      for (const tool of tools) {
        for (const rule of Object.keys(rules)) {
          const key = `${tool.toLowerCase()} ${rule}`;
          expect(seen.has(key), `${path}: ${key}`).toBe(false);
          seen.add(key);
        }
      }
    }
    expect(seen.size).toBeGreaterThan(2000);
  });
});

describe('a rule is known as its tool spells it', () => {
  it.each<[tool: string, rule: string, cwe: readonly number[]]>([
    ['ESLint', 'no-eval', [95]],
    ['ESLint', 'security/detect-eval-with-expression', [95]],
    ['ESLint', 'no-unsanitized/property', [79]],
    ['ESLint', '@typescript-eslint/no-implied-eval', [95]],
    ['ESLint', 'react/no-danger', [79]],
    ['ESLint', 'regexp/no-super-linear-backtracking', [1333]],
    ['oxlint', 'eslint(no-eval)', [95]],
    ['oxlint', 'eslint-plugin-react(no-danger)', [79]],
    ['oxlint', 'eslint-plugin-security(detect-child-process)', [78]],
    ['Biome', 'lint/security/noGlobalEval', [95]],
    ['Biome', 'lint/nursery/noSecrets', [798]],
    ['SonarQube', 'javascript:S2076', [78]],
    ['SonarQube', 'java:S2077', [89]],
    ['SonarQube', 'S5131', [79]],
    ['SonarQube', 'go:S6389', [838]],
    ['SonarQube', 'secrets:S6290', [259, 798]],
    ['Microsoft (R) Visual C# Compiler', 'CA5351', [327]],
    ['Microsoft (R) Visual C# Compiler', 'S2077', [89]],
    ['Security Code Scan', 'SCS0018', [22]],
    ['clang', 'core.NullDereference', [476]],
    ['Clang-Tidy', 'clang-analyzer-security.insecureAPI.strcpy', [120]],
    ['Clang-Tidy', 'bugprone-use-after-move', [672]],
    ['CppCheck', 'nullPointer', [476]],
    ['GNU C17', '-Wanalyzer-double-free', [415]],
    ['PREfast', 'C6386', [787]],
    ['Bandit', 'B602', [78]],
    ['Bandit', 'B311', [330]],
    ['Ruff', 'S608', [89]],
    ['Pylint', 'W0123(eval-used)', [95]],
    ['gosec', 'G404', [338]],
    ['Brakeman', 'BRAKE0000', [89]],
    ['RuboCop', 'Security/YAMLLoad', [502]],
    ['SpotBugs', 'SQL_INJECTION_JDBC', [89]],
    ['SpotBugs', 'WEAK_MESSAGE_DIGEST_MD5', [328]],
    ['PMD', 'ApexSOQLInjection', [89]],
    ['LGTM.com', 'com.lgtm/javascript-queries:js/path-injection', [22]],
    ['Semgrep OSS', 'tmp.rules.python.subprocess-shell-true', [78]],
    ['nodejsscan', 'node_nosqli_injection', [943]],
    ['Gitleaks', '(no rule id)', [798]],
    [
      'secretlint',
      '@secretlint/secretlint-rule-preset-recommend > @secretlint/secretlint-rule-basicauth',
      [798],
    ],
    ['devskim', 'DS126858', [328]],
    ['ansible-lint', 'risky-file-permissions', [732]],
    ['Checkov', 'CKV_SECRET_6', [798]],
    ['Trivy', 'AVD-AWS-0086', [284]],
    ['Trivy', 'AWS-0086', [284]],
    ['spectral', 'owasp:api2:2023-no-api-keys-in-url', [598]],
    ['PVS-Studio', 'V5608', [89]],
  ])('%s %s', (tool, rule, cwe) => {
    expect(weaknessesOf(tool, rule)).toEqual(cwe);
  });

  it('whatever the case of the tool, but not of the rule', () => {
    expect(weaknessesOf('GITLEAKS', 'aws-access-token')).toEqual([798]);
    expect(weaknessesOf('eslint', 'no-eval')).toEqual([95]);
    expect(weaknessesOf('eslint', 'NO-EVAL')).toEqual([]);
  });

  it('or by its name, where the id is a bare number', () => {
    const { rule, ...result } = rawResult({ tool: 'Psalm', rule: '246' });
    expect(ruleMap.weaknessesOf({ ...result, rule: { ...rule, name: 'TaintedShell' } })).toEqual([78]);
  });

  it.each([
    ['clang', 'unix.Malloc', "Potential leak of memory pointed to by 'a'", [401]],
    ['clang', 'unix.Malloc', 'Use of memory after it is freed', [416]],
    ['clang', 'unix.Malloc', 'Attempt to free released memory', [415]],
    ['clang', 'unix.Malloc', 'words that nobody has seen', []],
    ['clang', 'alpha.security.taint.TaintPropagation', 'Untrusted data is passed to a system call', [78]],
    ['golangci-lint', 'gosec', 'G204: Subprocess launched with variable', [78]],
  ])('%s %s by its message: %s', (tool, rule, message, cwe) => {
    expect(weaknessesOf(tool, rule, message)).toEqual(cwe);
  });

  it.each([
    ['ESLint', 'no-unused-vars'],
    ['ESLint', '__proto__'],
    ['constructor', 'no-eval'],
    ['Biome', 'lint/style/useConst'],
    ['ansible-lint', 'command-instead-of-shell'],
    ['SonarQube', 'java:S1118'],
    ['', ''],
  ])('%s %s is about no weakness', (tool, rule) => {
    expect(weaknessesOf(tool, rule)).toEqual([]);
  });
});

it("the demo's rules are about what a person decided", () => {
  const Decided = z.record(
    z.string(),
    z.array(z.strictObject({ rule: z.string(), text: z.string().default(''), cwe: z.array(z.int()) })),
  );
  const file = new URL('../../fixtures/demo/rule-weaknesses.yaml', import.meta.url);
  for (const [tool, rules] of Object.entries(Decided.parse(parse(readFileSync(file, 'utf8'))))) {
    for (const { rule, text, cwe } of rules) {
      const mapped = weaknessesOf(tool, rule, text);
      expect(mapped.length === 0, `${tool} ${rule}`).toBe(cwe.length === 0);
      expect(mapped, `${tool} ${rule}`).toEqual(expect.arrayContaining(cwe));
    }
  }
});

describe('findings', () => {
  const files = { 'src/app.c': '\neval(input);\n' };
  const evals = [
    { tool: 'ESLint', rule: 'no-eval', at: [2, 1, 12] },
    { tool: 'ESLint', rule: 'sonarjs/code-eval', at: [2, 1, 12] },
    { tool: 'oxlint', rule: 'eslint(no-eval)', at: [2, 1, 5] },
    { tool: 'Biome', rule: 'lint/security/noGlobalEval', at: [2, 1, 5] },
    { tool: 'Semgrep OSS', rule: 'rules.eval', at: [2, 1, 12], cwe: [95] },
  ];

  it('of many tools about one eval are one, and it names the weakness', async () => {
    const { findings, rows } = await collect([reportOf(...evals)], { files, ruleMap });
    expect(findings.map(({ cwe, tools }) => [cwe, tools.length])).toEqual([[[95], 5]]);
    expect(rows.map(({ disposition }) => disposition).sort()).toEqual([
      ...Array.from({ length: 4 }, () => 'duplicate'),
      'finding',
    ]);
  });

  it('keep the weakness that the report itself names', async () => {
    const said = { tool: 'ESLint', rule: 'no-eval', at: [2, 1, 12], cwe: [79] };
    const { findings } = await collect([reportOf(said)], { files, ruleMap });
    expect(findings.map(({ cwe }) => cwe)).toEqual([[79]]);
  });

  it('have none where neither the report nor a table names one', async () => {
    const said = { tool: 'ESLint', rule: 'no-unused-vars', at: [2, 1, 12] };
    const { findings, rows } = await collect([reportOf(said)], { files, ruleMap });
    expect(findings.map(({ cwe }) => cwe)).toEqual([[]]);
    expect(rows.map(({ disposition }) => disposition)).toEqual(['finding']);
  });

  it('would be told apart without the tables', async () => {
    const { findings } = await collect([reportOf(...evals)], { files });
    expect(findings).toHaveLength(5);
  });

  it('follow severity overrides by the weakness that a table gave', async () => {
    const overrides = [{ rule: null, cwe: 95, path: null, severity: 'critical' }] as const;
    const { findings } = await collect([reportOf(...evals)], { files, ruleMap, overrides });
    expect(findings.map(({ severity }) => severity)).toEqual(['critical']);
  });
});

it('a broken table is our own fault, and is named', async () => {
  const assets = {
    ...shippedAssets,
    list: async () => ['rules/maps/broken.yaml'],
    data: async () => ({ tools: ['x'], rules: { a: [] } }),
  };
  await expect(loadRuleMap(assets)).rejects.toThrow(/rules\/maps\/broken\.yaml is not well-formed/);
});
