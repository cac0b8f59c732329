import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCodeIndex } from '#code/code-index.ts';
import type { RepositoryLimits } from '#code/repository-files.ts';
import { createRepositoryIndex, isAskableName } from '#code/repository-index.ts';
import { filterOf, mayHold } from '#code/word-filter.ts';
import { createMemoryWorkspace } from '../doubles/memory-workspace.ts';
import { assets } from './sample-units.ts';

function indexOf(files: Readonly<Record<string, string>>, limits: Partial<RepositoryLimits> = {}) {
  const workspace = createMemoryWorkspace(files);
  return { workspace, index: createRepositoryIndex(workspace, createCodeIndex(workspace, assets), limits) };
}

/** A washer with a function, a class where the language has them, and a constant; and a file that uses it. */
const REPOSITORIES: Readonly<
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

describe.each(Object.entries(REPOSITORIES))(
  'a repository in %s',
  (_language, { files, near, ...expected }) => {
    it('is asked where a function is defined', async () => {
      const { hits } = await indexOf(files).index.definitions('clean', near);
      const said = hits.map(
        ({ kind, name, owner, path, startLine, endLine }) =>
          `${kind} ${name}${owner === null ? '' : ` of ${owner}`} ${path}:${startLine}-${endLine}`,
      );
      expect(said).toEqual([expected.definition]);
    });

    it('is asked who calls it', async () => {
      const { hits } = await indexOf(files).index.callers('clean', near);
      expect(
        hits.map(
          ({ callee, function: around, path, startLine }) =>
            `${callee} in ${around?.name} ${path}:${startLine}`,
        ),
      ).toEqual([expected.caller]);
    });

    it('is asked for a constant', async () => {
      const { hits } = await indexOf(files).index.definitions('LIMIT', near);
      expect(hits.map(({ path, startLine }) => `${path}:${startLine}`)).toEqual([expected.constant]);
    });

    it('is asked what a file imports', async () => {
      const { hits } = await indexOf(files).index.imports(near);
      expect(hits.flatMap(({ words }) => words).join(' ')).toMatch(/washer|Lib/i);
    });
  },
);

describe('where several things have a name', () => {
  const files = {
    'a/near.py': 'from far.helper import x\ndef clean(t):\n    return 1\n',
    'a/beside.py': 'def clean(t):\n    return 2\n',
    'far/helper.py': 'def clean(t):\n    return 3\n',
    'b/other.py': 'class Soap:\n    def clean(self, t):\n        return 4\n',
    'a/clean.js': 'function clean() {}\n',
    'a/test_beside.py': 'def clean(t):\n    return 5\n',
  };

  it('the same file comes first, then its folder, what it imports, and the rest; other languages never', async () => {
    const { hits } = await indexOf(files).index.definitions('clean', 'a/near.py');
    expect(hits.map(({ path }) => path)).toEqual([
      'a/near.py',
      'a/beside.py',
      'a/test_beside.py',
      'far/helper.py',
      'b/other.py',
    ]);
  });

  it('a class that the question names goes first', async () => {
    const { hits } = await indexOf(files).index.definitions('Soap.clean', 'a/near.py');
    expect(hits[0]).toMatchObject({ path: 'b/other.py', owner: 'Soap' });
  });

  it('the answer says how many more there are', async () => {
    const found = await indexOf(files, { hits: 2 }).index.definitions('clean', 'a/near.py');
    expect([found.hits.length, found.more]).toEqual([2, 3]);
  });

  it('and which files were not looked into', async () => {
    const { gaps } = await indexOf(files, { parsed: 2 }).index.definitions('clean', 'a/near.py');
    expect(gaps).toEqual(['3 more files that may hold the name were not looked into']);
  });
});

describe('a search', () => {
  const many = Object.fromEntries(
    Array.from({ length: 30 }, (_, at) => [
      `p/f${at}.py`,
      at === 7 ? 'def wanted():\n    pass\n' : `def other${at}():\n    pass\n`,
    ]),
  );

  it('reads each file of the language once, and then only those that may hold the name', async () => {
    const { workspace, index } = indexOf({ ...many, 'p/x.java': 'class X {}', 'p/x.txt': 'wanted' });
    await index.definitions('wanted', 'p/f0.py');
    const first = workspace.asked.length;
    expect(workspace.asked).not.toContain('p/x.java');
    await index.callers('wanted', 'p/f0.py');
    expect(workspace.asked.length - first).toBeLessThan(6);
  });

  it('skips what is too large, and says so', async () => {
    const { index } = indexOf(
      { ...many, 'p/big.py': `wanted = 1\n${'x = 1\n'.repeat(400)}` },
      { fileBytes: 1000 },
    );
    const found = await index.definitions('wanted', 'p/f0.py');
    expect(found.hits.map(({ path }) => path)).toEqual(['p/f7.py']);
    expect(found.gaps).toEqual(['1 file was not searched: too large']);
  });

  it('ends where the repository is larger than what is searched, and says so', async () => {
    const { gaps } = await indexOf(many, { files: 10 }).index.definitions('wanted', 'p/f0.py');
    expect(gaps).toEqual(['20 files were not searched: the repository is larger than what is searched']);
  });

  it('looks into code of others last', async () => {
    const { gaps, hits } = await indexOf(
      { 'node_modules/a/i.js': 'function f() {}', 'src/z.js': 'function f() {}' },
      { files: 1 },
    ).index.definitions('f', 'src/a.js');
    expect([hits.map(({ path }) => path), gaps.length]).toEqual([['src/z.js'], 1]);
  });

  it('finds nothing for what is no name, and asks for no such path', async () => {
    const { index, workspace } = indexOf(many);
    for (const name of ['', '../../etc/passwd', 'a b', 'x'.repeat(101), 'a\nb', '(.*)+$', '-rf'])
      expect((await index.definitions(name, 'p/f0.py')).hits).toEqual([]);
    expect((await index.imports('../../etc/passwd')).hits).toEqual([]);
    expect(await index.lines('/etc/passwd')).toBeNull();
    expect(workspace.asked.some((path) => path.includes('passwd'))).toBe(false);
  });

  it('takes names as languages write them', () => {
    expect(
      ['a', 'a.b', '$q', '@limit', 'empty?', 'A::b', 'A\\b', 'x->y', 'größe', 'spring.db-url'].filter(
        (name) => !isAskableName(name),
      ),
    ).toEqual([]);
  });

  it('gives the same answer each time', async () => {
    const ask = async () => JSON.stringify(await indexOf(many).index.definitions('wanted', 'p/f0.py'));
    expect(await ask()).toBe(await ask());
  });
});

describe('a setting', () => {
  const files = {
    'app.properties': 'db.url=jdbc:x\ndb.user=sa\n',
    'application.yml': 'server:\n  port: 1\ndb:\n  url: jdbc:y\n  pool:\n    size: 3\ncache:\n  url: z\n',
    'settings.json': '{\n  "db": {\n    "url": "w"\n  }\n}\n',
    'config.toml': '[db]\nurl = "v"\n[other]\nurl = "u"\n',
    '.env.example': 'DB_URL=\n',
    '.env': 'DB_URL=secret\n',
    'package-lock.json': '{\n  "db.url": 1\n}\n',
  };
  const lines = async (key: string) =>
    (await indexOf(files).index.configuration(key)).hits.map(
      ({ path, startLine, endLine }) => `${path}:${startLine}-${endLine}`,
    );

  it('is found in each kind of file, by its whole name or by the names above it', async () => {
    expect(await lines('db.url')).toEqual([
      'app.properties:1-1',
      'application.yml:4-4',
      'config.toml:2-2',
      'settings.json:3-3',
    ]);
  });

  it('that holds others comes with them', async () => {
    expect(await lines('db.pool')).toEqual(['application.yml:5-6']);
  });

  it('of the environment is read from the example, never from the real file', async () => {
    expect(await lines('DB_URL')).toEqual(['.env.example:1-1']);
  });
});

describe('what is kept of a file for searching', () => {
  it('never denies a word that the file holds', () => {
    const word = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,20}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 200 }), (words) => {
        const filter = filterOf(words.join(' '));
        return words.every((each) => mayHold(filter, each) && mayHold(filter, each.toUpperCase()));
      }),
    );
  });

  it('denies nearly every other word', () => {
    const filter = filterOf(Array.from({ length: 300 }, (_, at) => `return word${at}(value);`).join('\n'));
    const wrong = Array.from({ length: 1000 }, (_, at) => `absent${at}`).filter((word) =>
      mayHold(filter, word),
    );
    expect(wrong.length).toBeLessThan(40);
  });
});
