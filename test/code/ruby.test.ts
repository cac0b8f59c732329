import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCodeIndex } from '#code/code-index.ts';
import type { SourceUnit } from '#code/source-unit.ts';
import { createMemoryWorkspace } from '../doubles/memory-workspace.ts';
import { assets } from '../evidence/evidence-of.ts';

const read = async (text: string): Promise<SourceUnit> =>
  (await createCodeIndex(createMemoryWorkspace({ 'a.rb': text }), assets).unit('a.rb')) as SourceUnit;

describe('a Ruby file', () => {
  it('tells methods with their lines; a class body is nobody’s method', async () => {
    const unit = await read(
      'class A\n  private def m(a)\n    1\n  end\n  def self.s = 2\n  attr_reader :x\nend\n',
    );
    expect(unit.functionAt(3, 3, false)?.name).toBe('m');
    expect(unit.functionAt(5, 5, false)?.name).toBe('s');
    expect(unit.functionAt(6, 6, false)).toBeNull();
  });

  it('reads keywords, a literal hash at the end and blocks as what they are', async () => {
    const [site] = (await read("f a, b: 1, :c => 2, 'd' => 3, **e, &g\n")).callsOn(1);
    expect(site?.arguments.map(({ name }) => name)).toEqual([null, 'b', 'c', 'd', null, '&']);
    const [hash] = (await read('f(a, { b: 1 })\n')).callsOn(1);
    expect(hash?.arguments.map(({ name }) => name)).toEqual([null, 'b']);
    const [computed] = (await read('f(a => 1)\n')).callsOn(1);
    expect(computed?.arguments.map(({ name }) => name)).toEqual([null]);
  });

  it('gives a block the variables that nothing around it assigns', async () => {
    const unit = await read('def m(q)\n  a = 1\n  q.each { |x| a = 2; b = 3; q = 4 }\nend\n');
    const block = unit.functions.find(({ kind }) => kind === 'lambda');
    expect(block?.body.flatMap((one) => (one.kind === 'declare' ? [one.name] : []))).toEqual(['b']);
  });

  it('says where it was not understood', async () => {
    expect((await read('def m(\n')).errors.length).toBeGreaterThan(0);
  });

  it('is lowered whatever is in it', async () => {
    const words = [
      'def m',
      'end',
      'a',
      '=',
      '|x|',
      '{',
      '}',
      '(',
      ')',
      '[',
      ']',
      'do',
      'if',
      'unless',
      'case',
      'when',
      'in',
      '=>',
      '<<~X\n',
      'X\n',
      '#{',
      '"',
      "'",
      '`',
      '%w[',
      ':a',
      '@b',
      '$c',
      '<<',
      '&',
      '*',
      '**',
      '->',
      'rescue',
      'begin',
      'class A',
      '\n',
      ';',
      'yield',
      '?a',
      '/',
    ];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...words), { maxLength: 40 }), async (parts) => {
        expect((await read(parts.join(' '))).kind).toBe('unit');
      }),
      { numRuns: 150 },
    );
  });

  it('may be nested as deeply as it likes', async () => {
    expect((await read(`a = ${'['.repeat(3000)}${']'.repeat(3000)}`)).kind).toBe('unit');
  });
});
