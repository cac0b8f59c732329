import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { EXAMPLES } from '#app/config/examples.ts';
import { policyJsonSchema } from '#app/config/policy-schema.ts';
import { DEFAULT_POLICY, parsePolicy } from '#app/config.ts';
import { AssayError } from '#domain/errors.ts';
import { DEFAULT_RULE } from '#gate/rules-in-force.ts';
import { PUBLISHED_SCHEMAS, renderSchema } from '../../scripts/generate-schemas.ts';

const ROOT = join(import.meta.dirname, '../..');
const GUIDE = readFileSync(join(ROOT, 'docs/configuration.md'), 'utf8');
const FULL_EXAMPLE = /## A full example\n\n```yaml\n([\s\S]*?)```/.exec(GUIDE)?.[1] ?? '';

function refusal(text: string): AssayError {
  try {
    parsePolicy(text, 'assay.yml');
  } catch (error) {
    if (error instanceof AssayError) return error;
    throw error;
  }
  throw new Error('the text was accepted');
}

const linesOf = (text: string) => refusal(text).message.split('\n');

describe('the example beside a refusal', () => {
  it.each(['waivers: []\n', 'language: en\n'])(
    'of a policy without its version has the version: %j',
    (text) => {
      expect(refusal(text).hint).toMatch(/^This is right:\n\nversion: 1\n/);
    },
  );

  it.each(['model', 'knowledge', 'comments', 'code_scanning'])(
    'of a wrong key in `%s` is of that part',
    (part) => {
      const { hint } = refusal(`version: 1\n${part}: { nonsense: 1 }\n`);
      expect(hint).toContain(`This is right:\n\n${part}:\n`);
    },
  );
});

describe('a policy', () => {
  it('that states nothing but its version is the default one', () => {
    expect(parsePolicy('version: 1\n', 'assay.yml')).toEqual(DEFAULT_POLICY);
    expect(DEFAULT_POLICY.gate).toEqual({ mode: 'enforce', rules: [DEFAULT_RULE] });
  });

  it('of the guide says what the guide says', () => {
    const policy = parsePolicy(FULL_EXAMPLE, 'docs/configuration.md');
    expect(policy.gate.rules.map((rule) => rule.name)).toEqual([
      'default',
      'no-secrets-anywhere',
      'payment-code',
      'sure-enough',
    ]);
    expect(policy.gate.rules[0]).toEqual(DEFAULT_RULE);
    expect(policy.gate.rules[1]).toMatchObject({ cwe: [259, 321, 798], severity: null, verdict: null });
    // What it says are the defaults are the defaults.
    const { name, budget, ...model } = policy.model;
    expect(name).toEqual({ provider: 'openai-compatible', name: 'qwen3:8b' });
    expect({ ...model, budget: { ...budget, money: null } }).toEqual({
      ...{ ...DEFAULT_POLICY.model, name: undefined },
      judge: 'auto',
    });
    expect(policy.knowledge.paths).toEqual(DEFAULT_POLICY.knowledge.paths);
    expect(policy.waivers.map(({ id, rule, path }) => [id, rule, path])).toEqual([
      ['3f2a9c01d4e5b687', null, null],
      [null, 'java/weak-hash', 'legacy/etag/**'],
    ]);
    expect(policy.severityOverrides[2]).toEqual({
      rule: null,
      cwe: 22,
      path: 'tools/**',
      severity: 'medium',
    });
    expect(policy).toMatchObject({
      scope: 'new',
      ignore: ['docs/**', '**/*.min.js'],
      neverDismiss: [78, 89],
      policyPaths: {
        test: ['test/**', '**/*.spec.ts'],
        generated: ['**/*.pb.go'],
        vendored: ['third_party/**'],
      },
      suppressions: { acceptExternal: false },
      language: 'en',
    });
  });

  it('adjusts the default rule through a rule of that name', () => {
    const { gate } = parsePolicy(
      'version: 1\ngate: { rules: [{ name: default, severity: low }] }',
      'assay.yml',
    );
    expect(gate.rules).toEqual([{ ...DEFAULT_RULE, severity: 'low' }]);
  });

  it('reads ids, rules and days as text even where they look like numbers', () => {
    const text = `version: 1
waivers:
  - { id: 1234567890123456, reason: 1, owner: true, expires: 2027-01-31 }
  - { id: 12345678901234e5, reason: a, owner: b, expires: 2027-01-31 }
  - { rule: 0101, path: 7, reason: a, owner: b, expires: 2027-01-31 }
`;
    const { waivers } = parsePolicy(text, 'assay.yml');
    expect(waivers.map(({ id, rule }) => id ?? rule)).toEqual([
      '1234567890123456',
      '12345678901234e5',
      '0101',
    ]);
    expect(waivers[0]).toMatchObject({ reason: '1', owner: 'true' });
    expect(waivers[2]?.path).toBe('7');
  });
});

describe('a mistake', () => {
  it('is told with its place, what was expected, what was found and the nearest right word', () => {
    expect(linesOf('version: 1\ngate:\n  mode: enfroce\n')).toEqual([
      'assay.yml:3:9: gate.mode: expected one of enforce, report, found `enfroce`. Did you mean `enforce`?',
    ]);
  });

  it('comes with all others at once, in the order of the file', () => {
    const text = `version: 2
gate:
  rules:
    - name: empty
    - name: odd
      severty: high
      severity: hgih
      cwe: [CWE-89, x, 0]
      scope: new
      confidence: 2
      paths: ["!b", ok]
baseUrl: https://exfil.example
waivers:
  - id: 12ab
    owner: x
    expires: 2027-02-30
  - rule: a
    reason: b
    owner: ""
    expires: 2027-01-01
never-dismiss: [1]
severity:
  - level: low
`;
    expect(linesOf(text)).toEqual([
      'assay.yml:1:10: version: expected 1, found `2`',
      'assay.yml:4:7: gate.rules[0]: the rule states no condition, so it would block everything: add severity, cwe, scope, verdict, confidence, paths, tools or one on dependencies',
      'assay.yml:6:7: gate.rules[1]: unknown key `severty`. Did you mean `severity`?',
      'assay.yml:7:17: gate.rules[1].severity: expected one of critical, high, medium, low, none, found `hgih`. Did you mean `high`?',
      'assay.yml:8:21: gate.rules[1].cwe[1]: expected a CWE such as 89 or CWE-89, found `x`',
      'assay.yml:8:24: gate.rules[1].cwe[2]: expected at least 1, found `0`',
      'assay.yml:9:14: gate.rules[1].scope: expected a list, such as `scope: […]`, found `new`',
      'assay.yml:10:19: gate.rules[1].confidence: expected at most 1, found `2`',
      'assay.yml:11:15: gate.rules[1].paths[0]: the glob starts with "!": negation is not supported, list what should match',
      'assay.yml:12:1: unknown key `baseUrl`; expected one of version, language, scope, gate, waivers, severity, ignore, never_dismiss, policy_paths, suppressions, comments, status, code_scanning, model, knowledge, dependencies',
      'assay.yml:14:5: waivers[0].reason: is missing: expected text',
      'assay.yml:14:9: waivers[0].id: expected a finding id: 16 hexadecimal digits, as the table and assay.json show them, found `12ab`',
      'assay.yml:16:14: waivers[0].expires: expected a day of the calendar, as YYYY-MM-DD, found `2027-02-30`',
      'assay.yml:17:5: waivers[1]: expected either id, or rule and path together',
      'assay.yml:19:12: waivers[1].owner: expected some text on one line, found `(empty)`',
      'assay.yml:21:1: unknown key `never-dismiss`. Did you mean `never_dismiss`?',
      'assay.yml:23:5: severity[0]: expected at least one of rule, cwe and path',
    ]);
  });

  it.each([
    ['', 'assay.yml:1:1: the file is empty: expected at least `version: 1`'],
    ['# only a comment\n', 'assay.yml:1:1: the file is empty: expected at least `version: 1`'],
    ['- version: 1\n', 'assay.yml:1:1: expected a map of keys, found a list of one'],
    ['gate: {}\n', 'assay.yml:1:1: version: is missing: expected 1'],
    ['version: "1"\n', 'assay.yml:1:10: version: expected 1, found the text `1`'],
    ['version: 1\ngate:\n', 'assay.yml:2:6: gate: expected a map of keys, found nothing'],
    [
      'version: 1\ngate: { rules: [] }\n',
      'assay.yml:2:16: gate.rules: expected at least 1 entries, found a list of 0',
    ],
    ['version: 1\nversion: 1\n', 'assay.yml:2:1: the key `version` is given twice'],
    [
      'version: 1\n---\nversion: 1\n',
      'assay.yml:2:1: a second document starts here; one file holds one policy',
    ],
    [
      'version: 1\ngate:\n\tmode: report\n',
      'assay.yml:3:1: a tab is used for indentation; YAML wants spaces',
    ],
    [
      'version: 1\ngate: { rules: [{ name: a, severity: low }, { name: a, severity: low }] }\n',
      'assay.yml:2:53: gate.rules[1].name: another rule has this name already, found `a`'.replace(
        ', found `a`',
        '',
      ),
    ],
    [
      'version: 1\nwaivers: [{ id: 3f2a9c01d4e5b687, rule: a, path: b, reason: c, owner: d, expires: 2027-01-01 }]\n',
      'assay.yml:2:11: waivers[0]: expected either id, or rule and path together',
    ],
  ])('%j', (text, line) => {
    expect(linesOf(text)[0]).toBe(line);
  });

  it('comes with a right example of the part it stands in', () => {
    expect(refusal('version: 1\nignore: 3\n')).toMatchObject({ code: 'configuration' });
    expect(refusal('version: 1\nignore: 3\n').hint).toContain('ignore:\n  - docs/**');
    expect(refusal('').hint).toContain('version: 1');
  });
});

describe('the published JSON Schema', () => {
  const validate = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false }).compile(
    policyJsonSchema(),
  );

  it.each(PUBLISHED_SCHEMAS.map((schema) => [schema.path, schema] as const))(
    '%s is what the script would write',
    (path, schema) => {
      expect(readFileSync(join(ROOT, path), 'utf8')).toBe(renderSchema(schema));
    },
  );

  it('accepts the full example and every example of a hint, as the reader does', () => {
    const texts = [
      FULL_EXAMPLE,
      ...[...EXAMPLES.values()].map((text) => (text.startsWith('version') ? text : `version: 1\n${text}`)),
    ];
    for (const text of texts) {
      expect(() => parsePolicy(text, 'example')).not.toThrow();
      expect([text, validate(parse(text, { schema: 'core' }))]).toEqual([text, true]);
    }
  });

  it.each([
    'version: 1\nbaseUrl: x\n',
    'version: 1\nwaivers: [{ id: 3f2a9c01d4e5b687, rule: a, path: b, reason: c, owner: d, expires: x }]\n',
    'gate: {}\n',
  ])('refuses %j, as the reader does', (text) => {
    expect(validate(parse(text))).toBe(false);
    expect(() => parsePolicy(text, 'example')).toThrow(AssayError);
  });

  it('describes every key for editors', () => {
    const undescribed: string[] = [];
    const visit = (node: unknown, path: string): void => {
      if (typeof node !== 'object' || node === null) return;
      for (const [key, child] of Object.entries(Object(Reflect.get(node, 'properties')))) {
        if (typeof Reflect.get(Object(child), 'description') !== 'string') undescribed.push(`${path}.${key}`);
        visit(child, `${path}.${key}`);
      }
      visit(Reflect.get(node, 'items'), `${path}[]`);
    };
    visit(policyJsonSchema(), '');
    expect(undescribed).toEqual([]);
  });
});
