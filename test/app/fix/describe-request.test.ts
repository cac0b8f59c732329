// The text of a request with fixes, where outside text does its worst.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeRequest, type RequestFacts } from '#app/fix/open/describe-request.ts';
import { keepHarmless } from '#app/fix/open/keep-harmless.ts';
import {
  digestOfTip,
  markOfText,
  readMark,
  visibleOf,
  withMark,
  withTrailer,
} from '#app/fix/open/request-mark.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import { lastLook } from '../../../src/publish/last-look.ts';
import { createSeal } from '../../../src/publish/marker.ts';
import {
  aDependency,
  aDependencyFinding,
  anUpgrade,
  aVulnerability,
} from '../../doubles/dependency-finding.ts';
import { hostileText } from '../../doubles/hostile-text.ts';
import { aFinding } from '../../doubles/result-document.ts';

const upgradeOf = (name: string, to: string, over: Parameters<typeof anUpgrade>[0] = {}): FindingRecord =>
  aDependencyFinding({
    patch: null,
    dependency: aDependency({
      package: { ecosystem: 'npm', name, version: '1.0.0', purl: null },
      versions: ['1.0.0'],
      vulnerability: aVulnerability({ id: `CVE-${name}` }),
      upgrade: anUpgrade({ package: name, to, ...over }),
    }),
  });
const facts = (done: readonly FindingRecord[], over: Partial<RequestFacts> = {}): RequestFacts => ({
  ...{ language: 'en', head: null, done, all: done, leftOut: [], locks: [], commands: [], checks: new Map() },
  ...over,
});
const seal = createSeal({ host: 'github', change: 'a/b@c', key: null });

describe('the title says what is done', () => {
  test.each([
    ['Raise log-kit to 2.17.1 and fix 2 findings', [upgradeOf('log-kit', '2.17.1'), aFinding(), aFinding()]],
    ['Raise a to 1.1.0 and b to 2.0.0', [upgradeOf('a', '1.1.0'), upgradeOf('b', '2.0.0')]],
    ['Raise 3 packages', ['a', 'b', 'c'].map((name) => upgradeOf(name, '1.1.0'))],
    ['Raise one package', [upgradeOf('@scope/kit', '1.1.0')]],
    ['Raise one package', [upgradeOf('kit', '#12 @all')]],
    ['Fix one finding', [aFinding()]],
  ])('%s', (title, done) => {
    expect(describeRequest(facts(done)).title).toBe(title);
  });
});

test('what remains is a part of what was there, and is told with why', () => {
  const first = upgradeOf('kit', '1.1.0', {
    remains: ['CVE-old', 'CVE-elsewhere'],
    text: '`CVE-old` stays.',
  });
  const old = aDependencyFinding({
    dependency: aDependency({ ...first.dependency, vulnerability: aVulnerability({ id: 'CVE-old' }) }),
  });
  const { body } = describeRequest(facts([first], { all: [first, old] }));
  expect(body).toContain('| `CVE-kit`, `CVE-old` | `CVE-old` |');
  expect(body).toContain('- `kit 1.1.0`: `CVE-old`. `CVE-old` stays.');
  expect(body).not.toContain('elsewhere');
});

test('an upgrade to a version with a vulnerability of its own is left out', () => {
  const bad = upgradeOf('kit', '1.1.0', { remains: ['CVE-new'] });
  const good = upgradeOf('other', '1.1.0');
  const fixable = [bad, good].map((finding) => ({ finding, patch: finding.patch }));
  const { kept, leftOut } = keepHarmless(fixable, [bad, good], null);
  expect(kept.map(({ finding }) => finding)).toEqual([good]);
  expect(leftOut[0]?.why).toContain('`CVE-new`');
});

test('nothing in it is live, whatever reports, code and tools say', () => {
  fc.assert(
    fc.property(hostileText, hostileText, fc.constantFrom('en', 'zh-CN'), (one, other, language) => {
      const bad = upgradeOf(one, other, { text: one, remains: [`CVE-${one}`], breaking: null });
      const code = aFinding({ ruleId: one });
      const text = describeRequest(
        facts([bad, code], {
          ...{ language, head: one, leftOut: [{ finding: code, why: `It is so: ${other}` }], locks: [one] },
          commands: [{ folder: one, lines: [other] }],
        }),
      );
      const body = withMark(text.body, markOfText('0'.repeat(64), text), seal);
      for (const posted of [text.title, body])
        expect(lastLook(posted, { allowedLinkPrefixes: [] })).toBeNull();
    }),
    { numRuns: 150 },
  );
});

test('thousands of fixes fit into what hosts take, and are counted', () => {
  const many = Array.from({ length: 3000 }, (_, index) =>
    upgradeOf(`kit-${index}-${'x'.repeat(90)}`, '1.1.0'),
  );
  const { title, body } = describeRequest(facts(many));
  expect(title).toBe('Raise 3000 packages');
  expect(body.length).toBeLessThan(60_500);
  expect(body).toMatch(/And \d{4} more\./);
  expect(lastLook(body, { allowedLinkPrefixes: [] })).toBeNull();
});

describe('marks', () => {
  const signed = createSeal({ host: 'github', change: 'a/b@c', key: 'k'.repeat(32) });
  const elsewhere = createSeal({ host: 'github', change: 'a/b@d', key: 'k'.repeat(32) });
  const text = { title: 'T', body: 'B\n\nC' };
  const mark = markOfText('a'.repeat(64), text);

  test('a mark is read again whatever people write around it, and line ends become', () => {
    const body = withMark(text.body, mark, signed);
    expect(readMark(body, signed)).toEqual(mark);
    expect(readMark(`Before.\n${body}\nBelow.\r`, signed)).toEqual(mark);
    expect(visibleOf(body)).toBe(text.body);
  });

  test('one that is not ours is none: unsigned, carried over, doubled, changed', () => {
    const body = withMark(text.body, mark, signed);
    for (const other of [
      withMark(text.body, mark, seal),
      withMark(text.body, mark, elsewhere),
      `${body}\n${body}`,
      body.replace('fix=aa', 'fix=bb'),
    ])
      expect(readMark(other, signed)).toBeNull();
  });

  test('so is a trailer: of others, unsigned, doubled', () => {
    const message = withTrailer('Fix', 'a'.repeat(64), signed);
    const tip = { commit: '', isOwn: true, message };
    expect(digestOfTip(tip, signed)).toBe('a'.repeat(64));
    expect(digestOfTip({ ...tip, isOwn: false }, signed)).toBeNull();
    expect(digestOfTip({ ...tip, message: withTrailer('Fix', 'a'.repeat(64), seal) }, signed)).toBeNull();
    expect(digestOfTip({ ...tip, message: `${message}${message}` }, signed)).toBeNull();
    expect(digestOfTip(tip, elsewhere)).toBeNull();
  });
});
