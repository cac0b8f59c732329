import { describe, expect, it } from 'vitest';
import { PackageAssets } from '#adapters/local/package-assets.ts';
import { createCodeIndex } from '#code/code-index.ts';
import { returnedValues } from '#code/returned-values.ts';
import { createMemoryWorkspace } from '../doubles/memory-workspace.ts';

const assets = new PackageAssets();

async function returned(path: string, text: string): Promise<readonly string[] | null> {
  const unit = await createCodeIndex(createMemoryWorkspace({ [path]: text }), assets).unit(path);
  if (unit.kind === 'failure') throw new Error('not understood');
  const definition = unit.functions.find(({ name }) => name === 'f');
  if (definition === undefined) throw new Error('no function f');
  return returnedValues(unit, definition)?.map(({ span }) => unit.textOf(span)) ?? null;
}

describe('what a function gives back', () => {
  it.each([
    ['every way', 'a.js', 'function f(x) { if (x) { return a; } return b; }', ['a', 'b']],
    ['an arrow’s expression', 'a.js', 'const f = (x) => x + 1;', ['x + 1']],
    [
      'not what a function inside gives back',
      'a.js',
      'function f(x) { go(() => { return a; }); return b; }',
      ['b'],
    ],
    [
      'the first of several results',
      'a.go',
      'package a\nfunc f(x string) (string, error) { return x, nil }',
      ['x'],
    ],
    ['a list whole', 'a.py', 'def f(x):\n    return [x, y]\n', ['[x, y]']],
    ['the last value in Ruby', 'a.rb', 'def f(x)\n  return a if x\n  b\nend', ['a', 'b']],
    [
      'the last values of both branches in Ruby',
      'a.rb',
      'def f(x)\n  if x\n    a\n  else\n    b\n  end\nend',
      ['a', 'b'],
    ],
    ['an endless method of Ruby', 'a.rb', 'def f(x) = Integer(x)', ['Integer(x)']],
    ['nothing', 'a.py', 'def f(x):\n    pass\n', []],
  ])('%s', async (_, path, text, expected) => {
    expect(await returned(path, text)).toEqual(expected);
  });

  it.each([
    ['a decorator may change it', 'a.py', '@mine\ndef f(x):\n    return int(x)\n'],
    ['it is a generator', 'a.py', 'def f(x):\n    yield x\n    return int(x)\n'],
    ['it is a generator', 'a.js', 'function* f(x) { yield x; return Number(x); }'],
    ['its results have names', 'a.go', 'package a\nfunc f(x string) (y string) { y = x; return }'],
    ['a block of Ruby leaves for it', 'a.rb', 'def f(x)\n  x.each { |y| return y }\n  1\nend'],
    ['a loop is its last value', 'a.rb', 'def f(x)\n  while x\n    x = g\n  end\nend'],
    ['it is not understood', 'a.js', 'function f(x) { if ( { return 1; }\n}'],
  ])('is not known where %s', async (_, path, text) => {
    expect(await returned(path, text)).toBeNull();
  });
});
