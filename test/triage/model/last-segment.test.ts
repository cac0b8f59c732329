// How far `basename` and its like answer for a path: as the last segment below a folder, opened as a file.
import { describe, expect, test } from 'vitest';
import { aClaim, aScene } from './scene.ts';

const js = (...lines: string[]) => ({
  'src/a.js': `const fs = require('fs');\nconst path = require('path');\nfunction f(req, list) {\n${lines.join('\n')}\n}\n`,
});
const python = (line: string) => ({
  'a.py': `import os\nimport posixpath\n\ndef f(name):\n    ${line}  # HERE\n`,
});
const php = (line: string) => ({ 'a.php': `<?php\nfunction f($name) {\n  ${line} // HERE\n}\n` });

async function checked(files: Readonly<Record<string, string>>, quote: string, cwe = [22]) {
  const symbol = /(\w+)\(/.exec(quote)?.[1] ?? '';
  const [claim] = await aScene(files, { cwe }).check([aClaim('sanitizer', quote, symbol)]);
  return claim;
}

describe('the last segment of a path', () => {
  test.each([
    ['joined', js("  return fs.readFileSync(path.join('/srv/files', path.basename(req.name))); // HERE")],
    [
      'with an ending',
      js("  return fs.readFileSync('/srv/files/' + path.basename(req.name) + '.txt'); // HERE"),
    ],
    [
      'through a variable',
      js(
        '  const name = path.basename(req.name);',
        "  return fs.createReadStream(path.resolve('/srv/files', name)); // HERE",
      ),
    ],
    ['in Python', python("return open(os.path.join('/srv', os.path.basename(name)))")],
    ['in PHP', php("readfile('/srv/files/' . basename($name));")],
    ['in Ruby', { 'a.rb': "def f(name)\n  File.read(File.join('/srv', File.basename(name))) # HERE\nend\n" }],
    [
      'in Go',
      {
        'a.go':
          'package a\nimport (\n "os"\n "path/filepath"\n)\nfunc f(name string) {\n os.ReadFile(filepath.Join("/srv", filepath.Base(name))) // HERE\n}\n',
      },
    ],
    [
      'in C#',
      {
        'a.cs':
          'using System.IO;\nclass A { void F(string name) {\n  File.ReadAllText(Path.Combine("/srv", Path.GetFileName(name))); // HERE\n} }\n',
      },
    ],
    [
      'in Java',
      {
        'A.java':
          'import java.io.File;\nimport java.io.FileInputStream;\nclass A { void f(String name) throws Exception {\n  new FileInputStream("/srv/" + new File(name).getName()); // HERE\n} }\n',
      },
    ],
  ])('below a folder, opened as a file, is no way out: %s', async (_, files) => {
    const quote =
      /(?:[\w.]*(?:basename|Base|GetFileName)|new File)\([$\w.]+\)(?:\.getName\(\))?/.exec(
        Object.values(files)[0] ?? '',
      )?.[0] ?? '';
    const symbol = /(\w+)\(\)?[^(]*\)?$/.exec(quote)?.[1] ?? '';
    const [claim] = await aScene(files, { cwe: [22] }).check([aClaim('sanitizer', quote, symbol)]);
    expect(claim).toMatchObject({ outcome: 'opens' });
  });

  test.each([
    [
      'a folder is listed, which `..` names',
      js("  return fs.readdirSync(path.join('/srv/files', path.basename(req.name))); // HERE"),
    ],
    [
      'a tree is deleted',
      js("  return fs.rmSync(path.join('/srv/files', path.basename(req.name))); // HERE"),
    ],
    [
      'the path goes on behind it',
      js("  return fs.readFileSync(path.join('/srv/files', path.basename(req.name), 'passwd')); // HERE"),
    ],
    [
      'the text goes on behind it',
      js("  return fs.readFileSync('/srv/files/' + path.basename(req.name) + '/passwd'); // HERE"),
    ],
    ['nothing stands before it', js('  return fs.readFileSync(path.basename(req.name)); // HERE')],
    [
      'nobody knows who takes the path',
      js("  list.push(path.join('/srv/files', path.basename(req.name))); // HERE"),
    ],
  ])('opens nothing where %s', async (_, files) => {
    const claim = await checked(files, 'path.basename(req.name)');
    expect(claim?.outcome).toBe('holds');
    expect(claim?.why).toContain('keeps the last segment of a path, which may be ".."');
  });

  test('cut at the separators of one system, wherever it runs, opens nothing', async () => {
    const node = js("  return fs.readFileSync(path.join('/srv', path.posix.basename(req.name))); // HERE");
    expect(await checked(node, 'path.posix.basename(req.name)')).toMatchObject({ outcome: 'holds' });
    const files = python("return open(os.path.join('/srv', posixpath.basename(name)))");
    expect(await checked(files, 'posixpath.basename(name)')).toMatchObject({ outcome: 'holds' });
  });

  test('is no argument for another weakness', async () => {
    const files = php("readfile('/srv/files/' . basename($name));");
    expect(await checked(files, 'basename($name)', [22, 78])).toMatchObject({ outcome: 'holds' });
  });

  test('given back by a function counts where the function is called', async () => {
    const cleaner = (use: string) => ({
      'src/a.js': `const fs = require('fs');\nconst path = require('path');\nfunction plain(n) {\n  return path.basename(n);\n}\nfunction f(req) {\n  ${use} // HERE\n}\n`,
    });
    const below = cleaner("return fs.readFileSync('/srv/' + plain(req.name));");
    expect(await checked(below, 'path.basename(n)')).toMatchObject({ outcome: 'opens' });
    for (const use of [
      'return fs.readFileSync(plain(req.name));',
      "return fs.readdirSync('/srv/' + plain(req.name));",
    ])
      expect(await checked(cleaner(use), 'path.basename(n)')).toMatchObject({ outcome: 'struck' });
  });
});
