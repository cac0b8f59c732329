import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { reprove } from '#patch/reprove.ts';
import { createDraftCode } from '../../src/app/draft-code.ts';
import { createMemoryWorkspace } from '../doubles/memory-workspace.ts';
import { HOSTILE_PATCHES } from './hostile-patches.ts';
import { assets, diffShowing, type FixCase, findingWith, patchAll, patchOne } from './scanner-fix.ts';

const TEXT = 'def f(a):\n    return a == None\n';
const MENDING: FixCase = { path: 'src/a.py', text: TEXT, swaps: [['== None', 'is None']], language: 'zh-CN' };

/** What is left of a sentence without what stands apart in it and the few names that have no Chinese. */
function foreignWords(sentence: string): readonly string[] {
  return (
    sentence
      .replace(/`[^`]*`/g, '')
      .replace(/\b(?:Assay|UTF-8|git|head|shell|URL|AWS access key id)\b/g, '')
      .match(/[A-Za-z]+/g) ?? []
  );
}

/** What a workspace says of a file is its own words. */
const REFUSED = HOSTILE_PATCHES.filter(({ workspace }) => workspace === undefined);

describe('in Chinese', () => {
  test.each(REFUSED.map((one) => [one.name, one] as const))('why %s is refused', async (_name, one) => {
    const { refusedPatches } = await patchOne({ ...one, language: 'zh-CN' });
    expect(refusedPatches).not.toEqual([]);
    for (const { why } of refusedPatches) {
      expect(foreignWords(why), why).toEqual([]);
      expect(why).toMatch(/。$/);
    }
  });

  test('what was checked of a patch', async () => {
    const { patch } = await patchOne(MENDING);
    expect(patch?.checks.map(({ text }) => text)).toEqual([
      '已应用于该文件在 head 处的内容。',
      '改动很小，只涉及本次变更，且没有引入不允许的内容。',
      '应用补丁后文件可以解析。',
      '该弱点此前未被证明，因此未检查其是否消除。应用补丁后没有证明新的弱点。',
      '未构建：Assay 不执行项目的构建。',
      '未测试：Assay 不执行项目的测试。',
    ]);
  });

  test('what was not checked, and why', async () => {
    const { patch } = await patchOne({ ...MENDING, path: 'src/a.txt' });
    expect(patch?.checks.at(2)?.text).toBe('未检查语法。Assay 不认识该文件的语言。');
  });

  test('that a fix was not tried', async () => {
    const many = Array.from({ length: 301 }, (_, index) => ({ ...findingWith(MENDING), id: `f${index}` }));
    const workspace = createMemoryWorkspace({ 'src/a.py': TEXT });
    const patched = await patchAll(many, workspace, diffShowing('src/a.py', 1, 2), 'zh-CN');
    expect(patched.at(-1)?.refusedPatches.map(({ why }) => why)).toEqual([
      '每次运行只为最严重的 300 个发现项尝试修复，该发现不在其中。',
    ]);
  });

  test('what was seen of a patch that was read back, and why one is not believed', async () => {
    const { patch } = await patchOne(MENDING);
    if (patch === null) throw new Error('no patch');
    const { understand } = createDraftCode(assets);
    const place = { path: 'src/a.py', startLine: 2, endLine: 2 };
    const context = {
      place,
      cwe: [],
      reviewDiff: diffShowing('src/a.py', 1, 2),
      understand,
      language: 'zh-CN',
    } as const;
    const proved = await reprove(patch, Buffer.from(TEXT), context);
    expect(proved.kind === 'proved' ? proved.checks.map(({ text }) => text) : proved).toEqual(
      patch.checks.slice(0, 3).map(({ text }) => text),
    );
    expect(await reprove(patch, Buffer.from('x\n'), context)).toEqual({
      kind: 'refused',
      why: 'head 处的文件不是该补丁所针对的文件。',
    });
  });
});
