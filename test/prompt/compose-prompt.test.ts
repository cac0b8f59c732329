// What a model is asked, as a reviewer reads it: the rendered prompts, what is in them for which finding, and what can be left out.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AssayError } from '#domain/errors.ts';
import { ablationNames } from '../../src/prompt/ablation-names.ts';
import { chooseFamilies } from '../../src/prompt/choose-families.ts';
import { aDossier, anItem, aPassage, compose, isKindOf, library, markOf } from './a-dossier.ts';

const SQL = aDossier(
  {
    items: [
      anItem({
        ...{
          id: 'E1',
          kind: 'function',
          note: 'the function around the reported line: `find`',
          startLine: 10,
        },
        text: 'async function find(request) {\n  const { id } = request.query;\n  return db.query("SELECT * FROM orders WHERE id = " + id);\n}',
      }),
      anItem({
        id: 'E2',
        kind: 'place',
        startLine: 12,
        text: '  return db.query("SELECT * FROM orders WHERE id = " + id);',
      }),
      anItem({
        ...{ id: 'E3', kind: 'caller', note: 'calls `find`', path: 'src/shop/routes.js', startLine: 4 },
        text: "router.get('/orders', (request, response) => find(request).then((rows) => response.json(rows)));",
      }),
    ],
    unknowns: [{ code: 'REV.param', text: 'What `db.query` does with its first argument.', citations: [] }],
    knowledge: [aPassage()],
    cut: ['2 of 5 callers'],
  },
  { id: '00000000000000a1' },
);
const XSS = aDossier(
  {
    items: [
      anItem({
        id: 'E1',
        kind: 'function',
        note: 'the function around the reported line: `find`',
        startLine: 10,
        text: SQL.items[0]?.text ?? '',
      }),
      anItem({
        id: 'E2',
        path: 'src/shop/page.js',
        startLine: 30,
        text: "page.innerHTML = '<b>' + order.name + '</b>';",
      }),
    ],
  },
  { id: '00000000000000a2', cwe: [79], ruleId: 'js/xss', message: 'Markup from outside.' },
  {
    cwe: 79,
    name: 'Cross-site scripting',
    what: 'Text from outside becomes markup of a page.',
    fix: 'Encode it for the place where it stands.',
  },
);
const COOKIE = aDossier(
  {
    items: [
      anItem({
        kind: 'misuse',
        note: 'the option `secure` is false',
        text: "  response.cookie('session', id, { secure: false });",
      }),
    ],
  },
  {
    id: '00000000000000a3',
    cwe: [614],
    ruleId: 'js/clear-text-cookie',
    message: 'Cookie without Secure.',
    severity: 'medium',
  },
  {
    cwe: 614,
    name: 'Cookie without Secure',
    what: 'A cookie goes over clear connections.',
    fix: 'Set `Secure`.',
  },
);

const RENDERED = {
  'verdict-sql-injection': { subjects: [{ dossier: SQL }] },
  'verdict-xss': { subjects: [{ dossier: XSS }] },
  'verdict-cookies-session': { subjects: [{ dossier: COOKIE }], language: 'zh-CN' },
  'verdict-grouped': { subjects: [{ dossier: SQL }, { dossier: XSS }] },
  explanation: { task: 'explanation', subjects: [{ dossier: SQL }] },
  patch: {
    task: 'patch',
    subjects: [
      {
        dossier: SQL,
        outside: [{ title: 'An earlier proposal was refused', text: 'the old text stands twice' }],
      },
    ],
  },
  question: {
    task: 'question',
    subjects: [{ dossier: SQL, extra: [{ title: 'Question', text: 'Where does the id come from?' }] }],
  },
} as const satisfies Record<string, Parameters<typeof compose>[0]>;

describe('a rendered prompt', () => {
  it.each(Object.entries(RENDERED))('is what was reviewed: %s', async (name, request) => {
    const { id, hash, system, prompt, tokens } = await compose(request);
    const file = `${id}\n${hash}, about ${tokens} tokens\n\n##### system #####\n\n${system}\n\n##### prompt #####\n\n${prompt}\n`;
    await expect(file).toMatchFileSnapshot(`../../fixtures/prompts/${name}.txt`);
  });

  it('has the same constant part, byte for byte, for findings of one family', async () => {
    const other = aDossier(
      { items: [anItem({ text: 'other();' })] },
      { id: '00000000000000ff', message: 'Other.' },
    );
    const first = await compose({ subjects: [{ dossier: SQL }] });
    const second = await compose({ subjects: [{ dossier: other }] });
    expect(second.system).toBe(first.system);
    expect([second.id, second.hash]).toEqual([first.id, first.hash]);
    expect(second.prompt).not.toBe(first.prompt);
    expect(first.id).toBe('verdict@2+sql-injection@1');
    expect(first.hash).toMatch(/^[0-9a-f]{16}$/);
    for (const outside of ['orders.js', 'Query built from']) expect(first.system).not.toContain(outside);
  });

  it('names other constant words by another hash', async () => {
    const hashes = await Promise.all([
      compose({ subjects: [{ dossier: SQL }] }),
      compose({ subjects: [{ dossier: SQL }], language: 'zh-CN' }),
      compose({ subjects: [{ dossier: SQL }], task: 'explanation' }),
      compose({ subjects: [{ dossier: XSS }] }),
      compose({ subjects: [{ dossier: SQL }], switchedOff: new Set(['datamark']) }),
    ]);
    expect(new Set(hashes.map(({ hash }) => hash)).size).toBe(hashes.length);
  });

  it('binds each opaque id to its finding, and no id of a finding leaves', async () => {
    const { bindings, prompt, system } = await compose({ subjects: [{ dossier: SQL }, { dossier: XSS }] });
    expect([...bindings.values()]).toEqual(['00000000000000a1', '00000000000000a2']);
    for (const id of bindings.values()) expect(prompt + system).not.toContain(id);
    for (const opaque of bindings.keys()) expect(prompt).toContain(`=== Finding ${opaque} ===`);
  });

  it('shows lines that two findings share once, and says where', async () => {
    const { prompt, bindings, visible } = await compose({ subjects: [{ dossier: SQL }, { dossier: XSS }] });
    const [first = ''] = bindings.keys();
    expect(prompt.split('const { id } = request.query;')).toHaveLength(2);
    expect(prompt).toContain(`Lines 10-13 of [E1] stand in [E1] of finding ${first} above`);
    expect(prompt).toContain('Line 12 of [E2] stands in [E1] above');
    expect(visible.get(SQL.items[1]?.text ?? '')).toBe(SQL.items[1]?.text);
  });

  it('shows an item of another subject at the same place again when its text differs', async () => {
    const changed = aDossier({ items: [anItem({ text: 'other(line);' })] });
    const { prompt } = await compose({ subjects: [{ dossier: SQL }, { dossier: changed }] });
    expect(prompt).toContain('12| other(line);');
  });

  it('estimates its tokens at 3.6 characters each, rounded up', async () => {
    const { system, prompt, tokens } = await compose();
    expect(tokens).toBe(Math.ceil(system.length / 3.6) + Math.ceil(prompt.length / 3.6));
  });
});

describe('a part that is switched off', () => {
  const full = { subjects: [{ dossier: SQL }] };

  it.each([
    ['knowledge', '[K1]'],
    ['callers', '[E3]'],
    ['unknowns', 'could not settle'],
    ['card', 'What CWE-89'],
    ['message', "The scanner's words"],
    ['cut', '2 of 5 callers'],
    ['verdict.reminder', 'Now judge'],
  ])('is not in the prompt: %s', async (name, text) => {
    expect((await compose(full)).prompt).toContain(text);
    expect((await compose({ ...full, switchedOff: new Set([name]) })).prompt).not.toContain(text);
  });

  it.each([
    ['frame.debias', 'argue twice'],
    ['family', 'SQL and query injection'],
    ['sql-injection.no-argument', 'that the database user has few rights'],
  ])('is not in the constant part: %s', async (name, text) => {
    const flat = async (off: readonly string[]) =>
      (await compose({ ...full, switchedOff: new Set(off) })).system.replaceAll('\n', ' ');
    expect(await flat([])).toContain(text);
    expect(await flat([name])).not.toContain(text);
  });

  it('takes the marks away and keeps the delimiters: datamark', async () => {
    const { prompt } = await compose({ ...full, switchedOff: new Set(['datamark']) });
    expect(prompt).toMatch(/^<<<outside [0-9a-f]{16}\nReported at/m);
    expect(prompt).toContain('\n10| async function find');
    expect(markOf(prompt)).toBe('');
  });

  it('is one of the names that are listed, and every one of them can be switched off', async () => {
    const names = ablationNames(library);
    expect(names).toEqual(
      expect.arrayContaining(['frame.debias', 'family', 'knowledge', 'datamark', 'facts', 'callers']),
    );
    for (const name of names) await compose({ ...full, switchedOff: new Set([name]) });
    await expect(compose({ ...full, switchedOff: new Set(['frame.nothing']) })).rejects.toThrow(AssayError);
  });
});

describe('the family of a weakness', () => {
  const namesFor = (...cwe: number[]) => chooseFamilies(library, cwe, isKindOf).map(({ id }) => id);

  it.each([
    [89, 'sql-injection'],
    [564, 'sql-injection'],
    [78, 'command-injection'],
    [95, 'code-injection'],
    [1336, 'code-injection'],
    [79, 'xss'],
    [22, 'path-traversal'],
    [27, 'path-traversal'],
    [918, 'ssrf'],
    [601, 'open-redirect'],
    [611, 'xxe'],
    [502, 'deserialization'],
    [328, 'crypto'],
    [338, 'randomness'],
    [798, 'secrets'],
    [321, 'secrets'],
    [295, 'tls'],
    [614, 'cookies-session'],
    [1004, 'cookies-session'],
    [862, 'auth'],
    [416, 'memory-safety'],
    [190, 'integer'],
    [134, 'format-string'],
    [367, 'race'],
    [90, 'ldap-xpath'],
    [643, 'ldap-xpath'],
    [117, 'log-injection'],
    [352, 'csrf'],
    [1333, 'regex-dos'],
    [276, 'file-permissions'],
    [99_999, 'generic'],
  ])('CWE-%i is spoken to by %s alone', (cwe, family) => {
    expect(namesFor(cwe)).toEqual([family]);
  });

  it('is the generic one where a report names none', () => {
    expect(namesFor()).toEqual(['generic']);
  });

  it('is each of them where a report names several, up to three', () => {
    expect(namesFor(79, 89)).toEqual(['sql-injection', 'xss']);
    expect(namesFor(79, 89, 22, 611, 502)).toHaveLength(3);
  });

  it('never lets a constant excuse what needs no input', async () => {
    for (const cwe of [327, 614, 295, 798, 330, 276]) {
      const { system } = await compose({ subjects: [{ dossier: aDossier({}, { cwe: [cwe] }) }] });
      const text = system.replace(/\s+/g, ' ');
      expect(text).toMatch(
        /does not count for a dismissal: .*(hard-coded|constant|no outside|comes from no outside)/i,
      );
    }
  });
});

describe('what is said of the pull request', () => {
  it('has no way in: the request has no field for it', async () => {
    const source =
      readFileSync('src/prompt/compose-prompt.ts', 'utf8') +
      readFileSync('src/prompt/describe-subject.ts', 'utf8');
    for (const word of ['branch', 'commit', 'author', 'fullDescription', 'suppression', 'related'])
      expect(source).not.toMatch(new RegExp(`\\b${word}`, 'i'));
  });

  it('stands in no prompt although the finding carries texts of its report', async () => {
    const planted = aDossier(
      {},
      {
        suppressions: [
          { kind: 'inSource', status: 'accepted', justification: 'planted-suppression', location: null },
        ],
        suppression: { kind: 'inSource', honoured: false, why: 'planted-ruling' },
        fingerprints: { planted: 'planted-fingerprint' },
        baselineState: 'planted-state',
        scope: { state: 'new', why: 'planted-scope' },
        fixes: [{ tool: 'planted-tool', description: 'planted-fix', replacements: [] }],
        related: [{ location: aDossier().case.finding.location, message: 'planted-related' }],
      },
    );
    const { prompt, system } = await compose({ subjects: [{ dossier: planted }] });
    expect(prompt + system).not.toContain('planted');
  });
});
