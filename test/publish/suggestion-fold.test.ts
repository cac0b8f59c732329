import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ANCHOR_REASONS, DIFF_REASONS } from '../../src/publish/anchors/placement-reasons.ts';
import { PLACEMENT_WORDS } from '../../src/publish/anchors/placement-words.ts';
import { renderPatchFold } from '../../src/publish/anchors/render-patch-fold.ts';
import { hostileText } from '../doubles/hostile-text.ts';
import { hiddenCharacters, liveParts, readMarkdown } from '../doubles/markdown-reader.ts';

const DIFF = 'diff --git a/a.ts b/a.ts\n--- a/a.ts\n+++ b/a.ts\n@@ -1 +1 @@\n-a\n+b\n';

describe('a patch that is no suggestion', () => {
  it('is folded away, with the line that applies it', () => {
    expect(renderPatchFold(DIFF, 'assay-out/patches/0a1b.patch')).toBe(
      `<details><summary>Suggested change as a patch</summary>

\`\`\`sh
git apply assay-out/patches/0a1b.patch
\`\`\`

\`\`\`diff
${DIFF}\`\`\`

</details>
`,
    );
  });

  it('shows only that line when it is long', () => {
    const fold = renderPatchFold(`${DIFF}${'+x\n'.repeat(10_000)}`, 'out/p.patch');
    expect(fold).toContain('git apply out/p.patch');
    expect(fold).toContain('too long');
    expect(fold.length).toBeLessThan(300);
    expect(renderPatchFold(DIFF, 'p', PLACEMENT_WORDS.en, DIFF.length)).toContain('+b');
    expect(renderPatchFold(DIFF, 'p', PLACEMENT_WORDS.en, DIFF.length - 1)).not.toContain('+b');
  });

  it('speaks the language of the comment', () => {
    const fold = renderPatchFold(DIFF, 'p.patch', PLACEMENT_WORDS['zh-CN'], 10);
    expect(fold).toContain('以补丁形式给出的建议修改');
    expect(fold).toContain('补丁过长');
  });

  it('stays inside its fences whatever it holds, and shows what is hidden', () => {
    fc.assert(
      fc.property(
        fc.oneof(hostileText, fc.string({ unit: fc.constantFrom('`', '\n', '~', '<', 'a', '\r') })),
        (text) => {
          const fold = renderPatchFold(`${DIFF}+${text}\n`, 'p.patch');
          expect(liveParts(fold)).toEqual([]);
          expect(hiddenCharacters(fold)).toEqual([]);
          expect(readMarkdown(fold).code).toHaveLength(2);
        },
      ),
    );
  });

  it('names a file that a shell reads as one word, and never as an option', () => {
    const folder = fc.string({
      unit: fc.constantFrom("'", '"', '$', '`', ' ', '\\', '-', ';', 'a', '/', '(', '*'),
      minLength: 1,
    });
    fc.assert(
      fc.property(folder, (name) => {
        const [command = ''] = readMarkdown(renderPatchFold(DIFF, name)).code;
        const words = execFileSync('sh', ['-c', command.replace(/^git apply/, "printf '%s\\0'")], {
          encoding: 'utf8',
        });
        expect(words).toBe(`${name.startsWith('-') ? './' : ''}${name}\0`);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the reasons why something stands elsewhere', () => {
  it('have words of their own in each language', () => {
    for (const { anchor, diff } of Object.values(PLACEMENT_WORDS)) {
      expect(Object.keys(anchor).sort()).toEqual([...ANCHOR_REASONS].sort());
      expect(Object.keys(diff).sort()).toEqual([...DIFF_REASONS].sort());
      for (const words of [anchor, diff]) {
        const texts = Object.values<string>(words);
        expect(new Set(texts).size).toBe(texts.length);
        expect(texts.every((text) => !/[.。`]/.test(text))).toBe(true);
      }
    }
  });
});
