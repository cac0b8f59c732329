import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCodeIndex } from '#code/code-index.ts';
import type { SourceUnit } from '#code/source-unit.ts';
import { createMemoryWorkspace } from '../doubles/memory-workspace.ts';
import { assets } from '../evidence/evidence-of.ts';

const read = async (text: string): Promise<SourceUnit> =>
  (await createCodeIndex(createMemoryWorkspace({ 'a.php': text }), assets).unit('a.php')) as SourceUnit;

describe('a PHP file', () => {
  it('tells functions, methods and closures with their lines', async () => {
    const unit = await read(
      '<?php\nfunction f($a) {\n}\nclass K { function m() { return fn($x) => $x; } }\n',
    );
    expect(unit.functions.map(({ name, kind, span }) => [name, kind, span.line])).toEqual([
      ['f', 'function', 2],
      ['m', 'method', 4],
      ['', 'lambda', 4],
    ]);
  });

  it('resolves names through its imports, groups and aliases included', async () => {
    const unit = await read('<?php\nuse A\\B as C;\nuse X\\{Y, Z as W};\nC::f(); W::g(); (new Y())->h();\n');
    expect(unit.callsOn(4).map(({ path, callee }) => path ?? callee)).toEqual([
      'A.B.f',
      'X.Z.g',
      '(newY())->h',
      'X.Y',
    ]);
  });

  it('finds calls between HTML, and what `<?=` prints', async () => {
    const unit = await read(
      '<p><?= f($a) ?></p>\n<?php if ($a): ?>\n<b><?php echo g(); ?></b>\n<?php endif ?>\n',
    );
    expect(unit.callsOn(1).map(({ call }) => call.callee.kind === 'name' && call.callee.name)).toEqual([
      'echo',
      'f',
    ]);
    expect(unit.callsOn(3).map(({ call }) => call.callee.kind === 'name' && call.callee.name)).toEqual([
      'echo',
      'g',
    ]);
  });

  it('says where it was not understood', async () => {
    expect((await read('<?php\n$a = ;\n')).errors.length).toBeGreaterThan(0);
  });

  it('is lowered whatever is in it', async () => {
    const words = [
      '<?php ',
      '$a',
      '=',
      '&',
      '[',
      ']',
      '(',
      ')',
      '{',
      '}',
      ';',
      '"',
      "'",
      '$$',
      'list',
      'fn',
      '=>',
      'foreach',
      'as',
      '<<<X\n',
      'X;\n',
      '?>',
      'class K',
      'match',
      'use',
      '\\',
      'break 2',
      'switch',
      ':',
      '`',
    ];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...words), { maxLength: 40 }), async (parts) => {
        expect((await read(`<?php ${parts.join(' ')}`)).kind).toBe('unit');
      }),
      { numRuns: 150 },
    );
  });

  it('may be nested as deeply as it likes', async () => {
    expect((await read(`<?php $a = ${'['.repeat(3000)}${']'.repeat(3000)};`)).kind).toBe('unit');
  });
});
