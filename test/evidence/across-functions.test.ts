// What is known of a value on its way through functions, objects, files, checks and sanitizers.
import { describe, expect, it } from 'vitest';
import { evidenceOf, outcomeOf } from './evidence-of.ts';

const java = (body: string, members = ''): string =>
  `import java.sql.*;\nimport java.util.*;\nimport javax.servlet.http.*;\nclass A { ${members}\nvoid m(HttpServletRequest request, Statement s) throws Exception {\nString id = request.getParameter("id");\n${body}\n} }`;
const app = (body: string, head = ''): string =>
  `const cp = require('child_process'); const express = require('express'); const app = express();\n${head}\napp.get('/', (req, res) => { const id = req.query.id;\n${body}\n});`;
const python = (body: string, head = ''): string =>
  `import os\nfrom flask import request\n${head}\ndef m():\n    id = request.args.get("id")\n    ${body.replaceAll('\n', '\n    ')}\n`;
const SINK = 's.executeQuery(q); // HERE';

describe('a value is followed', () => {
  it.each([
    [
      'java',
      'through a method',
      'direct_flow',
      89,
      java(`String q = wrap(id);\n${SINK}`, 'private static String wrap(String x) { return "a" + x; }'),
    ],
    [
      'java',
      'to a method that gives a constant',
      'constant_arguments',
      89,
      java(`String q = wrap(id);\n${SINK}`, 'private static String wrap(String x) { return "a"; }'),
    ],
    [
      'java',
      'into a list and out of it',
      'direct_flow',
      89,
      java(`List<String> l = new ArrayList<>(); l.add("a"); l.add(id); String q = l.get(1);\n${SINK}`),
    ],
    [
      'java',
      'beside a constant of the same list',
      'constant_arguments',
      89,
      java(`List<String> l = new ArrayList<>(); l.add("a"); l.add(id); String q = l.get(0);\n${SINK}`),
    ],
    [
      'java',
      'past a removed element',
      'constant_arguments',
      89,
      java(
        `List<String> l = new ArrayList<>(); l.add(id); l.add("a"); l.remove(0); String q = l.get(0);\n${SINK}`,
      ),
    ],
    [
      'java',
      'under a key',
      'direct_flow',
      89,
      java(
        `Map<String, String> l = new HashMap<>(); l.put("a", "x"); l.put("b", id); String q = l.get("b");\n${SINK}`,
      ),
    ],
    [
      'java',
      'through a field',
      'direct_flow',
      89,
      java(
        `Box b = new Box(); b.set(id); String q = b.get();\n${SINK}`,
        'static class Box { private String v; void set(String x) { v = x; } String get() { return v; } }',
      ),
    ],
    [
      'java',
      'through a field that is set again',
      'constant_arguments',
      89,
      java(
        `Box b = new Box(); b.set(id); b.set("x"); String q = b.get();\n${SINK}`,
        'static class Box { private String v; void set(String x) { v = x; } String get() { return v; } }',
      ),
    ],
    [
      'java',
      'through the constructor',
      'direct_flow',
      89,
      java(
        `String q = new Box(id).get();\n${SINK}`,
        'static class Box { private final String v; Box(String x) { this.v = x; } String get() { return v; } }',
      ),
    ],
    [
      'java',
      'through what an interface may be',
      'direct_flow',
      89,
      java(
        `String q = make().pass(id);\n${SINK}`,
        'interface P { String pass(String x); } static class One implements P { public String pass(String x) { return x; } } static class Two implements P { public String pass(String x) { return x + "2"; } } private static P make() { return Math.random() > 1 ? new One() : new Two(); }',
      ),
    ],
    [
      'java',
      'to an allow-list',
      'constant_arguments',
      89,
      java(`if (!List.of("a", "b").contains(id)) return;\nString q = id;\n${SINK}`),
    ],
    [
      'java',
      'to a number',
      'sanitized_arguments',
      89,
      java(`String q = "select " + Integer.parseInt(id);\n${SINK}`),
    ],
    [
      'java',
      'past a check that checks nothing',
      'direct_flow',
      89,
      java(`if (id.equals("x")) System.out.println("x");\nString q = id;\n${SINK}`),
    ],
    [
      'javascript',
      'through a function',
      'direct_flow',
      78,
      app('cp.exec(wrap(id)); // HERE', 'function wrap(x) { return `ls ${x}`; }'),
    ],
    [
      'javascript',
      'through an object',
      'constant_arguments',
      78,
      app('const o = { a: "ls", b: id }; cp.exec(o.a); // HERE'),
    ],
    [
      'javascript',
      'through another name of the object',
      'direct_flow',
      78,
      app('const o = { a: "ls" }; const p = o; p.a = id; cp.exec(o.a); // HERE'),
    ],
    [
      'javascript',
      'to a check for equality',
      'constant_arguments',
      78,
      app('if (id !== "ls" && id !== "df") return;\ncp.exec(id); // HERE').replace(
        'id !== "ls" && id !== "df"',
        'id !== "ls"',
      ),
    ],
    [
      'python',
      'through a function',
      'direct_flow',
      78,
      python('os.system(wrap(id))  # HERE', 'def wrap(x):\n    return "ls " + x'),
    ],
    [
      'python',
      'to a function that chooses',
      'constant_arguments',
      78,
      python(
        'os.system(wrap(id))  # HERE',
        'def wrap(x):\n    if x == "a":\n        return "ls"\n    return "df"',
      ),
    ],
    [
      'python',
      'to an allow-list',
      'constant_arguments',
      78,
      python('if id not in ["ls", "df"]:\n    return\nos.system(id)  # HERE'),
    ],
  ] as const)('in %s %s', async (language, _way, outcome, cwe, code) => {
    expect(await outcomeOf(language, code, { cwe: [cwe] })).toBe(outcome);
  });
});

describe('a value of another file', () => {
  const files = {
    'src/shop/Names.java':
      'package shop;\npublic class Names {\n  public static final String ALL = "select 1";\n  public static String quote(String x) { return "\'" + x + "\'"; }\n  public static String none(String x) { return ALL; }\n}\n',
  };
  const code = (body: string): string =>
    `package web;\nimport shop.Names;\nimport javax.servlet.http.*;\nclass A { void m(HttpServletRequest request, java.sql.Statement s) throws Exception {\nString id = request.getParameter("id");\n${body}\n} }`;

  it('is followed, and quoted from the file that it stands in', async () => {
    const { facts } = await evidenceOf('java', code('s.executeQuery(Names.none(id)); // HERE'), {
      files,
      path: 'src/web/A.java',
    });
    const fact = facts.find(({ kind }) => kind === 'constant_arguments');
    expect(fact?.citations.map(({ path, startLine, quote }) => [path, startLine, quote])).toContainEqual([
      'src/shop/Names.java',
      3,
      '  public static final String ALL = "select 1";',
    ]);
  });

  it('is told with the file that it stands in', async () => {
    const { facts } = await evidenceOf('java', code('s.executeQuery(Names.none(id)); // HERE'), {
      files,
      path: 'src/web/A.java',
    });
    expect(facts.find(({ kind }) => kind === 'constant_arguments')?.text).toBe(
      'Everything that line 6 passes to `s.executeQuery` is made of constants only (line 3 of `Names.java`).',
    );
  });

  it('is a remote one where the other file hands it on', async () => {
    expect(
      await outcomeOf('java', code('s.executeQuery(Names.quote(id)); // HERE'), {
        files,
        path: 'src/web/A.java',
      }),
    ).toBe('direct_flow');
  });
});

const DISMISSALS = new Set([
  'constant_arguments',
  'sanitized_arguments',
  'dead_branch',
  'safe_call',
  'not_the_sink',
]);

describe('what only looks harmless is never dismissed', () => {
  it.each([
    [
      'java',
      'a list that a method fills',
      89,
      java(
        `List<String> l = new ArrayList<>(); l.add("a"); fill(l, id); String q = l.get(0);\n${SINK}`,
        'private void fill(List<String> l, String x) { l.set(0, x); }',
      ),
    ],
    [
      'java',
      'a method that a subclass has anew',
      89,
      java(
        `String q = new Sub().all(id);\n${SINK}`,
        'static class Base { String one(String x) { return "a"; } String all(String x) { return one(x); } } static class Sub extends Base { String one(String x) { return x; } }',
      ),
    ],
    [
      'java',
      'a method that somebody may have anew',
      89,
      `import java.sql.*;\nclass A { String one(String x) { return "a"; }\nvoid m(String id, Statement s) throws Exception {\ns.executeQuery(one(id)); // HERE\n} }\nclass Sub extends A { String one(String x) { return x; } }`,
    ],
    [
      'java',
      'a field that an inner class sets',
      89,
      java(
        `String q = new Out().run(id);\n${SINK}`,
        'static class Out { String v = "a"; class In { void set(String x) { v = x; } } String run(String x) { new In().set(x); return v; } }',
      ),
    ],
    [
      'java',
      'an instance initialiser',
      89,
      java(
        `String q = new Box().v;\n${SINK}`,
        'static class Box { String v = "a"; { v = System.console().readLine(); } }',
      ),
    ],
    [
      'java',
      'any number of arguments',
      89,
      java(`String q = join("a", id);\n${SINK}`, 'private static String join(String... x) { return x[1]; }'),
    ],
    [
      'java',
      'an array of arrays',
      89,
      java(`String[][] a = new String[2][2]; a[0][0] = id; String q = a[0][0];\n${SINK}`),
    ],
    [
      'java',
      'an array that is not filled',
      89,
      java(
        `int[] n = new int[2]; n[1] = request.getContentLength(); if (n[1] == 0) { } else {\ns.executeQuery(id); // HERE\n}`,
      ),
    ],
    [
      'java',
      'an escape for another place',
      89,
      java(`String q = "select " + org.owasp.encoder.Encode.forHtml(id);\n${SINK}`),
    ],
    [
      'java',
      'an escape on one way only',
      79,
      `import javax.servlet.http.*;\nclass A { void m(HttpServletRequest request, HttpServletResponse r) throws Exception {\nString id = request.getParameter("id");\nif (id.length() > 3) id = org.owasp.encoder.Encode.forHtml(id);\nr.getWriter().println("<p>" + id); // HERE\n} }`,
    ],
    [
      'java',
      'an escape that is undone',
      79,
      `import javax.servlet.http.*;\nclass A { void m(HttpServletRequest request, HttpServletResponse r) throws Exception {\nString id = java.net.URLDecoder.decode(org.owasp.encoder.Encode.forHtml(request.getParameter("id")), "UTF-8");\nr.getWriter().println("<p>" + id); // HERE\n} }`,
    ],
    [
      'java',
      'an escape inside of a script',
      79,
      `import javax.servlet.http.*;\nclass A { void m(HttpServletRequest request, HttpServletResponse r) throws Exception {\nString id = org.owasp.encoder.Encode.forHtml(request.getParameter("id"));\nr.getWriter().println("<script>var a = " + id + "</script>"); // HERE\n} }`,
    ],
    [
      'java',
      'a list that a map knows too',
      89,
      java(
        `List<String> l = new ArrayList<>(); l.add("a"); Map<String, List<String>> k = new HashMap<>(); k.put("l", l); k.get("l").set(0, id); String q = l.get(0);\n${SINK}`,
      ),
    ],
    [
      'javascript',
      'an object that a function changes',
      78,
      app('const o = { a: "ls" }; set(o, id); cp.exec(o.a); // HERE', 'function set(o, x) { o.a = x; }'),
    ],
    [
      'javascript',
      'an object that a closure changes',
      78,
      app('const o = { a: "ls" }; const f = () => { o.a = id; }; f(); cp.exec(o.a); // HERE'),
    ],
    [
      'javascript',
      'any number of arguments',
      78,
      app('cp.exec(pick("ls", id)); // HERE', 'function pick(...xs) { return xs[1]; }'),
    ],
    [
      'javascript',
      'a method that is put in its place',
      78,
      app(
        'const b = new B(); b.get = () => id; cp.exec(b.get()); // HERE',
        'class B { get() { return "ls"; } }',
      ),
    ],
    [
      'javascript',
      'a getter',
      78,
      app(
        'const b = new B(); b.v = "ls"; cp.exec(b.v); // HERE',
        'class B { get v() { return process.argv[2]; } set v(x) {} }',
      ),
    ],
    [
      'javascript',
      'an index that counts on',
      78,
      app('let i = 0; const a = ["", ""]; a[i++] = "ls"; a[i++] = id; cp.exec(a[1]); // HERE'),
    ],
    [
      'javascript',
      'a generator',
      78,
      app(
        'const g = make(id); cp.exec(g.next().value); // HERE',
        'function* make(x) { yield x; return "ls"; }',
      ),
    ],
    [
      'javascript',
      'a list taken apart',
      78,
      app(
        'const inner = ["ls"]; const outer = [inner, inner]; for (const x of outer) x[0] = id; cp.exec(inner[0]); // HERE',
      ),
    ],
    [
      'javascript',
      'an object of many',
      78,
      app(
        'const all = []; for (let i = 0; i < 2; i++) { const o = { c: "ls" }; all.push(o); if (i) all[0].c = id; } cp.exec(all[0].c); // HERE',
      ),
    ],
    [
      'python',
      'a list that is made once for all calls',
      78,
      python(
        'add(id)\nos.system(add("ls")[0])  # HERE',
        'def add(x, to=[]):\n    to.append(x)\n    return to',
      ),
    ],
    [
      'python',
      'any number of arguments',
      78,
      python('os.system(pick("ls", id))  # HERE', 'def pick(*xs):\n    return xs[1]'),
    ],
    [
      'python',
      'a list that is added to under another name',
      78,
      python('a = ["ls"]\nb = a\nb += [id]\nos.system(a[1])  # HERE'),
    ],
    [
      'python',
      'a number and a text as keys',
      78,
      python('d = {}\nd["1"] = id\nd[1] = "ls"\nos.system(d["1"])  # HERE'),
    ],
    [
      'python',
      'a decorated function',
      78,
      python(
        'os.system(wrap(id))  # HERE',
        'def other(f):\n    return lambda x: x\n@other\ndef wrap(x):\n    return "ls"',
      ),
    ],
    [
      'python',
      'a generated constructor',
      78,
      python(
        'os.system(Box(id).v)  # HERE',
        'from dataclasses import dataclass\n@dataclass\nclass Box:\n    v: str = "ls"',
      ),
    ],
    [
      'csharp',
      'a property with code of its own',
      89,
      'using System.Data.SqlClient;\nclass A { class B { private string v = "a"; public string V { get { return System.Console.ReadLine(); } set { v = value; } } }\nvoid M(SqlConnection c, string id) { var b = new B(); b.V = "a";\nnew SqlCommand(b.V, c).ExecuteReader(); // HERE\n} }',
    ],
    [
      'csharp',
      'a value that is copied',
      89,
      'using System.Data.SqlClient;\nclass A { struct B { public string V; }\nvoid M(SqlConnection c, string id) { var b = new B(); b.V = id; var d = b; d.V = "a";\nnew SqlCommand(b.V, c).ExecuteReader(); // HERE\n} }',
    ],
  ] as const)('in %s %s', async (language, _way, cwe, code) => {
    const { facts } = await evidenceOf(language, code, { cwe: [cwe] });
    expect(facts.filter(({ kind }) => DISMISSALS.has(kind)).map(({ text }) => text)).toEqual([]);
  });
});
