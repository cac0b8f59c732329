import { describe, expect, it } from 'vitest';
import type { Claim } from '#domain/claim.ts';
import { aClaim, aScene, QUERIES } from './scene.ts';

const js = (body: string, before = '') => ({ 'src/a.js': `${before}function f(req, db) {\n${body}\n}\n` });

async function outcomes(scene: ReturnType<typeof aScene>, ...claims: Claim[]) {
  return (await scene.check(claims)).map(({ outcome }) => outcome);
}

describe('a claim has to stand on text that is there', () => {
  const scene = aScene(js('  const id = req.query.id;\n  db.query(id); // HERE'));

  it.each([
    [
      'an item that is not there',
      aClaim('context', 'const id = req.query.id;', '', 'E9'),
      'no piece of evidence `E9`',
    ],
    [
      'a text that is not there',
      aClaim('context', 'const id = Number(req.query.id);'),
      'does not stand in `E1`',
    ],
    ['two characters', aClaim('context', 'id'), 'does not stand'],
    ['a piece of a word', aClaim('context', 'nst id'), 'does not stand'],
    ['nothing', aClaim('context', ''), 'does not stand'],
    [
      'lines that do not follow each other',
      aClaim('context', 'function f(req, db) {\n  db.query(id); // HERE'),
      'does not stand',
    ],
  ])('%s is struck', async (_, claim, why) => {
    const [checked] = await scene.check([claim]);
    expect(checked).toMatchObject({ outcome: 'struck', citation: null, quote: '' });
    expect(checked?.why).toContain(why);
  });

  it.each([
    ['a whole line', 'const id = req.query.id;', 2, 2],
    ['a piece of a line', 'req.query.id', 2, 2],
    ['lines without their indentation', 'const id = req.query.id;\ndb.query(id); // HERE', 2, 3],
    ['lines with other indentation', '      const id = req.query.id;\n      db.query(id);', 2, 3],
    ['lines of which only the first lost its indentation', 'const id = req.query.id;\n  db.query(id);', 2, 3],
    ['white space at the ends of lines', '\n  const id = req.query.id;  \n  db.query(id);\t\n', 2, 3],
  ])('%s holds, with the exact lines', async (_, quote, startLine, endLine) => {
    const [checked] = await scene.check([aClaim('context', quote)]);
    expect(checked).toMatchObject({ outcome: 'holds', citation: { path: 'src/a.js', startLine, endLine } });
    const lines = scene.dossier.items[0]?.text.split('\n').slice(startLine - 1, endLine);
    expect(checked?.citation?.quote).toBe(lines?.join('\n'));
  });

  it('is compared with what the model saw', async () => {
    const visible = () => 'function f(req, db) {\n  const id = ⟦secret⟧;\n  db.query(id); // HERE\n}\n';
    const [checked] = await scene.check([aClaim('context', 'const id = ⟦secret⟧;')], { visible });
    expect(checked).toMatchObject({
      outcome: 'holds',
      citation: { startLine: 2, quote: '  const id = req.query.id;' },
    });
  });

  it('says why in Chinese, too', async () => {
    const [checked] = await scene.check([aClaim('guard', 'const id = req.query.id;', 'id')], {
      language: 'zh-CN',
    });
    expect(checked?.why).toBe('所引代码行中没有关于 `id` 的条件。');
  });
});

describe('a sanitizer', () => {
  it.each([
    ['nested in the call', '  db.query("a" + Number(req.query.id)); // HERE', 'Number(req.query.id)'],
    [
      'through a variable',
      '  const id = Number(req.query.id);\n  db.query("a" + id); // HERE',
      'const id = Number(req.query.id);',
    ],
    [
      'through two variables and a text',
      ['  const id = Number(req.query.id);', '  const sql = `select $', '{id}`;\n  db.query(sql); // HERE']
        .join('')
        .replace(';  const', ';\n  const'),
      'const id = Number(req.query.id);',
    ],
  ])('opens when it stands %s', async (_, body, quote) => {
    const [checked] = await aScene(js(body)).check([aClaim('sanitizer', quote, 'Number')]);
    expect(checked).toMatchObject({ outcome: 'opens' });
  });

  it.each([
    [
      'for another variable',
      '  const n = Number(req.query.n);\n  db.query("a" + req.query.id); // HERE',
      'const n = Number(req.query.n);',
      'struck',
    ],
    [
      'for one of two values',
      '  db.query("a" + Number(req.query.n) + req.query.id); // HERE',
      'Number(req.query.n)',
      'holds',
    ],
    [
      'after the place',
      '  db.query(req.query.id); // HERE\n  const id = Number(req.query.id);',
      'const id = Number(req.query.id);',
      'struck',
    ],
    [
      'in a comment',
      '  // Number(req.query.id)\n  db.query(req.query.id); // HERE',
      '// Number(req.query.id)',
      'struck',
    ],
    [
      'in a text',
      '  const s = "Number(req.query.id)";\n  db.query(req.query.id); // HERE',
      '"Number(req.query.id)"',
      'struck',
    ],
    [
      'whose result is overwritten',
      '  let id = Number(req.query.id);\n  id = req.query.id;\n  db.query(id); // HERE',
      'let id = Number(req.query.id);',
      'struck',
    ],
    [
      'on one of two ways',
      '  let id = req.query.id;\n  if (req.a) {\n    id = Number(id);\n  }\n  db.query(id); // HERE',
      'id = Number(id);',
      'struck',
    ],
    [
      'whose result nobody takes',
      '  const id = req.query.id;\n  Number(id);\n  db.query(id); // HERE',
      'Number(id);',
      'struck',
    ],
    [
      'whose result goes through an unknown call',
      '  db.query(mix(Number(req.query.id), req)); // HERE',
      'Number(req.query.id)',
      'struck',
    ],
    [
      'overwritten by text that is added',
      '  let id = Number(req.query.id);\n  id += req.query.more;\n  db.query(id); // HERE',
      'let id = Number(req.query.id);',
      'struck',
    ],
    [
      'overwritten in a loop',
      '  let id = Number(req.query.id);\n  for (const more of req.all) {\n    db.query(id); // HERE\n    id = more;\n  }',
      'let id = Number(req.query.id);',
      'struck',
    ],
  ])('opens nothing %s', async (_, body, quote, outcome) => {
    expect(await outcomes(aScene(js(body)), aClaim('sanitizer', quote, 'Number'))).toEqual([outcome]);
  });

  it('of the name of a known one, but the file’s own, opens nothing', async () => {
    const files = js('  db.query(Number(req.query.id)); // HERE', 'function Number(x) {\n  return x;\n}\n');
    expect(await outcomes(aScene(files), aClaim('sanitizer', 'Number(req.query.id)', 'Number'))).toEqual([
      'holds',
    ]);
  });

  it.each([
    ['a parameter', 'import html\n\ndef f(html, q, db):\n    db.execute(html.escape(q))  # HERE\n'],
    ['a variable', 'import html\n\nhtml = other\n\ndef f(q, db):\n    db.execute(html.escape(q))  # HERE\n'],
    ['a class', 'class html:\n    pass\n\ndef f(q, db):\n    db.execute(html.escape(q))  # HERE\n'],
    ['nobody', 'def f(q, db):\n    db.execute(mine.html.escape(q))  # HERE\n'],
    [
      'a module of the repository',
      'from mine import html\n\ndef f(q, db):\n    db.execute(html.escape(q))  # HERE\n',
    ],
  ])('whose name is given by %s opens nothing', async (_, text) => {
    const claim = aClaim('sanitizer', 'html.escape(q)', 'escape');
    expect(await outcomes(aScene({ 'a.py': text }, { cwe: [79] }), claim)).toEqual(['holds']);
  });

  it('for another weakness opens nothing', async () => {
    const files = { 'a.py': 'import html\n\ndef f(q, db):\n    db.execute(html.escape(q))  # HERE\n' };
    const claim = aClaim('sanitizer', 'html.escape(q)', 'escape');
    expect(await outcomes(aScene(files, { cwe: [89] }), claim)).toEqual(['holds']);
    expect(await outcomes(aScene(files, { cwe: [79] }), claim)).toEqual(['opens']);
    expect(await outcomes(aScene(files, { cwe: [79, 89] }), claim)).toEqual(['holds']);
  });

  describe('of the repository', () => {
    const clean = 'function clean(x) {\n  return parseInt(x, 10);\n}\n';
    const call = aClaim('sanitizer', 'db.query(clean(req.query.id));', 'clean');
    const body = '  db.query(clean(req.query.id)); // HERE';

    it('opens when the model cites what it does, and that is known', async () => {
      const inner = aClaim('sanitizer', 'return parseInt(x, 10);', 'parseInt');
      expect(await outcomes(aScene(js(body, clean)), call, inner)).toEqual(['opens', 'opens']);
    });

    it('holds without that', async () => {
      expect(await outcomes(aScene(js(body, clean)), call)).toEqual(['holds']);
      const words = aClaim('context', 'return parseInt(x, 10);');
      expect(await outcomes(aScene(js(body, clean)), call, words)).toEqual(['holds', 'holds']);
    });

    it.each([
      [
        'gives back what it got on one way',
        'function clean(x) {\n  if (x.ok) return x;\n  return parseInt(x, 10);\n}\n',
      ],
      ['drops what it cleaned', 'function clean(x) {\n  const y = parseInt(x, 10);\n  return x;\n}\n'],
      ['is there twice', `${clean}function clean(x) {\n  return x;\n}\n`],
    ])('opens nothing when it %s', async (_, before) => {
      const inner = aClaim('sanitizer', 'parseInt(x, 10);', 'parseInt');
      expect(await outcomes(aScene(js(body, before)), call, inner)).not.toContain('opens');
    });

    it('opens from another file when that is the one imported name', async () => {
      const files = {
        'src/a.js':
          "import { clean } from './clean.js';\nexport function f(req, db) {\n  db.query(clean(req.query.id)); // HERE\n}\n",
        'src/clean.js': `export ${clean}`,
      };
      const inner = aClaim('sanitizer', 'return parseInt(x, 10);', 'parseInt', 'E2');
      expect(await outcomes(aScene(files, {}, ['function', 'definition']), call, inner)).toEqual([
        'opens',
        'opens',
      ]);
    });
  });
});

describe('a guard', () => {
  const guarded = (condition: string, then = 'return;') =>
    js(
      `  const id = req.query.id;\n  if (${condition}) ${then}\n  db.query("a" + id); // HERE`,
      "const LIST = ['a', 'b'];\n",
    );

  it.each([
    ["!['a', 'b'].includes(id)"],
    ['!LIST.includes(id)'],
    ["id !== 'a'"],
    ["id !== 'a' || req.b"],
    ['!/^[a-z0-9_]+$/.test(id)'],
    ['LIST.indexOf(id) < 0'],
  ])('opens when it lets only harmless values through: %s', async (condition) => {
    expect(
      await outcomes(aScene(guarded(condition)), aClaim('guard', `if (${condition}) return;`, 'id')),
    ).toEqual(['opens']);
  });

  it.each([
    ['!id', 'holds'],
    ['id.length > 10', 'holds'],
    ["id === ''", 'holds'],
    ['!isValid(id)', 'holds'],
    ["id !== 'a' && req.b", 'holds'],
    ['!req.list.includes(id)', 'holds'],
    ['!/[a-z]+/.test(id)', 'holds'],
    ['!/^.*$/.test(id)', 'holds'],
    ["!/^[a-z' ]+$/.test(id)", 'holds'],
    ['!/^a|b$/.test(id)', 'holds'],
    ['!/^[a-z]+$/m.test(id)', 'holds'],
    ['LIST.includes(id)', 'holds'],
  ])('holds, but opens nothing, when what it lets through is not known: %s', async (condition, outcome) => {
    expect(
      await outcomes(aScene(guarded(condition)), aClaim('guard', `if (${condition}) return;`, 'id')),
    ).toEqual([outcome]);
  });

  it.each([
    [
      'is about another variable',
      "  const b = req.b;\n  if (b !== 'a') return;\n  db.query(req.query.id); // HERE",
      "if (b !== 'a') return;",
      'b',
    ],
    [
      'does not leave',
      "  const id = req.id;\n  if (id !== 'a') log(id);\n  db.query(id); // HERE",
      "if (id !== 'a') log(id);",
      'id',
    ],
    [
      'stands after the place',
      "  const id = req.id;\n  db.query(id); // HERE\n  if (id !== 'a') return;",
      "if (id !== 'a') return;",
      'id',
    ],
    [
      'is a comment',
      "  const id = req.id;\n  // if (id !== 'a') return;\n  db.query(id); // HERE",
      "// if (id !== 'a') return;",
      'id',
    ],
    [
      'is of another function',
      "  db.query(req.id); // HERE\n}\nfunction g(id) {\n  if (id !== 'a') return;",
      "if (id !== 'a') return;",
      'id',
    ],
  ])('that %s is struck', async (_, body, quote, symbol) => {
    expect(await outcomes(aScene(js(body)), aClaim('guard', quote, symbol))).toEqual(['struck']);
  });

  it('opens nothing when the value changes after it, or another value is open', async () => {
    const changed =
      "  let id = req.id;\n  if (id !== 'a') return;\n  id = req.other;\n  db.query(id); // HERE";
    expect(
      await outcomes(aScene(js(changed)), aClaim('guard', "if (id !== 'a') return;", 'id')),
    ).not.toContain('opens');
    const other = "  const id = req.id;\n  if (id !== 'a') return;\n  db.query(id + req.other); // HERE";
    expect(await outcomes(aScene(js(other)), aClaim('guard', "if (id !== 'a') return;", 'id'))).toEqual([
      'holds',
    ]);
  });

  it('opens around the place, in a choice, and with others', async () => {
    const around = "  const id = req.id;\n  if (id === 'a') {\n    db.query(id); // HERE\n  }";
    expect(await outcomes(aScene(js(around)), aClaim('guard', "if (id === 'a') {", 'id'))).toEqual(['opens']);
    const both =
      "  const id = req.id;\n  if (id !== 'a') return;\n  db.query(id + Number(req.other)); // HERE";
    expect(
      await outcomes(
        aScene(js(both)),
        aClaim('guard', "if (id !== 'a') return;", 'id'),
        aClaim('sanitizer', 'Number(req.other)', 'Number'),
      ),
    ).toEqual(['opens', 'opens']);
  });

  it('by a list that the code changes opens nothing', async () => {
    const body =
      '  const id = req.id;\n  LIST.push(req.x);\n  if (!LIST.includes(id)) return;\n  db.query(id); // HERE';
    const files = js(body, "const LIST = ['a'];\n");
    expect(await outcomes(aScene(files), aClaim('guard', 'if (!LIST.includes(id)) return;', 'id'))).toEqual([
      'holds',
    ]);
  });
});

describe('a constant', () => {
  const TABLE = "const TABLE = 'users';\n";

  it('opens when nothing else reaches the place', async () => {
    const files = js('  db.query("select * from " + TABLE); // HERE', TABLE);
    expect(await outcomes(aScene(files), aClaim('constant', "const TABLE = 'users';", 'TABLE'))).toEqual([
      'opens',
    ]);
  });

  it.each([
    ['another value is there too', '  db.query("a" + TABLE + req.id); // HERE', TABLE, 'holds'],
    ['it is not used there', '  db.query(req.id); // HERE', TABLE, 'struck'],
    ['it is not a literal', '  db.query(TABLE); // HERE', 'const TABLE = process.env.T;\n', 'struck'],
    [
      'it gets another value',
      '  TABLE = req.id;\n  db.query(TABLE); // HERE',
      "let TABLE = 'users';\n",
      'struck',
    ],
  ])('opens nothing when %s', async (_, body, before, outcome) => {
    const claim = aClaim('constant', before.trim(), 'TABLE');
    expect(await outcomes(aScene(js(body, before)), claim)).toEqual([outcome]);
  });

  it('never opens where the constant may be the weakness', async () => {
    const files = js('  db.query("select * from " + TABLE); // HERE', TABLE);
    const claim = aClaim('constant', "const TABLE = 'users';", 'TABLE');
    for (const cwe of [[327], [798], [89, 330], []])
      expect(await outcomes(aScene(files, { cwe }), claim)).toEqual(['holds']);
  });

  it('that is some literal nearby is struck', async () => {
    const files = js("  const label = 'users';\n  db.query(req.id); // HERE");
    expect(await outcomes(aScene(files), aClaim('constant', "const label = 'users';", 'label'))).toEqual([
      'struck',
    ]);
  });
});

describe('code that never runs', () => {
  it('opens behind a statement that always leaves', async () => {
    const files = js('  return null;\n  db.query(req.id); // HERE');
    expect(await outcomes(aScene(files), aClaim('unreachable', 'return null;'))).toEqual(['opens']);
    expect(await outcomes(aScene(files, { cwe: [798] }), aClaim('unreachable', 'return null;'))).toEqual([
      'holds',
    ]);
  });

  it.each([
    ['leaves only sometimes', '  if (req.a) return null;\n  db.query(req.id); // HERE'],
    ['leaves another block', '  if (req.a) {\n    return null;\n  }\n  db.query(req.id); // HERE'],
    ['stands behind the place', '  db.query(req.id); // HERE\n  return null;'],
    ['is a comment', '  // return null;\n  db.query(req.id); // HERE'],
  ])('is struck when the statement %s', async (_, body) => {
    expect(await outcomes(aScene(js(body)), aClaim('unreachable', 'return null;'))).toEqual(['struck']);
  });

  it('opens by a fact that says so', async () => {
    const files = js('  if (false) {\n    db.query(req.id); // HERE\n  }');
    const scene = aScene(files, {}, ['dead_branch']);
    expect(await outcomes(scene, aClaim('unreachable', 'if (false) {'))).toEqual(['opens']);
  });
});

describe('a safe form', () => {
  const files = js('  db.query("select ?", [req.id]); // HERE\n  db.query(req.id);');
  const claim = aClaim('safe_api', 'db.query("select ?", [req.id]);', 'query');

  it('opens only when the catalogue knows it, at the place itself', async () => {
    const scene = aScene(files);
    expect(await outcomes(scene, claim)).toEqual(['holds']);
    const apis = { ...QUERIES, isSafeForm: () => true };
    expect((await scene.check([claim], { apis }))[0]?.outcome).toBe('opens');
    const other = aClaim('safe_api', '  db.query(req.id);', 'query');
    expect((await scene.check([other], { apis }))[0]?.outcome).toBe('struck');
  });
});

describe('claims that prove', () => {
  const files = js('  const id = req.query.id;\n  const other = req.query.b;\n  db.query("a" + id); // HERE');
  const scene = aScene(files);
  const apis = { ...QUERIES, isSource: () => true };

  it('a source opens when it is known and on the way', async () => {
    const claims = [aClaim('source', 'const id = req.query.id;', 'req.query.id')];
    expect((await scene.check(claims))[0]?.outcome).toBe('holds');
    expect((await scene.check(claims, { apis }))[0]?.outcome).toBe('opens');
    const other = [aClaim('source', 'const other = req.query.b;', 'req.query.b')];
    expect((await scene.check(other, { apis }))[0]?.outcome).toBe('holds');
    expect(
      (await scene.check([aClaim('source', 'const id = req.query.id;', 'body')], { apis }))[0]?.outcome,
    ).toBe('struck');
  });

  it('a flow holds on the way only, a sink at the place only', async () => {
    expect(
      await outcomes(
        scene,
        aClaim('flow', 'const id = req.query.id;', 'id'),
        aClaim('flow', 'const other = req.query.b;', 'other'),
        aClaim('sink', 'db.query("a" + id);', 'query'),
        aClaim('sink', 'const id = req.query.id;', 'query'),
      ),
    ).toEqual(['holds', 'struck', 'holds', 'struck']);
  });

  it('neither opens a dismissal', async () => {
    const claims = (['trusted_source', 'flow', 'context', 'source', 'sink'] as const).map((kind) =>
      aClaim(kind, 'db.query("a" + id);', kind === 'source' ? 'id' : 'query'),
    );
    expect(await outcomes(scene, ...claims)).not.toContain('opens');
  });
});

describe('where nobody knows which call is meant', () => {
  it('everything on the line has to be answered for', async () => {
    const claim = aClaim('sanitizer', 'Number(req.id)', 'Number');
    const files = js('  db.run(Number(req.id)); // HERE', "import db from 'db';\n");
    expect((await aScene(files).check([claim]))[0]?.outcome).toBe('holds');
    const plain = {
      'src/a.js': "import db from 'db';\nfunction f(req) {\n  db.run(Number(req.id)); // HERE\n}\n",
    };
    expect((await aScene(plain).check([claim]))[0]?.outcome).toBe('opens');
    const other = {
      'src/a.js':
        "import db from 'db';\nfunction f(req) {\n  db.run(Number(req.id)); db.run(req.b); // HERE\n}\n",
    };
    expect((await aScene(other).check([claim]))[0]?.outcome).toBe('holds');
    const wrapped = {
      'src/a.js': "import db from 'db';\nfunction f(req) {\n  db.run(wrap(Number(req.id))); // HERE\n}\n",
    };
    expect((await aScene(wrapped).check([claim]))[0]?.outcome).not.toBe('opens');
  });
});

describe('where the code is not understood', () => {
  it('nothing opens', async () => {
    const broken = aScene({ 'src/a.js': 'function f( {\n  db.query(Number(req.id)); // HERE\n' });
    expect(await outcomes(broken, aClaim('sanitizer', 'Number(req.id)', 'Number'))).not.toContain('opens');
    const unknown = aScene({ 'src/a.kt': 'db.query(Number(id)) // HERE\n' });
    expect(
      await outcomes(unknown, aClaim('sanitizer', 'Number(id)', 'Number'), aClaim('context', 'db.query')),
    ).toEqual(['struck', 'holds']);
    const files = js('  db.query(Number(req.id)); // HERE');
    const lost = aScene(files, {
      location: { ...aScene(files).dossier.case.finding.location, resolved: false, why: 'no' },
    });
    expect(await outcomes(lost, aClaim('sanitizer', 'Number(req.id)', 'Number'))).toEqual(['holds']);
  });
});
