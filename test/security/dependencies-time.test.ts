// Rows 19, 20, 36: what a change or a report holds cannot keep a run about dependencies busy without end.
import { describe, expect, test } from 'vitest';
import { collectDependencyFindings } from '../../src/dependencies/collect-dependency-findings.ts';
import { pathsTo } from '../../src/manifests/paths-to.ts';
import { ecosystemRules } from '../../src/reachability/ecosystems/all-ecosystems.ts';
import { aProject, aResult } from '../dependencies/a-project.ts';

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

describe('a lock file in a circle, where everything needs everything’s first', () => {
  const count = 2_000;
  const place = { path: 'package-lock.json', startLine: 1, startColumn: null, endLine: 1, endColumn: null };
  const packages = Array.from({ length: count }, (_, at) => ({
    ...{ key: `p${at}`, name: `p${at}`, version: '1.0.0', isDirect: at === 0, scope: 'runtime' as const },
    ...{ dependsOn: [`p${(at + 1) % count}`, 'p0'], place, isBundled: false },
  }));
  const project = aProject({ folder: '', requirements: [], packages, directs: ['p0'] });

  test('still tells a way to each package, in time', () => {
    const before = process.cpuUsage();
    const ways = packages.slice(-500).map(({ key }) => pathsTo(project, key, 5)[0]);
    expect(ways.at(-1)).toHaveLength(count);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(5_000);
  });

  test('fills no result with chains of thousands', () => {
    const results = packages
      .slice(-200)
      .map(({ name }) =>
        aResult('Trivy', { package: { ecosystem: 'npm', name, version: '1.0.0', purl: null } }),
      );
    const { findings } = collectDependencyFindings(results, {
      ...{ projects: [project], aliases: [], scoreOf: () => null, epssOf: () => null, isKev: () => null },
      ...{ severityOf: () => 'high' as const, isIgnored: () => false, hasFile: () => false, book: null },
    });
    expect(findings).toHaveLength(200);
    expect(findings.every(({ dependency }) => dependency?.paths[0]?.[0] === 'p0@1.0.0')).toBe(true);
    expect(JSON.stringify(findings).length).toBeLessThan(1_000_000);
  });
});
