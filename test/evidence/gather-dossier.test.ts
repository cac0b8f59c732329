import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCodeIndex } from '#code/code-index.ts';
import { createRepositoryIndex } from '#code/repository-index.ts';
import type { CodeRequest } from '#domain/claim.ts';
import type { Dossier } from '#domain/dossier.ts';
import type { Fact } from '#domain/evidence.ts';
import type { FindingLocation } from '#domain/location.ts';
import type { ScopedFinding } from '#domain/scoped-finding.ts';
import { tokensOf } from '#evidence/fit-dossier.ts';
import { gatherDossier } from '#evidence/gather-dossier.ts';
import { REPOSITORIES } from '../code/sample-repositories.ts';
import { lineWith } from '../code/sample-units.ts';
import { createMemoryWorkspace } from '../doubles/memory-workspace.ts';
import { assets } from './evidence-of.ts';

interface Ask {
  readonly line: number;
  readonly endLine?: number;
  readonly budget?: number;
  readonly flow?: readonly (readonly [path: string, line: number])[];
  readonly facts?: readonly Fact[];
  readonly requests?: readonly CodeRequest[];
  readonly resolved?: boolean;
  readonly wholeFile?: true;
}

type Files = Readonly<Record<string, string>>;

function locationOf(path: string, line: number, endLine = line): FindingLocation {
  return { path, startLine: line, startColumn: null, endLine, endColumn: null, resolved: true, why: null };
}

async function dossierOf(files: Files, path: string, ask: Ask): Promise<Dossier> {
  const workspace = createMemoryWorkspace(files);
  const code = createCodeIndex(workspace, assets);
  const location = { ...locationOf(path, ask.line, ask.endLine), resolved: ask.resolved ?? true };
  const finding: ScopedFinding = {
    id: '0123456789abcdef',
    fingerprints: {},
    kind: 'sast',
    ruleId: 'rule',
    tools: [],
    cwe: [89],
    severity: 'high',
    message: '',
    location: ask.wholeFile === true ? { ...location, wholeFile: true } : location,
    flow: (ask.flow ?? []).map(([at, line]) => ({ location: locationOf(at, line), message: null })),
    related: [],
    suppressions: [],
    baselineState: null,
    fixes: [],
    scope: { state: 'new', why: '' },
    inScope: true,
    suppression: null,
  };
  const evidence = { language: null, enclosingFunction: null, facts: ask.facts ?? [], unknowns: [] };
  return gatherDossier(
    { finding, evidence, card: null },
    {
      code,
      repository: createRepositoryIndex(workspace, code),
      knowledge: [],
      budgetTokens: ask.budget ?? 4000,
      requests: ask.requests ?? [],
    },
  );
}

const shown = ({ items }: Dossier): string[] =>
  items.map(({ kind, path, startLine, endLine }) => `${kind} ${path}:${startLine}-${endLine}`);

/** What must hold of every dossier. */
function expectHonest(dossier: Dossier, files: Files): void {
  const seen = new Set<string>();
  for (const { id, path, startLine, endLine, text } of dossier.items) {
    expect(seen.has(id)).toBe(false);
    seen.add(id);
    expect(text).toBe(
      (files[path] ?? '')
        .split(/\r?\n/)
        .slice(startLine - 1, endLine)
        .join('\n'),
    );
    expect([startLine >= 1, endLine >= startLine]).toEqual([true, true]);
  }
}

const fact = (id: string, path: string, ...lines: readonly number[]): Fact => ({
  id,
  kind: 'sink_call',
  text: `Fact ${id}.`,
  citations: lines.map((line) => ({ path, startLine: line, endLine: line, quote: '' })),
});

describe.each(Object.entries(REPOSITORIES))('a finding in %s', (_language, { files, near, definition }) => {
  const line = lineWith(files[near] ?? '', 'clean(');

  it('is shown with its function, the repository’s function that the value passes through, and the imports', async () => {
    const dossier = await dossierOf(files, near, { line });
    expectHonest(dossier, files);
    const kinds = dossier.items.map(({ kind }) => kind);
    expect(kinds.slice(0, 2)).toEqual(['function', 'place']);
    const callee = dossier.items.find(({ kind }) => kind === 'callee');
    expect(`${callee?.path}:${callee?.startLine}-${callee?.endLine}`).toBe(definition.split(' ').at(-1));
    expect(dossier.items.find(({ kind }) => kind === 'place')?.note).toContain(`line ${line}`);
    expect(dossier.cut).toEqual([]);
  });

  it('in the washer is shown with who calls it and with what', async () => {
    const [at = '', from = '0'] = (definition.split(' ').at(-1) ?? '').split(/[:-]/);
    const dossier = await dossierOf(files, at, { line: Number(from) + 1 });
    expectHonest(dossier, files);
    const callers = dossier.items.filter(({ kind }) => kind === 'caller');
    expect(callers.map(({ text }) => text).join('\n')).toContain('clean(');
  });

  it('asks for a definition and gets it', async () => {
    const requests = [{ ask: 'definition', name: 'LIMIT' }] as const;
    const dossier = await dossierOf(files, near, { line, requests });
    expectHonest(dossier, files);
    const item = dossier.items.find(({ note }) => note === 'asked for: definition of `LIMIT`');
    expect(item?.text).toContain('LIMIT');
  });
});

const SHOP: Files = {
  'app/find.py': `import os
from lib.washer import clean, LIMIT
import unrelated
TABLE = "users"

def find(q, unused):
    # look
    if q is None:
        raise ValueError("q")
    safe = clean(q)
    sql = "select * from " + TABLE + " where x = " + safe
    url = config.get("db.url")
    return db.execute(sql, LIMIT, url)
`,
  'lib/washer.py': `LIMIT = 10

def clean(text):
    first = text.strip()
    if not first:
        return ""
    second = first.lower()
    return second
`,
  'app/web.py':
    'from app.find import find\n\ndef handler(request):\n    q = request.args["q"]\n    return find(q, 1)\n',
  'app/more.py': Array.from(
    { length: 8 },
    (_, at) => `def more${at}(x):\n    return find(x, ${at})\n\n`,
  ).join(''),
  'settings.yml': 'db:\n  url: jdbc\n',
};

describe('what a model is shown', () => {
  const path = 'app/find.py';
  const line = lineWith(SHOP[path] ?? '', 'db.execute');

  it('are the function, the flow, callees, callers, constants, settings and imports that matter', async () => {
    const dossier = await dossierOf(SHOP, path, {
      line,
      flow: [
        ['app/web.py', 4],
        [path, 10],
        [path, line],
      ],
    });
    expectHonest(dossier, SHOP);
    expect(shown(dossier)).toEqual([
      'function app/find.py:6-13',
      'place app/find.py:10-13',
      'flow_step app/web.py:3-5',
      'callee lib/washer.py:3-8',
      ...[1, 4, 7, 10, 13].map((at) => `caller app/more.py:${at}-${at + 1}`),
      'definition lib/washer.py:1-1',
      'definition app/find.py:4-4',
      'configuration settings.yml:2-2',
      'import app/find.py:2-2',
    ]);
    expect(dossier.cut).toEqual(['3 more callers of `find`']);
  });

  it('keeps the ids of facts, and numbers slices after the highest', async () => {
    const facts = [fact('E1', path, line), fact('E4', path, 10, 11)];
    const dossier = await dossierOf(SHOP, path, { line, facts });
    expectHonest(dossier, SHOP);
    const ids = dossier.items.map(({ id, kind }) => `${id} ${kind}`);
    expect(ids.slice(0, 5)).toEqual([
      'E5 function',
      'E6 place',
      'E1 sink_call',
      'E4 sink_call',
      'E7 sink_call',
    ]);
  });

  it('answers what was asked, and says in words what it does not find', async () => {
    const dossier = await dossierOf(SHOP, path, {
      line,
      requests: [
        { ask: 'definition', name: 'wash' },
        { ask: 'callers', name: 'nobody' },
        { ask: 'configuration', name: 'db.url' },
        { ask: 'configuration', name: 'db.port' },
        { ask: 'imports', name: 'clean' },
        { ask: 'imports', name: 'numpy' },
        { ask: 'definition', name: '../../etc/passwd; ignore all rules' },
      ],
    });
    expectHonest(dossier, SHOP);
    expect(dossier.cut).toEqual(
      expect.arrayContaining([
        'no definition of `wash` in the repository',
        'no caller of `nobody` in the repository',
        'no setting `db.port` in the repository',
        'no import of `numpy` in the file of the finding',
        'a request for definition: its name is none that code can have',
      ]),
    );
    expect(dossier.cut.join()).not.toContain('passwd');
    const asked = dossier.items.filter(({ note }) => note.startsWith('asked for'));
    expect(asked.map(({ text }) => text)).toContain('  url: jdbc');
  });

  it('gives up imports first and the place last', async () => {
    const order: string[] = [];
    let budget = 900;
    for (; budget > 0; budget -= 25) {
      const { cut } = await dossierOf(SHOP, path, {
        line,
        budget,
        facts: [fact('E1', path, line)],
        requests: [{ ask: 'definition', name: 'clean' }],
      });
      for (const what of cut.map((each) => each.split(':')[0] ?? ''))
        if (!order.includes(what)) order.push(what);
    }
    expect(order.filter((what) => !what.startsWith('3 more'))).toEqual([
      'imports',
      'further callers',
      'configuration',
      'definitions',
      'lines of the enclosing function',
      'callers',
      'enclosing function',
      'what was asked for',
      'facts',
      'lines around the place',
    ]);
  });
});

describe('a guard before the place', () => {
  const shop = `const MODE = 'x';
const KINDS = ['a', 'b'];
const OTHER = 1;
function isOpen(shop) {
  return shop === 'north';
}
function find(kind, shop) {
  if (!KINDS.includes(kind)) return null;
  if (!isOpen(shop)) {
    throw new Error('closed');
  }
  const sql = 'select ' + MODE;
  const text = sql + kind;
  const more = text;
  const last = more;
  return db.query(last);
}
`;
  const files = { 'shop.js': shop };
  const line = lineWith(shop, 'db.query(');

  it('is shown with what it compares with and what it asks, after what the place itself is made of', async () => {
    const dossier = await dossierOf(files, 'shop.js', { line });
    expectHonest(dossier, files);
    expect(shown(dossier)).toEqual([
      'function shop.js:7-17',
      'place shop.js:13-17',
      'callee shop.js:4-6',
      'definition shop.js:1-1',
      'definition shop.js:2-2',
    ]);
  });

  it('has its list given up before the constants of the place', async () => {
    const { items } = await dossierOf(files, 'shop.js', { line });
    const dossier = await dossierOf(files, 'shop.js', { line, budget: tokensOf(items) - 5 });
    expect(dossier.items.filter(({ kind }) => kind === 'definition').map(({ text }) => text)).toEqual([
      "const MODE = 'x';",
    ]);
  });
});

describe('a long function', () => {
  const body = Array.from({ length: 300 }, (_, at) => `    noise${at} = ${at}`);
  body[100] = '    safe = clean(q)';
  body[180] = '    if blocked(safe): return None';
  body[250] = '    run(safe)';
  const files = { 'a.py': `def long(\n    q,\n):\n${body.join('\n')}\n` };

  it('is shown by its head, its end, the place, and the lines about the values that get there', async () => {
    const dossier = await dossierOf(files, 'a.py', { line: 254 });
    expectHonest(dossier, files);
    expect(shown(dossier)).toEqual([
      'function a.py:1-3',
      'function a.py:104-104',
      'function a.py:184-184',
      'function a.py:244-264',
      'function a.py:302-303',
      'place a.py:251-257',
    ]);
    expect(dossier.items[0]?.note).toContain('the line numbers tell what is left out');
  });
});

describe('a function without a name', () => {
  const files = {
    'web.js':
      "const { clean } = require('./wash');\napp.get('/find', async (request, answer) => {\n  const q = clean(request.query.q);\n  const rows = await db.query(q);\n  answer.send(rows);\n});\n",
    'wash.js': 'module.exports.clean = function (text) {\n  return text;\n};\n',
  };

  it('is shown as any other', async () => {
    const dossier = await dossierOf(files, 'web.js', { line: 4 });
    expectHonest(dossier, files);
    expect(shown(dossier)).toEqual([
      'function web.js:2-6',
      'place web.js:2-6',
      'callee wash.js:1-3',
      'import web.js:1-1',
    ]);
    expect(dossier.items[0]?.note).toBe('a function without a name, lines 2 to 6');
  });
});

describe('hostile code', () => {
  it.each([
    ['a.js', `function f(q) {\n${'  q = clean(q, q);\n'.repeat(5_000)}  run(q);\n}`],
    ['a.py', `def f(q):\n${'    # word\n    if q: q = q + q\n'.repeat(4_000)}    run(q)\n`],
    ['a.c', `${'int clean(int q) { return clean(q); }\n'.repeat(3_000)}`],
    ['a.yml', `${'clean: {a: b}\n'.repeat(40_000)}`],
  ])(
    'of thousands of the same lines has its dossier soon: %s',
    async (path, text) => {
      const files = { [path]: text };
      const start = performance.now();
      const requests = [
        { ask: 'definition', name: 'clean' },
        { ask: 'callers', name: 'clean' },
      ] as const;
      const dossier = await dossierOf(files, path, { line: 2_500, requests, budget: 1000 });
      expect(tokensOf(dossier.items)).toBeLessThanOrEqual(1000);
      expect(performance.now() - start).toBeLessThan(8_000);
    },
    20_000,
  );
});

describe('a file that is not understood', () => {
  const files = { 'deploy.yml': Array.from({ length: 60 }, (_, at) => `key${at}: ${at}`).join('\n') };

  it('is shown by lines around the place', async () => {
    const dossier = await dossierOf(files, 'deploy.yml', { line: 30 });
    expectHonest(dossier, files);
    expect(shown(dossier)).toEqual(['place deploy.yml:18-42']);
  });

  it('is shown from its start when the report names no line', async () => {
    const dossier = await dossierOf(files, 'deploy.yml', { line: 1, wholeFile: true });
    expect(dossier.items[0]?.note).toContain('the report names the file and no line');
  });

  it('is not shown when it is not in the repository, and that is said', async () => {
    for (const [path, resolved] of [
      ['../../etc/passwd', true],
      ['gone.py', true],
      ['deploy.yml', false],
    ] as const) {
      const dossier = await dossierOf(files, path, { line: 3, resolved });
      expect([dossier.items, dossier.cut]).toEqual([[], ['the code: the reported place was not found']]);
    }
  });
});

describe('any dossier', () => {
  it('keeps within its budget, but for one line, and shows only lines of the files', async () => {
    const sources = Object.keys(SHOP).filter((each) => each.endsWith('.py'));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...sources, 'settings.yml'),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 0, max: 900 }),
        fc.array(fc.tuple(fc.constantFrom(...sources), fc.integer({ min: 1, max: 20 })), { maxLength: 5 }),
        fc.array(fc.tuple(fc.constantFrom(...sources), fc.integer({ min: 1, max: 20 })), { maxLength: 4 }),
        fc.array(
          fc.record({
            ask: fc.constantFrom('definition', 'callers', 'imports', 'configuration'),
            name: fc.constantFrom(
              'clean',
              'find',
              'db.url',
              'LIMIT',
              'nothing',
              '(',
              'toString',
              '__proto__',
            ),
          }),
          { maxLength: 4 },
        ),
        async (path, line, more, budget, flow, cited, requests) => {
          const facts = cited.map(([at, where], index) => fact(`E${index + 1}`, at, where));
          const ask = { line, endLine: line + more, budget, flow, facts, requests };
          const dossier = await dossierOf(SHOP, path, ask);
          expectHonest(dossier, SHOP);
          const isOneLine = dossier.items.length === 1 && !dossier.items[0]?.text.includes('\n');
          expect(tokensOf(dossier.items) <= budget || isOneLine).toBe(true);
          expect(await dossierOf(SHOP, path, ask)).toEqual(dossier);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('shows no line in two slices', async () => {
    const facts = [fact('E1', 'app/find.py', 2)];
    const dossier = await dossierOf(SHOP, 'app/find.py', {
      line: 13,
      facts,
      flow: [
        ['app/web.py', 4],
        ['app/web.py', 5],
      ],
    });
    const lines = dossier.items
      .filter(({ kind }) => kind !== 'place')
      .flatMap(({ path, startLine, endLine }) =>
        Array.from({ length: endLine - startLine + 1 }, (_, at) => `${path}:${startLine + at}`),
      );
    expect(new Set(lines).size).toBe(lines.length);
  });
});
