import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCodeIndex } from '#code/code-index.ts';
import type { RepositoryLimits } from '#code/repository-files.ts';
import { createRepositoryIndex, isAskableName } from '#code/repository-index.ts';
import { filterOf, mayHold } from '#code/word-filter.ts';
import { createMemoryWorkspace } from '../doubles/memory-workspace.ts';
import { REPOSITORIES } from './sample-repositories.ts';
import { assets } from './sample-units.ts';

function indexOf(files: Readonly<Record<string, string>>, limits: Partial<RepositoryLimits> = {}) {
  const workspace = createMemoryWorkspace(files);
  return { workspace, index: createRepositoryIndex(workspace, createCodeIndex(workspace, assets), limits) };
}

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
