import { expect, test } from 'vitest';
import { scopeFindings } from '#scope/scope-findings.ts';
import { at, changedFile, hunk, inSource, makeContext, makeFinding } from './scope-fixtures.ts';

test('in Chinese, why a finding is new and why its suppression does not count are Chinese', async () => {
  const finding = makeFinding(at('a.py', 5), { suppressions: [inSource()] });
  const files = [changedFile('a.py', [hunk(4, 1, 4, 2)])];
  const texts = { 'a.py': 'a\nb\nc\nd\neval(x)  # nosec\n' };
  const [scoped] = await scopeFindings([finding], makeContext(files, { texts, language: 'zh-CN' }));
  expect(scoped?.scope.why).toBe('第 5 行由本次变更新增或修改');
  expect(scoped?.suppression?.why).toBe('第 5 行的注释由本次变更新增或修改');
});

test('in Chinese, a reason inside of a reason is Chinese too', async () => {
  const files = [changedFile('a.py', [hunk(1, 2, 0, 0)], { status: 'added', oldPath: null })];
  const added = await scopeFindings([makeFinding(at('a.py', 5))], makeContext(files, { language: 'zh-CN' }));
  expect(added[0]?.scope.why).toBe('该文件由本次变更新增');
  const deleted = [changedFile('a.py', [hunk(3, 2, 2, 0)])];
  const functions = [['a.py', 1, 9]] as const;
  const around = makeContext(deleted, { functions, language: 'zh-CN' });
  const [scoped] = await scopeFindings([makeFinding(at('a.py', 5))], around);
  expect(scoped?.scope.why).toBe('所在函数（第 1–9 行）中删除或替换了 2 行');
});
