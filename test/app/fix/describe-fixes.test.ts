// What `assay fix` says of an upgrade on the terminal, in the language of the run.
import { expect, test } from 'vitest';
import { describeFixes } from '../../../src/app/fix/describe-fixes.ts';
import { phraseBookOf } from '../../../src/app/phrase-book.ts';
import { aDependency, aDependencyFinding, anUpgrade } from '../../doubles/dependency-finding.ts';

const breaking = aDependencyFinding({
  dependency: aDependency({ upgrade: anUpgrade({ to: '5.0.0', breaking: true }) }),
});
const nothing = { made: [], there: [], leftOut: [], commands: [], locks: [], closing: [] };

test.each([
  ['en', 'lodash 4.17.20 → 5.0.0, breaking (CVE-2021-23337)'],
  ['zh-CN', 'lodash 4.17.20 → 5.0.0，不兼容（CVE-2021-23337）'],
] as const)('an upgrade that may break callers is told so in %s', (language, words) => {
  const report = { ...nothing, isWritten: false, lockAlone: [breaking] };
  expect(describeFixes(report, phraseBookOf(language))).toContain(words);
});
