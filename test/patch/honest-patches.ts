// Fixes as honest tools propose them, all of which must be offered: one row each.
import type { FixCase, Swap } from './scanner-fix.ts';

export interface HonestPatch extends FixCase {
  readonly name: string;
  /** Whether the engine had proved the weakness, and sees that it is gone. */
  readonly rejudged: 'passed' | 'not_applicable';
}

function row(
  name: string,
  path: string,
  text: string,
  swaps: readonly Swap[],
  cwe: readonly number[] = [20],
  rejudged: HonestPatch['rejudged'] = 'not_applicable',
): HonestPatch {
  return { name, path, text, swaps, cwe, rejudged };
}

const py = (
  name: string,
  body: string,
  swaps: readonly Swap[],
  cwe?: readonly number[],
  seen?: HonestPatch['rejudged'],
) => row(name, 'src/app.py', body, swaps, cwe, seen);
const js = (
  name: string,
  body: string,
  swaps: readonly Swap[],
  cwe?: readonly number[],
  seen?: HonestPatch['rejudged'],
) => row(name, 'src/app.js', body, swaps, cwe, seen);

const HASH = 'import hashlib\n\ndef f(a):\n    return hashlib.md5(a).hexdigest()\n';
const TLS = 'import requests\n\ndef f(u):\n    return requests.get(u, verify=False)\n';

export const HONEST_PATCHES: readonly HonestPatch[] = [
  py('a strong hash', HASH, [['md5', 'sha256']], [327], 'passed'),
  py(
    'a strong hash in a file with CRLF',
    HASH.replaceAll('\n', '\r\n'),
    [['md5', 'sha256']],
    [327],
    'passed',
  ),
  py('a strong hash behind a byte order mark', `\uFEFF${HASH}`, [['md5', 'sha256']], [327], 'passed'),
  py('a strong hash on a last line without line end', HASH.trimEnd(), [['md5', 'sha256']], [327], 'passed'),
  py('a strong hash under a Chinese comment', `# 计算摘要\n${HASH}`, [['md5', 'sha256']], [328], 'passed'),
  py(
    'a weak line deleted',
    'import hashlib\n\ndef f(a):\n    hashlib.md5(a)\n    return a\n',
    [['    hashlib.md5(a)\n', '']],
    [327],
    'passed',
  ),
  {
    ...py(
      'a weak last line deleted',
      'import hashlib\nx = 1\nhashlib.md5(b"")',
      [['\nhashlib.md5(b"")', '\n']],
      [327],
      'passed',
    ),
    line: 3,
  },
  py('certificates are checked', TLS, [['verify=False', 'verify=True']], [295], 'passed'),
  py('certificates are checked by default', TLS, [[', verify=False', '']], [295], 'passed'),
  py('a time limit', 'import requests\n\ndef f(u):\n    return requests.get(u)\n', [
    ['(u)', '(u, timeout=10)'],
  ]),
  py('https for http', "URL = 'http://api.example.org/v1'\n", [['http:', 'https:']], [319]),
  py('only this machine', "def f(app):\n    app.run(host='0.0.0.0')\n", [['0.0.0.0', '127.0.0.1']], [605]),
  py(
    'no debug mode',
    'def f(app):\n    app.run(debug=True)\n',
    [['debug=True', 'debug=False']],
    [489],
    'passed',
  ),
  py(
    'parameters of a query',
    "def f(c, n):\n    c.execute('SELECT * FROM t WHERE n = %s' % n)\n",
    [["%s' % n", "%s', (n,)"]],
    [89],
  ),
  py(
    'a safe loader',
    'import yaml\n\ndef f(t):\n    return yaml.load(t)\n',
    [['yaml.load(', 'yaml.safe_load(']],
    [502],
  ),
  py(
    'random numbers of the system',
    'import random\nimport secrets\n\ndef f():\n    return random.choice([1, 2])\n',
    [['random.choice', 'secrets.choice']],
    [330],
    'passed',
  ),
  py(
    'no shell',
    "import subprocess\n\ndef f(a):\n    subprocess.run(['ls', a], shell=True)\n",
    [['shell=True', 'shell=False']],
    [78],
  ),
  py(
    'a secure cookie',
    "def f(r):\n    r.set_cookie('a', 'b')\n",
    [["'b')", "'b', secure=True, httponly=True)"]],
    [614],
    'passed',
  ),
  py('an exception that is named', 'def f():\n    try:\n        g()\n    except:\n        pass\n', [
    ['except:', 'except ValueError:'],
  ]),
  py('None compared by identity', 'def f(a):\n    return a == None\n', [['== None', 'is None']]),
  py('a mutable default', 'def f(a=[]):\n    return a\n', [
    ['a=[]', 'a=None'],
    ['return a', 'return a or []'],
  ]),
  py(
    'a check added',
    'def f(a):\n    return open(a)\n',
    [['    return', "    if '..' in a:\n        raise ValueError(a)\n    return"]],
    [22],
  ),
  py('a line deleted', 'def f(a):\n    print(a)\n    return a\n', [['    print(a)\n', '']], [532]),
  py('an assertion replaced', 'def f(a):\n    assert a > 0\n    return a\n', [
    ['assert a > 0', 'if a <= 0:\n        raise ValueError(a)'],
  ]),
  py(
    'a mode of a file',
    'import os\n\ndef f(p):\n    os.chmod(p, 0o777)\n',
    [['0o777', '0o600']],
    [732],
    'not_applicable',
  ),
  js(
    'a strong hash',
    "const crypto = require('crypto');\nmodule.exports = (a) => crypto.createHash('md5').update(a).digest('hex');\n",
    [["'md5'", "'sha256'"]],
    [328],
    'passed',
  ),
  js('strict equality', 'function f(a, b) {\n  return a == b;\n}\n', [['==', '===']]),
  js(
    'parameters of a query',
    "function f(db, id) {\n  return db.query('SELECT * FROM t WHERE id = ' + id);\n}\n",
    [["= ' + id", "= ?', [id]"]],
    [89],
  ),
  js(
    'text in place of markup',
    'function f(e, t) {\n  e.innerHTML = t;\n}\n',
    [['innerHTML', 'textContent']],
    [79],
  ),
  js('const for var', 'var a = 1;\nconsole.log(a);\n', [['var', 'const']]),
  js('a pattern anchored', 'const p = /^a.b/;\nmodule.exports = (t) => p.test(t);\n', [['a.b/', 'a\\.b$/']]),
  js('a pattern asked', 'const re = /^a$/;\nmodule.exports = (t) => t.match(re);\n', [
    ['t.match(re)', 're.exec(t)'],
  ]),
  js(
    'certificates are checked',
    "const https = require('https');\nconst agent = new https.Agent({ rejectUnauthorized: false });\n",
    [['false', 'true']],
    [295],
    'not_applicable',
  ),
  js(
    'a flag on a cookie',
    "function f(res) {\n  res.cookie('a', 'b', { httpOnly: false });\n}\n",
    [['false', 'true']],
    [1004],
  ),
  js(
    'the environment in place of a text',
    "const token = 'abc';\nmodule.exports = token;\n",
    [["'abc'", 'process.env.TOKEN']],
    [798],
  ),
  js('a null check', 'function f(a) {\n  return a.b.c;\n}\n', [['a.b.c', 'a?.b?.c']], [476]),
  row('TypeScript: a type', 'src/a.ts', 'export function f(a: any): string {\n  return String(a);\n}\n', [
    ['any', 'unknown'],
  ]),
  row(
    'TSX: rel on a link',
    'src/a.tsx',
    'export const A = ({ u }: { u: string }) => <a href={u} target="_blank">x</a>;\n',
    [['"_blank"', '"_blank" rel="noopener noreferrer"']],
    [1022],
  ),
  row(
    'Java: a strong hash',
    'src/A.java',
    'import java.security.MessageDigest;\n\nclass A {\n  MessageDigest f() throws Exception {\n    return MessageDigest.getInstance("MD5");\n  }\n}\n',
    [['"MD5"', '"SHA-256"']],
    [328],
    'passed',
  ),
  row(
    'Java: equals',
    'src/B.java',
    'class B {\n  boolean f(String a, String b) {\n    return a == b;\n  }\n}\n',
    [['a == b', 'a.equals(b)']],
  ),
  row(
    'Java: a class of a package in use',
    'src/C.java',
    'import java.sql.Connection;\n\nclass C {\n  void f(Connection c) throws Exception {\n    c.close();\n  }\n}\n',
    [
      ['import java.sql.Connection;', 'import java.sql.Connection;\nimport java.sql.SQLException;'],
      ['throws Exception', 'throws SQLException'],
    ],
  ),
  row(
    'Go: a newer protocol',
    'a.go',
    'package a\n\nimport "crypto/tls"\n\nvar c = tls.Config{MinVersion: tls.VersionTLS10}\n',
    [['VersionTLS10', 'VersionTLS12']],
    [327],
  ),
  row('Go: an error that is looked at', 'b.go', 'package a\n\nfunc f() error {\n\tg()\n\treturn nil\n}\n', [
    ['g()\n', 'if err := g(); err != nil {\n\t\treturn err\n\t}\n'],
  ]),
  row(
    'C: a bounded copy',
    'a.c',
    '#include <string.h>\n\nvoid f(char *d, const char *s) {\n  strcpy(d, s);\n}\n',
    [['strcpy(d, s)', 'strlcpy(d, s, 16)']],
    [120],
  ),
  row(
    'C: a bounded print',
    'b.c',
    '#include <stdio.h>\n\nvoid f(char *d, int a) {\n  sprintf(d, "%d", a);\n}\n',
    [['sprintf(d, ', 'snprintf(d, 16, ']],
    [120],
  ),
  row('C++: static', 'a.cpp', 'int f() { return 1; }\n', [['int f', 'static int f']]),
  row('C++: auto', 'c.cpp', 'int f() {\n  int a = 1;\n  return a;\n}\n', [['int a', 'auto a']]),
  row(
    'PHP: escaped output',
    'a.php',
    '<?php\nfunction f($a) {\n  echo $a;\n}\n',
    [['echo $a', 'echo htmlspecialchars($a, ENT_QUOTES)']],
    [79],
  ),
  row('PHP: strict comparison', 'b.php', '<?php\nfunction f($a, $b) {\n  return $a == $b;\n}\n', [
    ['==', '==='],
  ]),
  row(
    'Ruby: a strong hash',
    'a.rb',
    "require 'digest'\n\ndef f(a)\n  Digest::MD5.hexdigest(a)\nend\n",
    [['MD5', 'SHA256']],
    [328],
    'passed',
  ),
  row(
    'Ruby: parameters of a query',
    'b.rb',
    'def f(n)\n  User.where("name = \'#{n}\'")\nend\n',
    [['"name = \'#{n}\'"', '"name = ?", n']],
    [89],
  ),
  row(
    'C#: a strong hash',
    'A.cs',
    'using System.Security.Cryptography;\n\nclass A {\n  byte[] F(byte[] a) {\n    return MD5.Create().ComputeHash(a);\n  }\n}\n',
    [['MD5', 'SHA256']],
    [328],
    'passed',
  ),
  row('a language that nobody knows', 'a.kt', 'fun f(a: String) = a\n', [['= a', '= a.trim()']]),
  row(
    'a check mended in place',
    'src/guard.py',
    'def f(u):\n    if not is_admin(u) or u.guest:\n        return None\n    return 1\n',
    [['or u.guest', 'and u.guest']],
  ),
];
