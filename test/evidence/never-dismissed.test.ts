import { describe, expect, it } from 'vitest';
import { evidenceOf, outcomeOf } from './evidence-of.ts';

const DISMISSALS = new Set([
  'constant_arguments',
  'sanitized_arguments',
  'dead_branch',
  'safe_call',
  'not_the_sink',
]);
const dismisses = async (language: string, code: string, cwe: number): Promise<boolean> =>
  (await evidenceOf(language, code, { cwe: [cwe] })).facts.some(({ kind }) => DISMISSALS.has(kind));

const java = (body: string): string =>
  `import java.sql.*;\nclass A extends Base { static final String[] LIST = {"a"};\nvoid m(Statement s, String id, boolean b, String[] ids) throws Exception {\n${body}\n} }`;
const js = (body: string): string =>
  `const cp = require('child_process'); const box = { c: 'ls' };\nfunction m(id, b, ids) {\n${body}\n}`;
const python = (body: string): string =>
  `import os\nLIST = ["ls"]\ndef m(id, b, ids):\n${body.replace(/^/gm, '    ')}\n`;
const php = (body: string): string => `<?php\nfunction m($id, $b, $ids) {\n${body}\n}`;
const ruby = (body: string): string => `def m(id, b, ids)\n${body}\nend`;
const c = (body: string): string => `#include <stdlib.h>\nvoid m(char *id, int b) {\n${body}\n}`;
const go = (body: string): string =>
  `package a\nimport "os/exec"\nfunc m(id string, b bool, ids []string) {\n${body}\n}`;
const csharp = (body: string): string => `class A { void M(string id, bool b, string[] ids) {\n${body}\n} }`;

/** Near misses: each looks constant, safe or unreachable and is not. */
const NEAR_MISSES: readonly (readonly [sentence: string, language: string, cwe: number, code: string])[] = [
  ['reassigned in a branch', 'java', 89, java('String q = "a"; if (b) q = id;\ns.executeQuery(q); // HERE')],
  [
    'reassigned in a loop, after the call',
    'java',
    89,
    java('String q = "a"; for (String x : ids) {\ns.executeQuery(q); // HERE\nq = x; }'),
  ],
  ['appended with +=', 'java', 89, java('String q = "a"; q += id;\ns.executeQuery(q); // HERE')],
  [
    'assigned before an exception',
    'java',
    89,
    java(
      'String q = "a"; try { q = id; run(); q = "b"; } catch (Exception e) { }\ns.executeQuery(q); // HERE',
    ),
  ],
  [
    'assigned in a catch',
    'java',
    89,
    java('String q = "a"; try { run(); } catch (Exception e) { q = id; }\ns.executeQuery(q); // HERE'),
  ],
  [
    'assigned in a finally',
    'java',
    89,
    java('String q = "a"; try { run(); } finally { q = id; }\ns.executeQuery(q); // HERE'),
  ],
  [
    'a case that falls through',
    'java',
    89,
    java('String q = "a"; switch (1) { case 1: q = id; case 2: break; }\ns.executeQuery(q); // HERE'),
  ],
  [
    'a condition that overflows',
    'java',
    89,
    java('int n = 2147483647; if (n + 1 > 0) { } else {\ns.executeQuery(id); // HERE\n}'),
  ],
  [
    'a byte that wraps',
    'java',
    89,
    java('byte n = (byte) 200; if (n > 0) { } else {\ns.executeQuery(id); // HERE\n}'),
  ],
  [
    'texts compared by reference',
    'java',
    89,
    java('String a = "x"; if (a == "y") {\ns.executeQuery(id); // HERE\n}'),
  ],
  ['a constant array that code can change', 'java', 89, java('s.executeQuery(LIST[0]); // HERE')],
  [
    'an array whose element is replaced',
    'java',
    89,
    java('String[] a = {"x"}; a[0] = id;\ns.executeQuery(a[0]); // HERE'),
  ],
  [
    'an array held under two names',
    'java',
    89,
    java('String[] a = {"x"}; String[] d = a; d[0] = id;\ns.executeQuery(a[0]); // HERE'),
  ],
  [
    'a builder that is handed on',
    'java',
    89,
    java('StringBuilder a = new StringBuilder("x"); fill(a, id);\ns.executeQuery(a.toString()); // HERE'),
  ],
  [
    'a builder that a lambda fills',
    'java',
    89,
    java(
      'StringBuilder a = new StringBuilder("x"); Runnable r = () -> a.append(id); r.run();\ns.executeQuery(a.toString()); // HERE',
    ),
  ],
  ['a name a superclass may define', 'java', 89, java('s.executeQuery(INHERITED); // HERE')],
  ['a second open call on the line', 'java', 89, java('s.executeQuery("a"); s.executeQuery(id); // HERE')],
  ['an unknown call on the line', 'java', 89, java('s.executeQuery("a"); store.find(id); // HERE')],
  [
    'a weak cipher is no constant excuse',
    'java',
    327,
    java('javax.crypto.Cipher.getInstance("DES"); // HERE'),
  ],
  [
    'a labelled break out of two loops',
    'java',
    89,
    java(
      'String q = "a"; out: for (String x : ids) { for (String y : ids) { if (b) { q = x; break out; } } q = "b"; }\ns.executeQuery(q); // HERE',
    ),
  ],
  [
    'a continue that skips the reset',
    'java',
    89,
    java(
      'String q = "a"; for (String x : ids) { q = x; if (b) continue; q = "b"; }\ns.executeQuery(q); // HERE',
    ),
  ],
  [
    'a do loop that runs once',
    'java',
    89,
    java('String q = "a"; do { q = id; } while (false);\ns.executeQuery(q); // HERE'),
  ],
  [
    'hidden by an inner declaration',
    'javascript',
    78,
    js('let c = "ls"; { let c = id;\ncp.exec(c); // HERE\n}'),
  ],
  [
    'assigned by a closure',
    'javascript',
    78,
    js('let c = "ls"; ids.forEach((x) => { c = x; });\ncp.exec(c); // HERE'),
  ],
  ['an object that is const and changed', 'javascript', 78, js('box.c = id; cp.exec(box.c); // HERE')],
  [
    'a default parameter',
    'javascript',
    78,
    `const cp = require('child_process');\nfunction m(c = "ls") {\ncp.exec(c); // HERE\n}`,
  ],
  ['eval may assign', 'javascript', 78, js('var c = "ls"; eval(id);\ncp.exec(c); // HERE')],
  ['with may assign', 'javascript', 78, js('var c = "ls"; with (id) { c = d; }\ncp.exec(c); // HERE')],
  ['destructured over', 'javascript', 78, js('let c = "ls"; ({ c } = id);\ncp.exec(c); // HERE')],
  [
    'destructured over with another key',
    'javascript',
    78,
    js('let c = "ls"; ({ d: c } = id);\ncp.exec(c); // HERE'),
  ],
  ['assigned by ??=', 'javascript', 78, js('let c = null; c ??= id;\ncp.exec(c); // HERE')],
  [
    'assigned inside a condition',
    'javascript',
    78,
    js('let c = "ls"; if (b && (c = id)) { }\ncp.exec(c); // HERE'),
  ],
  [
    'assigned while awaiting',
    'javascript',
    78,
    `const cp = require('child_process');\nlet c = 'ls'; async function n(x) { c = x; }\nasync function m() { await n();\ncp.exec(c); // HERE\n}`,
  ],
  [
    'hoisted and assigned later in a loop',
    'javascript',
    78,
    js('var c = "ls"; while (b) { cp.exec(c); // HERE\nc = id; }'),
  ],
  ['an option with a shell', 'javascript', 78, js('cp.execFile("ls", [id], { shell: true }); // HERE')],
  ['text written as markup', 'javascript', 79, js('document.body.innerHTML = id; // HERE')],
  ['loosely equal to something else', 'php', 78, php('if ("1e1" == "10") {\nsystem($id); // HERE\n}')],
  [
    'made global',
    'python',
    78,
    'import os\nc = "ls"\ndef n(x):\n    global c\n    c = x\ndef m():\n    os.system(c)  # HERE\n',
  ],
  [
    'made nonlocal',
    'python',
    78,
    python('c = "ls"\ndef n():\n    nonlocal c\n    c = id\nn()\nos.system(c)  # HERE'),
  ],
  [
    'a list that is extended',
    'python',
    78,
    python('a = ["ls"]\na.append(id)\nos.system(" ".join(a))  # HERE'),
  ],
  ['a list of the module', 'python', 78, python('os.system(LIST[0])  # HERE')],
  ['assigned by a walrus', 'python', 78, python('c = "ls"\nif (c := id): pass\nos.system(c)  # HERE')],
  ['assigned by a for', 'python', 78, python('c = "ls"\nfor c in ids: pass\nos.system(c)  # HERE')],
  ['assigned by a with', 'python', 78, python('c = "ls"\nwith open(id) as c: pass\nos.system(c)  # HERE')],
  [
    'swallowed by a context manager',
    'python',
    78,
    python('c = "ls"\nwith quiet():\n    c = id\n    fail()\n    c = "ps"\nos.system(c)  # HERE'),
  ],
  ['deleted and looked up outside', 'python', 78, python('c = "ls"\ndel c\nos.system(c)  # HERE')],
  [
    'captured by a pattern',
    'python',
    78,
    python('c = "ls"\nmatch id:\n    case [c, d]: pass\n    case c: pass\nos.system(c)  # HERE'),
  ],
  [
    'the else of a loop',
    'python',
    78,
    python('c = "ls"\nfor x in ids:\n    if b: break\nelse:\n    c = id\nos.system(c)  # HERE'),
  ],
  [
    'a float that looks equal',
    'python',
    78,
    python('if 0.1 + 0.2 == 0.3: pass\nelse:\n    os.system(id)  # HERE'),
  ],
  [
    'text in the statement beside bound values',
    'python',
    89,
    python('db.cursor().execute("select " + id, ())  # HERE'),
  ],
  ['a variable variable', 'php', 78, php('$c = "ls"; $$b = $id;\nsystem($c); // HERE')],
  ['extract', 'php', 78, php('$c = "ls"; extract($id);\nsystem($c); // HERE')],
  ['an included file', 'php', 78, php('$c = "ls"; include $b;\nsystem($c); // HERE')],
  ['a reference', 'php', 78, php('$c = "ls"; $d = &$c; $d = $id;\nsystem($c); // HERE')],
  ['handed over by reference', 'php', 78, php('$c = "ls"; fill($c, $id);\nsystem($c); // HERE')],
  [
    'a loop by reference',
    'php',
    78,
    php('$a = ["ls"]; foreach ($a as &$x) { $x = $id; }\nsystem($a[0]); // HERE'),
  ],
  ['a global', 'php', 78, '<?php\n$c = "ls";\nfunction m($id) { global $c;\nsystem($c); // HERE\n}'],
  [
    'a closure that uses by reference',
    'php',
    78,
    php('$c = "ls"; $f = function () use (&$c, $id) { $c = $id; }; $f();\nsystem($c); // HERE'),
  ],
  ['appended with .=', 'php', 78, php('$c = "ls "; $c .= $id;\nsystem($c); // HERE')],
  ['list assignment', 'php', 78, php('$c = "ls"; [$c, $d] = $ids;\nsystem($c); // HERE')],
  ['binding.eval', 'ruby', 78, ruby("c = 'ls'\nbinding.eval(id)\nsystem(c) # HERE")],
  ['changed in place', 'ruby', 78, ruby("c = 'ls '\nc << id\nsystem(c) # HERE")],
  ['changed in place under another name', 'ruby', 78, ruby("c = 'ls '\nd = c\nd << id\nsystem(c) # HERE")],
  ['changed by a method with a bang', 'ruby', 78, ruby("c = 'ls x'\nc.gsub!('x', id)\nsystem(c) # HERE")],
  ['assigned in a block', 'ruby', 78, ruby("c = 'ls'\nids.each { |x| c = x }\nsystem(c) # HERE")],
  [
    'assigned by a rescue',
    'ruby',
    78,
    ruby("c = 'ls'\nbegin\nrun\nrescue => e\nc = id\nend\nsystem(c) # HERE"),
  ],
  ['an instance variable', 'ruby', 78, ruby("@c = 'ls'\ninstance_variable_set(:@c, id)\nsystem(@c) # HERE")],
  ['a modifier', 'ruby', 78, ruby("c = 'ls'\nc = id if b\nsystem(c) # HERE")],
  [
    'an array of characters that is written to',
    'c',
    78,
    c('char cmd[9] = "ls"; cmd[0] = *id;\nsystem(cmd); /* HERE */'),
  ],
  [
    'written through a pointer',
    'c',
    78,
    c('char *cmd = "ls"; char **p = &cmd; *p = id;\nsystem(cmd); /* HERE */'),
  ],
  ['a macro that may assign', 'c', 78, c('char *cmd = "ls"; SET(cmd, id);\nsystem(cmd); /* HERE */')],
  [
    'one side of an #ifdef',
    'c',
    78,
    c('char *cmd = "ls";\n#ifdef X\ncmd = id;\n#endif\nsystem(cmd); /* HERE */'),
  ],
  [
    'an unsigned that wraps',
    'c',
    78,
    c('unsigned char n = 255; n = n + 1; if (n > 0) { } else {\nsystem(id); /* HERE */\n}'),
  ],
  ['a static local', 'c', 78, c('static char *cmd = "ls";\nsystem(cmd); cmd = id; /* HERE */')],
  [
    'a size is not excused by a constant',
    'c',
    120,
    c('char buffer[2]; strcpy(buffer, "constant"); /* HERE */'),
  ],
  ['assigned in a goroutine', 'go', 78, go('c := "ls"; go func() { c = id }()\nexec.Command(c) // HERE')],
  [
    'assigned with several values',
    'go',
    78,
    go('c, err := "ls", run(); c, err = find(id)\nexec.Command(c) // HERE'),
  ],
  ['hidden in an inner block', 'go', 78, go('c := "ls"; if b { c := id\nexec.Command(c) // HERE\n}')],
  [
    'a switch that falls through',
    'go',
    78,
    go('c := "ls"; switch 1 { case 1: c = id; fallthrough; case 2: }\nexec.Command(c) // HERE'),
  ],
  [
    'an out parameter',
    'csharp',
    78,
    csharp('string c = "ls"; map.TryGetValue(id, out c);\nProcess.Start(c); // HERE'),
  ],
  [
    'a tuple assignment',
    'csharp',
    78,
    csharp('string c = "ls"; (c, b) = Find(id);\nProcess.Start(c); // HERE'),
  ],
  [
    'assigned by a local function',
    'csharp',
    78,
    csharp('string c = "ls"; void Set() { c = id; } Set();\nProcess.Start(c); // HERE'),
  ],
];

describe('what only looks harmless is never dismissed', () => {
  it.each(NEAR_MISSES)('%s (%s, CWE-%d)', async (_sentence, language, cwe, code) => {
    expect(await dismisses(language, code, cwe)).toBe(false);
  });

  it('a secret in a comment is still a secret', async () => {
    expect(await outcomeOf('java', 'class A {\n// password = "x9fk2" HERE\n}', { cwe: [798] })).toBe(
      'REV.no-sink',
    );
  });

  it('a comment next to an open call may be a report that is a line off', async () => {
    expect(await outcomeOf('java', java('// HERE\ns.executeQuery(id);'), { cwe: [89] })).toBe('REV.no-sink');
  });

  it('a call of literals next to an open call may be a report that is a line off', async () => {
    expect(
      await outcomeOf('java', java('s.executeQuery("select 1"); // HERE\ns.executeQuery(id);'), {
        cwe: [89],
      }),
    ).toBe('REV.unknown');
  });

  it('code that the parser did not understand says nothing', async () => {
    expect(await outcomeOf('java', java('s.executeQuery("a"); // HERE\nint = = 3;'), { cwe: [89] })).toBe(
      'REV.parse',
    );
  });
});

describe('a secret in the code', () => {
  it.each([
    ['python', 'SECRET_KEY = "kq8-x92-zz1"  # HERE', 'misuse'],
    ['python', 'app.config["SECRET_KEY"] = "kq8-x92-zz1"  # HERE', 'misuse'],
    ['python', 'connect(user="a", password="kq8-x92-zz1")  # HERE', 'misuse'],
    ['javascript', 'const apiKey = "kq8-x92-zz1"; // HERE', 'misuse'],
    ['python', 'SECRET_KEY = ""  # HERE', 'REV.no-sink'],
    ['python', 'SECRET_KEY = "changeme"  # HERE', 'REV.no-sink'],
    ['python', 'SECRET_KEY = load()  # HERE', 'REV.no-sink'],
    ['python', 'title = "kq8-x92-zz1"  # HERE', 'REV.no-sink'],
  ])('%s: %s is %s', async (language, code, outcome) => {
    expect(await outcomeOf(language, code, { cwe: [798] })).toBe(outcome);
  });
});
