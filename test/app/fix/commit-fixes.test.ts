import { expect, it } from 'vitest';
import { commitMessage } from '#app/fix/commit-fixes.ts';
import { aDependency, aDependencyFinding, anUpgrade } from '../../doubles/dependency-finding.ts';

it.each([
  ['@mona/kit', 'CVE-2026-1', 'mona/kit to 1.2.3, for CVE-2026-1'],
  ['kit', 'GH-7', 'kit to 1.2.3, for weakness'],
  ['kit fixes #12', '@mona', '(odd name) to 1.2.3, for mona'],
])('a commit names %s and %s without calling anybody', (name, ruleId, said) => {
  const dependency = aDependency({ upgrade: anUpgrade({ to: '1.2.3', breaking: false }) });
  const finding = aDependencyFinding({
    ruleId,
    dependency: { ...dependency, package: { ...dependency.package, name } },
  });
  expect(commitMessage([finding], [])).toContain(`: ${said}\n`);
});
