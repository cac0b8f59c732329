// Rows 19, 20, 36: what a change or a report holds cannot keep a run about dependencies busy without end.
import { describe, expect, test } from 'vitest';
import { ecosystemRules } from '../../src/reachability/ecosystems/all-ecosystems.ts';

const ECOSYSTEMS = ['npm', 'PyPI', 'Maven', 'Go', 'crates.io', 'RubyGems', 'NuGet', 'Packagist'];
const PIECES = [
  'x',
  'require',
  'import',
  'import ',
  'require ',
  'from ',
  'export type ',
  'require(',
  'import(/**/',
  ' ',
  '\n',
  '\t ',
  '(',
  '"',
  "'",
  '`',
  '/*',
  '*/',
  '//',
  '#',
  '\\',
  '.',
  '::',
  ';',
  ',',
  '{',
  '$',
  'a.b',
  'a::b',
  'eval(',
  'new ',
  'new  Function ',
  'use ',
  'use a::{',
  'extern crate ',
  'static ',
  'import static ',
  'import a.',
  'from . ',
  'from a import (',
  'import_module(',
  '__import__',
  'getattr(',
  'Class.forName(',
  'include ',
  'include_once(',
  'new \\A',
  'A\\',
  'using ',
  'using static ',
  'using A = ',
  'global::',
  'require_relative ',
  'Bundler.require',
  'autoload :',
  'Gem::',
  'plugin.',
  'test',
  "'test",
  '"test-',
  '/test',
  '<script ',
  '<script',
  '@',
  '@a/',
  'define([',
  'resolve(',
  'System.import(',
  'createRequire(',
  'await ',
  'typeof require',
  '%',
  '-',
  '_',
  'é',
  'ServiceLoader.load(',
  'loadClass(',
  'Assembly.Load(',
  'class_exists(',
  '<?php ',
  '#[path',
  'mod ',
  'macro_rules!',
  '#include',
];

const LENGTH = 64 * 1024;

describe('a source that only repeats itself is searched in no time', () => {
  test.each(ECOSYSTEMS)('as one of %s', (ecosystem) => {
    const rules = ecosystemRules(ecosystem);
    if (rules === null) throw new Error('no rules');
    const slow: string[] = [];
    for (const piece of PIECES)
      for (const start of ['', 'import ', '"', 'require(', 'use ', 'from ']) {
        const text = start + piece.repeat(Math.ceil(LENGTH / piece.length));
        const before = process.cpuUsage();
        rules.scan(text, 'a.js');
        const { user } = process.cpuUsage(before);
        if (user > 400_000) slow.push(`${JSON.stringify(start)} ${JSON.stringify(piece)} ${user / 1000} ms`);
      }
    expect(slow).toEqual([]);
  });
});
