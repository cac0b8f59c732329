import { describe, expect, it } from 'vitest';
import { createCodeIndex } from '#code/code-index.ts';
import type { KnownApis } from '#code/known-apis.ts';
import type { SourceUnit } from '#code/source-unit.ts';
import { collectSyntax } from '#code/syntax-of-file.ts';
import { loadCatalog } from '#evidence/catalog.ts';
import { createKnownApis } from '#evidence/known-apis.ts';
import { aFinding } from '../doubles/judged-finding.ts';
import { createMemoryWorkspace } from '../doubles/memory-workspace.ts';
import { assets, lineOf } from './evidence-of.ts';

const catalog = loadCatalog(assets);

interface Asked {
  readonly unit: SourceUnit;
  readonly apis: KnownApis;
  readonly line: number;
}

async function ask(path: string, text: string, cwe: readonly number[] = [89]): Promise<Asked> {
  const unit = await createCodeIndex(createMemoryWorkspace({ [path]: text }), assets).unit(path);
  if (unit.kind === 'failure') throw new Error('not understood');
  const line = lineOf(text);
  const location = { path, startLine: line, startColumn: null, endLine: line, endColumn: null };
  const finding = { ...aFinding(), cwe, location: { ...location, resolved: true, why: null } };
  return { unit, line, apis: createKnownApis(finding, await catalog) };
}

const js = (line: string): string => `function f(req, db, log, q, x) {\n  ${line} // HERE\n}\n`;

async function valuesOf(path: string, text: string, cwe?: readonly number[]) {
  const { unit, apis, line } = await ask(path, text, cwe);
  const values = apis.sinkValues(unit, line, line);
  return values === null || values === 'unclear' ? values : values.map(({ span }) => unit.textOf(span));
}

describe('the values that a weakness is about', () => {
  it.each([
    ['the text of a query, not what is bound to it', js('db.query("a" + q, [x]);'), ['"a" + q']],
    ['what is assigned', js('e.innerHTML = q;'), ['q'], [79]],
    ['what is added, and what it is added to', js('e.innerHTML += q;'), ['q', 'e.innerHTML'], [79]],
    ['both queries of a line', js('db.query(q); db.query(x);'), ['q', 'x']],
    ['what an unknown call beside it is given, too', js('db.query(q); run(x);'), ['q', 'x']],
    ['nothing of a call on the way to it', js('db.query(wrap(q));'), ['wrap(q)']],
  ])('are %s', async (_, text, expected, cwe: readonly number[] = [89]) => {
    expect(await valuesOf('a.js', text, cwe)).toEqual(expected);
  });

  it.each([
    ['no call is known', js('db.run(q);'), [89]],
    ['the known call is of another weakness', js('db.query(q);'), [79]],
    ['the report speaks of two, and one of them has no known call', js('db.query(q);'), [89, 79]],
    ['the report speaks of none', js('db.query(q);'), []],
    ['the name is the file’s own', `const db = { query() {} };\nclass db {}\n${js('db.query(q);')}`, [89]],
  ])('are not known where %s', async (_, text, cwe) => {
    expect(await valuesOf('a.js', text, cwe)).toBeNull();
  });

  it('are not known of another file than the finding’s', async () => {
    const { apis } = await ask('a.js', js('db.query(q);'));
    const { unit, line } = await ask('b.js', js('db.query(q);'));
    expect(apis.sinkValues(unit, line, line)).toBeNull();
  });

  it('are unclear where what the call makes is changed before it is used', async () => {
    const text = (after: string): string =>
      `class A { void f(String q) throws Exception {\n ProcessBuilder b = new ProcessBuilder("ls"); // HERE\n ${after}\n} }`;
    expect(await valuesOf('A.java', text('b.command(q); b.start();'), [78])).toBe('unclear');
    expect(await valuesOf('A.java', text('b.start();'), [78])).toEqual(['"ls"']);
  });
});

describe('a safe form', () => {
  async function isSafe(text: string, cwe?: readonly number[]): Promise<boolean> {
    const { unit, apis, line } = await ask('a.js', text, cwe);
    const call = collectSyntax(unit).calls.find(({ node }) => node.span.line === line)?.node;
    if (call === undefined) throw new Error('no call');
    return apis.isSafeForm(unit, call, line, line);
  }

  it.each([
    ['bound values', js('db.query("a = ?", [q]);'), [89], true],
    ['bound values, reported for markup', js('db.query("a = ?", [q]);'), [79], false],
    ['a text that is put together', js('db.query("a = " + q, [x]);'), [89], false],
    ['an unknown call beside it', js('db.query("a = ?", [q]); run(x);'), [89], false],
    [
      'an open query in the next line',
      `${js('db.query("a = ?", [q]);').replace('}\n', '')}  db.query(q);\n}\n`,
      [89],
      false,
    ],
    [
      'a strong hash',
      `const crypto = require('crypto');\n${js("crypto.createHash('sha256');")}`,
      [328],
      true,
    ],
    ['a weak hash', `const crypto = require('crypto');\n${js("crypto.createHash('md5');")}`, [328], false],
    [
      'a weak hash beside a strong one',
      `const crypto = require('crypto');\n${js("crypto.createHash('sha256'); crypto.createHash('md5');")}`,
      [328],
      false,
    ],
  ])('%s', async (_, text, cwe, expected) => {
    expect(await isSafe(text, cwe)).toBe(expected);
  });
});

describe('where attackers get in', () => {
  it('are the parameters that a framework fills', async () => {
    const text =
      'class A {\n  String m(@RequestParam String name, String other) {\n    return name; // HERE\n  }\n}\n';
    const { unit, apis } = await ask('A.java', text);
    expect(apis.isHandlerParameter(unit, 2, 'name')).toBe(true);
    expect(apis.isHandlerParameter(unit, 2, 'other')).toBe(false);
    expect(apis.isHandlerParameter(unit, 3, 'name')).toBe(false);
  });

  it('are what is read of a request, not what a call makes of it', async () => {
    const text =
      "const app = require('express')();\napp.get('/', (req, res) => {\n  const a = req.query.id;\n  const b = clean(req.query.id);\n  db.query(a + b); // HERE\n});\n";
    const { unit, apis } = await ask('a.js', text);
    const { bindings } = collectSyntax(unit);
    const isSource = (name: string): boolean => {
      const value = bindings.find(({ target }) => target === name)?.value;
      return value != null && apis.isSource(unit, value);
    };
    expect(isSource('a')).toBe(true);
    expect(isSource('b')).toBe(false);
  });
});
