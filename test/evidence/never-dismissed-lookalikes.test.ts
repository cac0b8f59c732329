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

const js = (body: string): string =>
  `const cp = require('child_process');\nfunction m(id, db, e) {\n${body}\n}`;
const python = (head: string, body: string): string => `${head}\ndef m(x, cur):\n    ${body}\n`;
const go = (body: string): string =>
  `package a\nimport ("os/exec"; "crypto/rand"; "strings")\nfunc m(id string, b []byte) {\n${body}\n}`;

/** Each looks like a safe API, or like a call that is settled when it is made, and is not. */
const LOOKALIKES: readonly (readonly [sentence: string, language: string, cwe: number, code: string])[] = [
  [
    'a generator class of the file',
    'java',
    330,
    'class A { int m() {\nreturn new SecureRandom().nextInt(); // HERE\n} }\nclass SecureRandom extends java.util.Random {}',
  ],
  [
    'a generator with a fixed seed',
    'java',
    330,
    'import java.security.*; class A { int m() throws Exception {\nSecureRandom r = SecureRandom.getInstance("SHA1PRNG"); r.setSeed(1L); return r.nextInt(); // HERE\n} }',
  ],
  [
    'a fast hash of a password',
    'java',
    916,
    'import java.security.*; class A { byte[] m(String p) throws Exception {\nreturn MessageDigest.getInstance("SHA-256").digest(p.getBytes()); // HERE\n} }',
  ],
  [
    'an unsafe statement in the next line',
    'java',
    89,
    'import java.sql.*; class A { void m(Connection c, Statement s, String id) throws Exception {\nc.prepareStatement("select 1"); // HERE\ns.executeQuery("select " + id);\n} }',
  ],
  [
    'a process whose arguments come later',
    'java',
    78,
    'import java.util.*; class A { void m(String id) throws Exception {\nList<String> a = new ArrayList<>(); ProcessBuilder p = new ProcessBuilder(a); // HERE\na.add(id); p.start();\n} }',
  ],
  [
    'a process whose environment comes later',
    'java',
    78,
    'class A { void m(String id) throws Exception {\nProcessBuilder p = new ProcessBuilder("ls"); // HERE\np.environment().put("PATH", id); p.start();\n} }',
  ],
  [
    'a line end inside a Java comment',
    'java',
    89,
    'class A { void m() {\n// \\u000a s.executeQuery(id); HERE\n} }',
  ],
  ['a program that runs programs', 'javascript', 78, js('cp.spawn("npx", [id]); // HERE')],
  ['a batch file', 'javascript', 78, js('cp.spawn("build.bat", [id]); // HERE')],
  [
    'the text of a script',
    'javascript',
    79,
    js('const s = document.createElement("script"); s.textContent = id; // HERE'),
  ],
  [
    'a computed property beside a harmless one',
    'javascript',
    79,
    js('e[k] = id; e.textContent = "x"; // HERE'),
  ],
  ['a reviver', 'javascript', 502, js('JSON.parse(id, (k, v) => eval(v)); // HERE')],
  [
    'a database class of the file',
    'javascript',
    89,
    `class Db { query(t, v) { raw(t + v); } }\nfunction m(id) { const db = new Db();\ndb.query("select :a", [id]); // HERE\n}`,
  ],
  ['a timer that takes code', 'javascript', 94, js('setTimeout("f()" + id, 1); eval("1"); // HERE')],
  [
    'a safe loader that was replaced',
    'python',
    502,
    python('import yaml\nyaml.safe_load = yaml.unsafe_load', 'yaml.safe_load(x)  # HERE'),
  ],
  [
    'a safe loader with constructors',
    'python',
    502,
    python('import yaml\nyaml.SafeLoader.add_constructor("!x", f)', 'yaml.safe_load(x)  # HERE'),
  ],
  ['a parser with a hook', 'python', 502, python('import json', 'json.loads(x, object_hook=f)  # HERE')],
  ['a parser with a class', 'python', 502, python('import json', 'json.loads(x, cls=Evil)  # HERE')],
  [
    'a module that two imports name',
    'python',
    502,
    python('try:\n    import dill as json\nexcept ImportError:\n    import json', 'json.loads(x)  # HERE'),
  ],
  ['a module of the own package', 'python', 502, python('from . import json', 'json.loads(x)  # HERE')],
  [
    'a module that a star import may hide',
    'python',
    502,
    python('import json\nfrom other import *', 'json.loads(x)  # HERE'),
  ],
  [
    'a class named like the module',
    'python',
    502,
    python('class json:\n    loads = eval', 'json.loads(x)  # HERE'),
  ],
  [
    'a value that goes in as text',
    'python',
    89,
    python('from psycopg2.extensions import AsIs', 'y = AsIs(x); cur.execute("select %s", (y,))  # HERE'),
  ],
  [
    'a hash that was replaced',
    'python',
    328,
    python('import hashlib\nhashlib.sha256 = hashlib.md5', 'return hashlib.sha256(x)  # HERE'),
  ],
  [
    'a call that was replaced',
    'python',
    78,
    python('import os\nos.system = lambda c: run(c)', 'os.system("ls")  # HERE'),
  ],
  [
    'a shell with an input',
    'python',
    78,
    python('import subprocess', 'subprocess.run("sh", input=x)  # HERE'),
  ],
  [
    'a path that goes on',
    'python',
    22,
    python('from pathlib import Path', 'p = Path("a"); (p / x).read_text()  # HERE'),
  ],
  [
    'a command whose arguments come later',
    'go',
    78,
    go('cmd := exec.Command("ls") // HERE\ncmd.Args = append(cmd.Args, id); cmd.Run()'),
  ],
  [
    'a shell whose input comes later',
    'go',
    78,
    go('cmd := exec.Command("sh") // HERE\ncmd.Stdin = strings.NewReader(id); cmd.Run()'),
  ],
  ['a command that is handed on', 'go', 78, go('return exec.Command("sh") // HERE')],
  ['a generator that was replaced', 'go', 330, go('rand.Reader = weak{}; rand.Read(b) // HERE')],
  ['a number from another reader', 'go', 330, go('r := weak(1); rand.Int(r, b) // HERE')],
  ['a directive', 'go', 78, 'package a\n//go:generate sh HERE\nvar x string'],
  ['C in a comment', 'go', 78, 'package a\n/*\nvoid f(char *c) { system(c); } // HERE\n*/\nimport "C"\n'],
];

describe('what only looks like the safe call is never dismissed', () => {
  it.each(LOOKALIKES)('%s (%s, CWE-%d)', async (_sentence, language, cwe, code) => {
    expect(await dismisses(language, code, cwe)).toBe(false);
  });
});

describe('the honest ones stay dismissed', () => {
  it.each([
    ['a command that is only run', 'go', 78, go('cmd := exec.Command("ls") // HERE\ncmd.Run()')],
    [
      'a process that is only started',
      'java',
      78,
      'class A { void m() throws Exception {\nProcessBuilder p = new ProcessBuilder("ls"); // HERE\np.start();\n} }',
    ],
    ['a parser without hooks', 'python', 502, python('import json', 'json.loads(x)  # HERE')],
    ['a harmless program', 'javascript', 78, js('cp.execFile("ls", ["--", id]); // HERE')],
    ['shown as text', 'javascript', 79, js('e.textContent = id; // HERE')],
  ])('%s (%s, CWE-%d)', async (_sentence, language, cwe, code) => {
    expect(await dismisses(language, code, cwe)).toBe(true);
  });
});
