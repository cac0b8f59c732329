// Small repositories of two files, one for each language, that are the same program.

/** A washer with a function, a class where the language has them, and a constant; and a file that uses it. */
export const REPOSITORIES: Readonly<
  Record<
    string,
    {
      readonly files: Record<string, string>;
      readonly near: string;
      readonly definition: string;
      readonly caller: string;
      readonly constant: string;
    }
  >
> = {
  java: {
    files: {
      'src/app/Find.java':
        'package app;\nimport lib.Washer;\nclass Find {\n  void find(String q) {\n    db.query(Washer.clean(q));\n  }\n}\n',
      'src/lib/Washer.java':
        'package lib;\npublic class Washer {\n  static final int LIMIT = 10;\n  static String clean(String text) {\n    return text.trim();\n  }\n}\n',
    },
    near: 'src/app/Find.java',
    definition: 'method clean of Washer src/lib/Washer.java:4-6',
    caller: 'Washer.clean in find src/app/Find.java:5',
    constant: 'src/lib/Washer.java:3',
  },
  javascript: {
    files: {
      'src/find.js':
        "import { clean } from './washer.js';\nexport function find(q) {\n  db.query(clean(q));\n}\n",
      'src/washer.js':
        'export const LIMIT = 10;\nexport const clean = (text) => {\n  return text.trim();\n};\n',
    },
    near: 'src/find.js',
    definition: 'function clean src/washer.js:2-4',
    caller: 'clean in find src/find.js:3',
    constant: 'src/washer.js:1',
  },
  typescript: {
    files: {
      'src/find.ts':
        "import { Washer } from './washer.ts';\nexport function find(q: string): void {\n  db.query(new Washer().clean(q));\n}\n",
      'src/washer.ts':
        'export const LIMIT: number = 10;\nexport class Washer {\n  clean(text: string): string {\n    return text.trim();\n  }\n}\n',
    },
    near: 'src/find.ts',
    definition: 'method clean of Washer src/washer.ts:3-5',
    caller: 'newWasher().clean in find src/find.ts:3',
    constant: 'src/washer.ts:1',
  },
  python: {
    files: {
      'app/find.py': 'from lib.washer import clean\n\ndef find(q):\n    db.query(clean(q))\n',
      'lib/washer.py': 'LIMIT = 10\n\n@cached\ndef clean(text):\n    return text.strip()\n',
    },
    near: 'app/find.py',
    definition: 'function clean lib/washer.py:3-5',
    caller: 'clean in find app/find.py:4',
    constant: 'lib/washer.py:1',
  },
  go: {
    files: {
      'app/find.go':
        'package app\n\nimport "example.org/lib/washer"\n\nfunc Find(q string) {\n\tdb.Query(washer.clean(q))\n}\n',
      'lib/washer/washer.go':
        'package washer\n\nconst LIMIT = 10\n\nfunc clean(text string) string {\n\treturn strings.TrimSpace(text)\n}\n',
    },
    near: 'app/find.go',
    definition: 'function clean lib/washer/washer.go:5-7',
    caller: 'washer.clean in Find app/find.go:6',
    constant: 'lib/washer/washer.go:3',
  },
  php: {
    files: {
      'app/find.php': '<?php\nuse Lib\\Washer;\nfunction find($q) {\n  $db->query(Washer::clean($q));\n}\n',
      'lib/Washer.php':
        '<?php\nnamespace Lib;\nclass Washer {\n  const LIMIT = 10;\n  static function clean($text) {\n    return trim($text);\n  }\n}\n',
    },
    near: 'app/find.php',
    definition: 'method clean of Washer lib/Washer.php:5-7',
    caller: 'Washer::clean in find app/find.php:4',
    constant: 'lib/Washer.php:4',
  },
  ruby: {
    files: {
      'app/find.rb': "require_relative '../lib/washer'\ndef find(q)\n  db.query(Washer.clean(q))\nend\n",
      'lib/washer.rb': 'module Washer\n  LIMIT = 10\n  def self.clean(text)\n    text.strip\n  end\nend\n',
    },
    near: 'app/find.rb',
    definition: 'method clean of Washer lib/washer.rb:3-5',
    caller: 'Washer.clean in find app/find.rb:3',
    constant: 'lib/washer.rb:2',
  },
  csharp: {
    files: {
      'App/Find.cs':
        'using Lib;\nclass Find {\n  void Run(string q) {\n    db.Query(Washer.clean(q));\n  }\n}\n',
      'Lib/Washer.cs':
        'namespace Lib;\nclass Washer {\n  const int LIMIT = 10;\n  static string clean(string text) {\n    return text.Trim();\n  }\n}\n',
    },
    near: 'App/Find.cs',
    definition: 'method clean of Washer Lib/Washer.cs:4-6',
    caller: 'Washer.clean in Run App/Find.cs:4',
    constant: 'Lib/Washer.cs:3',
  },
  c: {
    files: {
      'src/find.c': '#include "washer.h"\nvoid find(char *q) {\n  query(clean(q));\n}\n',
      'src/washer.c': '#include "washer.h"\nchar *clean(char *text) {\n  return trim(text);\n}\n',
      'src/washer.h': '#define LIMIT 10\nchar *clean(char *text);\n',
    },
    near: 'src/find.c',
    definition: 'function clean src/washer.c:2-4',
    caller: 'clean in find src/find.c:3',
    constant: 'src/washer.h:1',
  },
};
