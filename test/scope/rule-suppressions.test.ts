import { describe, expect, it } from 'vitest';
import type { ChangedFile } from '#domain/change.ts';
import type { RawSuppression } from '#domain/report.ts';
import { scopeFindings } from '#scope/scope-findings.ts';
import { hasBlockMarker, hasMarker } from '#scope/suppression-markers.ts';
import { at, changedFile, hunk, inSource, makeContext, makeFinding } from './scope-fixtures.ts';

interface Situation {
  readonly suppressions?: readonly RawSuppression[];
  readonly files?: readonly ChangedFile[] | null;
  readonly text?: string;
  readonly line?: number;
  readonly acceptExternalSuppressions?: boolean;
  readonly functions?: readonly (readonly [string, number, number])[];
}

async function rule(situation: Situation) {
  const { suppressions = [inSource()], files = [], text = '', line = 3, ...rest } = situation;
  const finding = makeFinding(at('a.py', line), { suppressions });
  const [scoped] = await scopeFindings([finding], makeContext(files, { texts: { 'a.py': text }, ...rest }));
  return scoped?.suppression;
}

const OLD = 'import os\n\nos.system(x)  # nosec\nprint(1)\n';

describe('a comment in the source suppresses a finding', () => {
  it('when it stands in the base too', async () => {
    expect(await rule({ text: OLD })).toEqual({
      kind: 'inSource',
      honoured: true,
      why: 'the comment on line 3 is in the base too',
    });
    expect(await rule({ text: OLD, files: [changedFile('a.py', [hunk(4, 1, 4, 1)])] })).toMatchObject({
      honoured: true,
    });
  });

  it('but not when the change adds or edits it', async () => {
    expect(await rule({ text: OLD, files: [changedFile('a.py', [hunk(3, 1, 3, 1)])] })).toEqual({
      kind: 'inSource',
      honoured: false,
      why: 'the comment on line 3 was added or modified by this change',
    });
  });

  it('on the line above, in the comments above it, or at the function around', async () => {
    const above = '# nosemgrep: rule\n# because\nos.system(x)\n';
    expect(await rule({ text: above })).toMatchObject({
      honoured: true,
      why: expect.stringContaining('line 1'),
    });
    const added = [changedFile('a.py', [hunk(0, 0, 1, 1)])];
    expect(await rule({ text: above, files: added })).toMatchObject({ honoured: false });
    const around = '@SuppressWarnings("sql")\nvoid load() {\n  x();\n  y();\n  z();\n}\n';
    expect(await rule({ text: around, line: 5, functions: [['a.py', 2, 6]] })).toMatchObject({
      honoured: true,
    });
  });

  it('as a block that starts further above or at the top of the file', async () => {
    const block = `/* eslint-disable */\n${'x();\n'.repeat(400)}`;
    expect(await rule({ text: block, line: 300 })).toMatchObject({
      honoured: true,
      why: 'the comment on line 1 is in the base too',
    });
    const middle = `${'x();\n'.repeat(40)}// NOLINTBEGIN\n${'x();\n'.repeat(20)}`;
    expect(await rule({ text: middle, line: 55 })).toMatchObject({ honoured: true });
  });

  it('but not through a block that the change opens, however far above', async () => {
    const text = `${'x();\n'.repeat(100)}/* eslint-disable */\n${'x();\n'.repeat(900)}`;
    const files = [changedFile('a.py', [hunk(100, 0, 101, 1)])];
    expect(await rule({ text, line: 900, files })).toEqual({
      kind: 'inSource',
      honoured: false,
      why: 'the comment on line 101 was added or modified by this change',
    });
  });

  it('but not when the change adds another comment next to an old one', async () => {
    const text = '# noqa: E501\n\nos.system(x)  # nosec\n';
    expect(await rule({ text, files: [changedFile('a.py', [hunk(3, 1, 3, 1)])] })).toMatchObject({
      honoured: false,
    });
    const both = '# noqa: E501\nos.system(x)  # nosec\n';
    const files = [changedFile('a.py', [hunk(2, 1, 2, 1)])];
    expect(await rule({ text: both, line: 2, files })).toMatchObject({ honoured: false });
  });

  it('but not from a line marker that belongs to another line', async () => {
    const text = 'a()  # nosec\nb()\nos.system(x)\n';
    expect(await rule({ text })).toEqual({
      kind: 'inSource',
      honoured: false,
      why: 'no suppressing comment was found around line 3, so its age cannot be told',
    });
  });

  it('in a file that the change adds: never', async () => {
    const files = [changedFile('a.py', [hunk(0, 0, 1, 4)], { status: 'added', oldPath: null })];
    expect(await rule({ text: OLD, files })).toMatchObject({ honoured: false });
  });

  it('at the line that the report gives, whatever the comment is called', async () => {
    const region = { startLine: 1, startColumn: null, endLine: null, endColumn: null };
    const offsets = { charOffset: null, charLength: null, byteOffset: null, byteLength: null };
    const location = {
      uri: 'a.py',
      uriProblem: null,
      region: { ...region, ...offsets },
      message: null,
      logicalNames: [],
    };
    const suppressions = [inSource({ location })];
    const text = '# house-rule: quiet\n\nos.system(x)\n';
    expect(await rule({ text, suppressions })).toMatchObject({ honoured: true });
    const files = [changedFile('a.py', [hunk(1, 1, 1, 1)])];
    expect(await rule({ text, suppressions, files })).toMatchObject({ honoured: false });
    const elsewhere = [inSource({ location: { ...location, uri: 'other.py' } })];
    expect(await rule({ text, suppressions: elsewhere })).toMatchObject({ honoured: false });
  });

  it('whenever nothing is under review', async () => {
    expect(await rule({ files: null })).toMatchObject({ honoured: true });
  });

  it('but not where the place of the finding is not known', async () => {
    const finding = makeFinding({ ...at('a.py', 3), resolved: false }, { suppressions: [inSource()] });
    const [scoped] = await scopeFindings([finding], makeContext([], { texts: { 'a.py': OLD } }));
    expect(scoped?.suppression).toMatchObject({ honoured: false });
  });
});

describe('a suppression from outside the source', () => {
  const suppressions = [inSource({ kind: 'external' })];

  it('counts only when the policy says so, with or without a base', async () => {
    for (const files of [null, []]) {
      expect(await rule({ suppressions, files })).toEqual({
        kind: 'external',
        honoured: false,
        why: 'it was made outside the source, which the policy does not accept',
      });
      expect(await rule({ suppressions, files, acceptExternalSuppressions: true })).toMatchObject({
        honoured: true,
      });
    }
  });

  it('of an unknown kind never counts', async () => {
    const unknown = [inSource({ kind: 'trust-me' })];
    expect(
      await rule({ suppressions: unknown, files: null, acceptExternalSuppressions: true }),
    ).toMatchObject({
      honoured: false,
    });
  });
});

describe('a suppression that is not accepted', () => {
  it.each([
    ['rejected', 'it was rejected'],
    ['underReview', 'it is still under review'],
    ['ACCEPTED', 'its status is not one that SARIF knows'],
  ])('(%s) never counts, and outweighs those that are', async (status, why) => {
    const suppressions = [inSource(), inSource({ status })];
    expect(await rule({ suppressions, text: OLD, files: null })).toEqual({
      kind: 'inSource',
      honoured: false,
      why,
    });
  });
});

describe('of several suppressions', () => {
  it('one that counts is enough, and it is the one that is shown', async () => {
    const suppressions = [inSource({ kind: 'external' }), inSource()];
    expect(await rule({ suppressions, text: OLD })).toMatchObject({ kind: 'inSource', honoured: true });
  });

  it('none is shown where there is none', async () => {
    expect(await rule({ suppressions: [] })).toBeNull();
  });
});

describe('the comments that scanners obey', () => {
  it.each([
    'x = 1  # nosec B602',
    'run(x) // #nosec G204 -- ok',
    'x  # nosemgrep: rule',
    'x(); // NOLINT(cert-env33-c)',
    '// NOLINTNEXTLINE',
    'x() //nolint:gosec',
    'x(); // NOSONAR',
    'x  # noqa: S602',
    '// eslint-disable-next-line no-eval',
    'x(); // eslint-disable-line',
    '// biome-ignore lint/security: ok',
    '// codeql[js/sql-injection]',
    '// lgtm [java/xss]',
    '@SuppressWarnings("java:S2076")',
    '@SuppressFBWarnings("SQL")',
    '[SuppressMessage("Security", "CA2100")]',
    '#pragma warning disable CA3001',
    '// cppcheck-suppress bufferAccessOutOfBounds',
    'strcpy(a, b); /* Flawfinder: ignore */',
    'key = "x" # gitleaks:allow',
    '# rubocop:disable Security/Eval',
    '// phpcs:ignore WordPress.Security',
    '/** @phpstan-ignore-next-line */',
    '// secretlint-disable-line',
    '#checkov:skip=CKV_AWS_20:ok',
    '#trivy:ignore:AVD-AWS-0086',
    '#tfsec:ignore:aws-s3',
    '# kics-scan ignore-line',
    '# shellcheck disable=SC2086',
    '// njsscan-ignore: eval',
  ])('are known: %s', (line) => {
    expect(hasMarker(line)).toBe(true);
  });

  it.each(['const suppressed = true;', 'nosecret()', 'noqaz', 'ignore(trivy)', '// a plain comment', ''])(
    'are not seen in %j',
    (line) => {
      expect(hasMarker(line)).toBe(false);
    },
  );

  it('tell a block from a line', () => {
    expect(hasBlockMarker('/* eslint-disable no-eval */')).toBe(true);
    expect(hasBlockMarker('// eslint-disable-next-line no-eval')).toBe(false);
    expect(hasBlockMarker('x()  # nosec')).toBe(false);
  });

  it('are looked for quickly in hostile lines', () => {
    const lines = [
      'trivy: '.repeat(9000),
      ' '.repeat(65_536),
      `@Suppress${' '.repeat(65_536)}`,
      'fortify_'.repeat(8000),
    ];
    const started = performance.now();
    for (const line of lines) hasMarker(line) || hasBlockMarker(line);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
