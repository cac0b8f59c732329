// What a workflow's text says of a job's permissions: known only where there is no doubt, and never from hostile text that is read slowly.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accessOf, declaredPermissions } from '#app/ci/declared-permissions.ts';
import { cpuTimeOf } from '../prompt/cpu-time.ts';

function found(text: string, job = 'a') {
  const declared = declaredPermissions(text, job);
  if (declared === null || 'jobLine' in declared) throw new Error('nothing is declared');
  return declared;
}

describe('the permissions of a job', () => {
  it('are its own, not those of its workflow', () => {
    const text =
      'permissions: write-all\njobs:\n  a:\n    permissions:\n      checks: read # for now\n\n      # more\n      contents: write\n    steps: []\n';
    const declared = found(text);
    expect(['checks', 'contents', 'statuses'].map((name) => accessOf(declared, name))).toEqual([
      'read',
      'write',
      'none',
    ]);
    expect([declared.lines.get('checks'), declared.newLine]).toEqual([5, 9]);
  });

  it('are those of the workflow where it has none', () => {
    const declared = found('jobs:\n  a: {}\npermissions:\n  checks: write\n');
    expect(accessOf(declared, 'checks')).toBe('write');
    expect(declared.newLine).toBe(5);
  });

  it.each([
    ['read-all', 'read'],
    ['write-all', 'write'],
    ['{}', 'none'],
  ])('%s is %s of everything', (word, access) => {
    expect(accessOf(found(`jobs:\n  a:\n    permissions: ${word}\n`), 'checks')).toBe(access);
  });

  it('may be undeclared, which is known too', () => {
    expect(declaredPermissions('on: push\njobs:\n  b: {}\n  a: {}\n', 'a')).toEqual({ jobLine: 4 });
  });

  it.each([
    'jobs:\n  a:\n    permissions: read\n',
    'jobs:\n  a:\n    permissions: [checks]\n',
    'jobs:\n  a:\n    permissions: { checks: true }\n',
    'jobs:\n  a:\n    permissions: { checks: { x: write } }\n',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the workflow
    'jobs:\n  a:\n    permissions: ${{ fromJSON(x) }}\n',
    'jobs:\n  a:\n    uses: ./b.yml\n',
    'jobs:\n  a: {}\n  b: { uses: x/y/.github/workflows/z.yml@v1 }\npermissions: {}\n',
    'jobs: [a]\npermissions: {}\n',
    'jobs:\n  a: null\npermissions: {}\n',
    'permissions: {}\n',
    '[]',
    '',
    '{',
    `#${'x'.repeat(300_000)}\njobs:\n  a: {}\npermissions: {}\n`,
  ])('are not known of %j', (text) => {
    expect(declaredPermissions(text, 'a')).toBeNull();
  });

  it('are read of any text without an error', () => {
    const piece = fc.constantFrom(
      ...['jobs:', 'a:', 'permissions:', 'contents: ', 'write', 'read-all', '{', '}', '[', '- ', '\n', '  '],
      ...['&x ', '*x', '!!map ', '? ', '"', '\t', '%YAML 1.1', '---', '__proto__:', '<<: '],
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 60 }),
        fc.constantFrom('a', '__proto__', ''),
        (pieces, job) => {
          const declared = declaredPermissions(pieces.join(''), job);
          if (declared === null || 'jobLine' in declared) return;
          expect(declared.newLine).toBeGreaterThan(0);
          expect(['none', 'read', 'write']).toContain(accessOf(declared, 'checks'));
        },
      ),
    );
  });

  it('are looked for no longer than a moment', async () => {
    for (const text of [
      '{a: '.repeat(60_000),
      '- '.repeat(120_000),
      'a: &b [*b]\n'.repeat(20_000),
      'k: v\n'.repeat(50_000),
    ]) {
      expect(await cpuTimeOf(() => declaredPermissions(text, 'a'))).toBeLessThan(3000);
    }
  });
});
