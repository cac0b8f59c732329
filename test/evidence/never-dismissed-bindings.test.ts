import { describe, expect, it } from 'vitest';
import { evidenceOf } from './evidence-of.ts';

const DISMISSALS = new Set([
  'constant_arguments',
  'sanitized_arguments',
  'dead_branch',
  'safe_call',
  'not_the_sink',
]);
const dismisses = async (language: string, code: string, cwe: number): Promise<boolean> =>
  (await evidenceOf(language, code, { cwe: [cwe] })).facts.some(({ kind }) => DISMISSALS.has(kind));

type Row = readonly [sentence: string, code: string];

const java = (members: string, body = 's.executeQuery(q); // HERE', annotation = ''): string =>
  `import java.sql.*;\nimport java.util.*;\n${annotation} class A { ${members}\nvoid m(Statement s, String id, String[] ids) throws Exception {\n${body}\n} }`;
const JAVA: readonly Row[] = [
  ['set by an instance initialiser', java('private String q = "a"; { q = System.getenv("X"); }')],
  [
    'set by reflection',
    java(
      'private String q = "a";',
      'A.class.getDeclaredField("q").set(this, id);\ns.executeQuery(q); // HERE',
    ),
  ],
  ['injected', java('@Value("q") private String q = "a";')],
  ['set by generated setters', java('private String q = "a";', 's.executeQuery(q); // HERE', '@Data')],
  [
    'changed by an anonymous class',
    java(
      '',
      'final String[] q = {"a"}; new Object() { void z() { q[0] = id; } }.z();\ns.executeQuery(q[0]); // HERE',
    ),
  ],
  [
    'a list that is an element of another',
    java(
      '',
      'List<String> l = new ArrayList<>(); for (List<String> z : List.of(l)) z.add(id);\ns.executeQuery(String.join(" ", l)); // HERE',
    ),
  ],
  [
    'an array behind a list',
    java(
      '',
      'String[] l = {"x"}; List<String> v = Arrays.asList(l); v.set(0, id);\ns.executeQuery(l[0]); // HERE',
    ),
  ],
  [
    'boxed numbers compared by reference',
    java('', 'Integer x = 1000, y = 1000; if (x == y) { } else {\ns.executeQuery(id); // HERE\n}'),
  ],
  ['a literal that is negative', java('', 'if (0xFFFFFFFF < 0) {\ns.executeQuery(id); // HERE\n}')],
];

const js = (head: string, body = 'cp.exec(c); // HERE'): string =>
  `const cp = require('child_process');\n${head}\nfunction m(id, ids) {\n${body}\n}`;
const JAVASCRIPT: readonly Row[] = [
  ['set through the global object', js('var c = "ls"; function s(x) { window.c = x; }')],
  ['set by evaluated code', js('let c = "ls"; function s(x) { eval(x); }')],
  ['set by a default parameter', js('let c = "ls"; function s(x, y = (c = x)) {}')],
  ['set by a class field', js('let c = "ls"; class Z { a = (c = process.argv[2]); }')],
  ['set by a class heritage', js('let c = "ls"; class Z extends (c = process.argv[2], Object) {}')],
  [
    'set by a field of a class inside',
    js('', 'let c = "ls"; class Z { a = (c = id); } new Z();\ncp.exec(c); // HERE'),
  ],
  [
    'set by a method of a class expression',
    js('', 'let c = "ls"; new (class { f() { c = id; } })().f();\ncp.exec(c); // HERE'),
  ],
  ['set by a computed key', js('', 'let c = "ls"; class Z { [c = id]() {} }\ncp.exec(c); // HERE')],
  ['set by a default inside', js('', 'let c = "ls"; function z(q = (c = id)) {} z();\ncp.exec(c); // HERE')],
  [
    'an object that says what its text is',
    js('', 'const o = { toString() { return id; } };\ncp.exec("" + o); // HERE'),
  ],
  [
    'an array behind a comma',
    js('', 'const a = ["ls"]; const z = (0, a); z[0] = id; cp.exec(a[0]); // HERE'),
  ],
  [
    'an array that is thrown',
    js('', 'const a = ["ls"]; try { throw a; } catch (z) { z[0] = id; } cp.exec(a[0]); // HERE'),
  ],
  [
    'set through arguments',
    js('function n(c) { c = "ls"; arguments[0] = process.argv[2];\ncp.exec(c); // HERE\n}', ''),
  ],
  [
    'this of another function',
    js('class A { #c = "ls"; m(o) { return { c: o, z() { cp.exec(this.#c); // HERE\n} }; } }', ''),
  ],
  [
    'a private field taken apart over',
    js('class A { #c = "ls"; set(x) { ({ a: this.#c } = x); } m() { cp.exec(this.#c); // HERE\n} }', ''),
  ],
  ['a function declared after the return', js('', 'return z(); function z() {\ncp.exec(id); // HERE\n}')],
];
const TYPESCRIPT: readonly Row[] = [
  [
    'a field written by a computed name',
    `import cp from 'child_process';\nclass A { private c = "ls"; set(k: string, x: string) { this[k] = x; }\nm() { cp.exec(this.c); // HERE\n} }`,
  ],
  [
    'a decorated field',
    `import cp from 'child_process';\nclass A { @Input() private c = "ls";\nm() { cp.exec(this.c); // HERE\n} }`,
  ],
  ['set by a member of an enumeration', js('let c: any = "ls"; enum Z { A = (c = 5) }')],
];

const py = (head: string, body = 'os.system(c)  # HERE'): string =>
  `import os, sys\n${head}\ndef m(id, ids):\n${body.replace(/^/gm, '    ')}\n`;
const PYTHON: readonly Row[] = [
  ['set through globals()', py('c = "ls"\ndef s(x):\n    globals()["c"] = x')],
  ['set through its module', py('c = "ls"\ndef s(x):\n    setattr(sys.modules[__name__], "c", x)')],
  ['set by executed code', py('c = "ls"\nexec(open("conf").read())')],
  ['set by a star import', py('c = "ls"\nfrom settings import *')],
  [
    'a flag set by a star import',
    py('DEBUG = False\nfrom local import *', 'if DEBUG:\n    os.system(id)  # HERE'),
  ],
  ['set by an import', py('c = "ls"\nfrom conf import cmd as c')],
  ['set by a definition', py('c = "ls"\ndef c(): pass')],
  ['set by a class body', py('c = "ls"\nclass Z:\n    global c\n    c = sys.argv[1]')],
  ['set by a global import', py('c = "ls"\ndef s(x):\n    global c\n    import c')],
  [
    'a class attribute that subclasses set',
    'import os\nclass Z:\n    _c = "ls"\n    def m(self):\n        os.system(self._c)  # HERE\n',
  ],
  ['a method that is handed on', py('', 'c = ["ls"]\nf = c.append\nf(id)\nos.system(" ".join(c))  # HERE')],
  ['a list that is yielded', py('', 'c = ["ls"]\nyield c\nos.system(" ".join(c))  # HERE')],
  [
    'a list that a pattern names',
    py('', 'c = ["ls"]\nmatch c:\n    case d: d.append(id)\nos.system(" ".join(c))  # HERE'),
  ],
  [
    'a list inside a dictionary',
    py('', 'c = ["ls"]\nd = dict(a=c)\nd["a"].append(id)\nos.system(" ".join(c))  # HERE'),
  ],
  ['text that is no bytes', py('', 'if "a" == b"a": pass\nelse:\n    os.system(id)  # HERE')],
  ['a text that spells its expression', py('', 'x = 5\nif f"{x=}" == "x=5":\n    os.system(id)  # HERE')],
];

const go = (body: string, head = ''): string =>
  `package a\nimport "os/exec"\n${head}\nfunc m(id string) {\n${body}\n}`;
const GO: readonly Row[] = [
  ['a slice of a slice', go('a := []string{"ls"}; d := a[:1]; d[0] = id; exec.Command(a[0]) // HERE')],
  ['an unsigned that wraps', go('var x uint = 0; if x - 1 > 0 {\nexec.Command(id) // HERE\n}')],
  ['a type of its own', go('var x T = 127; x++; if x < 0 {\nexec.Command(id) // HERE\n}', 'type T int8')],
  ['a division of floats', go('var x float64 = 1; if x / 2 > 0 {\nexec.Command(id) // HERE\n}')],
  ['a byte that is no letter', go('if "\\xff" == "ÿ" { } else {\nexec.Command(id) // HERE\n}')],
  ['a name that hides true', go('true := false; if true { } else {\nexec.Command(id) // HERE\n}')],
];
const c = (body: string, head = ''): string =>
  `#include <stdlib.h>\n${head}\nvoid m(char *id, int b) {\n${body}\n}`;
const C: readonly Row[] = [
  ['a macro named true', c('if (true) { } else {\nsystem(id); /* HERE */\n}', '#define true 0')],
  ['volatile', c('volatile int f = 0; if (f) {\nsystem(id); /* HERE */\n}')],
  ['an unsigned that wraps', c('unsigned x = 1; if (x - 2 > 0) {\nsystem(id); /* HERE */\n}')],
  ['a division of floats', c('float x = 1; if (x / 2 > 0) {\nsystem(id); /* HERE */\n}')],
  ['a case inside of an if', c('switch (b) { case 0: if (0) { case 1:\nsystem(id); /* HERE */\n} }')],
  ['written at an offset', c('char c[9] = "ls"; *(c + 1) = id[0];\nsystem(c); /* HERE */')],
  ['written with the index outside', c('char c[9] = "ls"; 1[c] = id[0];\nsystem(c); /* HERE */')],
  ['read into at an offset', c('char c[9] = "ls"; scanf("%s", c + 1);\nsystem(c); /* HERE */')],
];
const CPP: readonly Row[] = [
  [
    'captured under another name',
    c('const char *c = "ls"; auto f = [&r = c, id] { r = id; }; f();\nsystem(c); /* HERE */'),
  ],
  ['tied', c('const char *c = "ls"; std::tie(c, b) = f();\nsystem(c); /* HERE */')],
  ['a class with operators', c('X x = "ls"; x << id;\nsystem(x); /* HERE */')],
  ['built over in place', c('char c[9] = "ls"; new (c) X(id);\nsystem(c); /* HERE */')],
];

describe.each([
  ['java', 89, JAVA],
  ['javascript', 78, JAVASCRIPT],
  ['typescript', 78, TYPESCRIPT],
  ['python', 78, PYTHON],
  ['go', 78, GO],
  ['c', 78, C],
  ['cpp', 78, CPP],
] as const)('a value in %s that changes behind its name is never dismissed', (language, cwe, rows) => {
  it.each(rows)('%s', async (_sentence, code) => {
    expect(await dismisses(language, code, cwe)).toBe(false);
  });
});
