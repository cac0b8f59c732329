// What is found for a question, in which order, and why.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Chunk } from '#domain/knowledge.ts';
import { PackageAssets } from '../../src/adapters/local/package-assets.ts';
import { chunkDecisions } from '../../src/knowledge/chunk-decisions.ts';
import { chunkDocument } from '../../src/knowledge/chunk-document.ts';
import { citedDocuments, documentsNaming } from '../../src/knowledge/cited-documents.ts';
import { createKnowledgeIndex } from '../../src/knowledge/knowledge-index.ts';
import { loadAliases } from '../../src/knowledge/load-aliases.ts';
import { KNOWLEDGE_PHRASES_ZH_CN } from '../../src/knowledge/phrases-zh-cn.ts';
import { tokenize } from '../../src/knowledge/tokenize.ts';

const aliases = await loadAliases(new PackageAssets());

const card = (cwe: number, title: string, text = 'Mend it.'): Chunk => ({
  ...{ id: `cwe-${cwe}`, source: 'card', title: `CWE-${cwe} ${title}`, path: null, anchor: null, line: null },
  ...{ text, cwe: [cwe] },
});
const CARDS = [
  card(89, 'SQL injection'),
  card(564, 'SQL injection through Hibernate'),
  card(918, 'Server-side request forgery'),
];
const DOCUMENTS = [
  ...chunkDocument(
    'docs/db.md',
    '# Database\n\nBind each value.\n\n## SQL injection\n\nUse the query builder `Orders.findByOwner`.',
    aliases.weaknessesIn,
  ),
  ...chunkDocument(
    'docs/net.md',
    '# Outgoing calls\n\nSSRF: fetch through `OutboundClient`.',
    aliases.weaknessesIn,
  ),
];
const index = createKnowledgeIndex([...CARDS, ...DOCUMENTS], { aliases });
const idsFor = (text: string, cwe: number[] = [], limit = 5) =>
  index.search({ text, cwe, limit }).map(({ id }) => id);

describe('a question with a weakness', () => {
  test('finds its card first, then what the team wrote about it', () => {
    expect(idsFor('tainted value', [89]).slice(0, 2)).toEqual(['cwe-89', 'docs/db.md#sql-injection']);
  });

  test('says in words why each was found, in Chinese too', () => {
    const found = index.search({ text: 'tainted SQL', cwe: [89], limit: 2 });
    expect(found[0]?.why).toEqual(['key CWE-89', expect.stringMatching(/^words \d+\.\d\d: .*sql/)]);
    expect(found.map(({ label }) => label)).toEqual(['K1', 'K2']);
    const chinese = createKnowledgeIndex(CARDS, { aliases, book: KNOWLEDGE_PHRASES_ZH_CN });
    expect(chinese.search({ text: '', cwe: [89], limit: 1 })[0]?.why[0]).toBe('编号 CWE-89');
  });
});

describe('a question in words', () => {
  test.each([
    ['SSRF', 'docs/net.md#outgoing-calls'],
    ['服务端请求伪造', 'docs/net.md#outgoing-calls'],
    ['orders find_by_owner', 'docs/db.md#sql-injection'],
    ['OutbondClient', 'docs/net.md#outgoing-calls'],
    ['SQLi', 'docs/db.md#sql-injection'],
  ])('finds what is meant by %s', (text, id) => {
    expect(idsFor(text)).toContain(id);
  });

  test.each(['', 'how to bake bread', '今天天气', '!!! ???', 'the and of'])(
    'finds nothing for "%s"',
    (text) => {
      expect(idsFor(text)).toEqual([]);
    },
  );

  test('never gives more than is asked for, and the same each time', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.integer({ min: 1, max: 3 }), (text, limit) => {
        const found = index.search({ text, cwe: [89], limit });
        expect(found.length).toBeLessThanOrEqual(limit);
        expect(index.search({ text, cwe: [89], limit })).toEqual(found);
      }),
      { numRuns: 50 },
    );
  });
});

describe('meaning', () => {
  const vectors = new Map(
    DOCUMENTS.map(({ id }, at) => [id, Float32Array.from([at === 0 ? 1 : 0, at === 0 ? 0 : 1])]),
  );

  test('finds what no word leads to, and says how near it is', () => {
    const near = createKnowledgeIndex(DOCUMENTS, { aliases, vectors });
    const [first] = near.search({ text: 'zzz', cwe: [], limit: 1 }, Float32Array.from([1, 0.1]));
    expect(first).toMatchObject({ id: DOCUMENTS[0]?.id, why: ['meaning 1.00'] });
  });

  test('that calls everything about as near names no document beside a finding, however near', () => {
    const many = Array.from({ length: 12 }, (_, at) => ({
      ...(DOCUMENTS[0] as Chunk),
      ...{ id: `d${at}`, path: `docs/${at}.md`, text: `Holidays ${at}.`, cwe: [] },
    }));
    const equal = new Map(many.map(({ id }, at) => [id, Float32Array.from([1, at / 1e4])]));
    for (const count of [1, 3, 12]) {
      const alike = createKnowledgeIndex(many.slice(0, count), { aliases, vectors: equal });
      const found = alike.search({ text: 'zzz', cwe: [], limit: 3 }, Float32Array.from([1, 0]));
      expect(citedDocuments(found, null)).toEqual([]);
    }
    // One that stands out is named, and so is one that shares words.
    const clear = new Map([...equal, ['d7', Float32Array.from([0, 1])]] as const);
    const distinct = createKnowledgeIndex(many, { aliases, vectors: clear });
    const far = distinct.search({ text: 'zzz', cwe: [], limit: 3 }, Float32Array.from([0, 1]));
    expect(citedDocuments(far, null).map(({ path }) => path)).toEqual(['docs/7.md']);
    const words = distinct.search({ text: 'holidays', cwe: [], limit: 3 }, Float32Array.from([1, 0]));
    expect(citedDocuments(words, null)).not.toEqual([]);
  });

  test('passes over vectors of another model, and over those without a length', () => {
    const near = createKnowledgeIndex(DOCUMENTS, { aliases, vectors });
    expect(near.search({ text: 'zzz', cwe: [], limit: 3 }, Float32Array.from([1, 0, 0]))).toEqual([]);
    expect(near.search({ text: 'zzz', cwe: [], limit: 3 }, Float32Array.from([0, 0]))).toEqual([]);
  });
});

test('a past decision is found by what it is about and by its reason', () => {
  const decisions = chunkDecisions(
    [
      {
        id: 'd1',
        kind: 'waiver',
        rule: 'js/sql',
        path: 'src/report/**',
        finding: null,
        cwe: [],
        reason: 'generated `report` queries',
        owner: 'Ann',
        expires: '2026-06-30',
      },
    ],
    null,
  );
  const [found] = createKnowledgeIndex(decisions, { aliases }).search({
    text: 'generated report',
    cwe: [],
    limit: 1,
  });
  expect(found).toMatchObject({ id: 'decision:d1', title: 'Waiver: `js/sql` `src/report/**`' });
  expect(found?.text).toBe(
    "Reason: `generated 'report' queries`.\nAnswered for by `Ann`.\nHolds until 2026-06-30.",
  );
});

describe('documents named beside a finding', () => {
  test('are those that name its weakness, a section once, two at most', () => {
    const many = ['a', 'b', 'c'].flatMap((name) =>
      chunkDocument(`docs/${name}.md`, '# CWE-89\n\nx', aliases.weaknessesIn),
    );
    expect(documentsNaming([89], [...CARDS, ...many], { aliases, commit: null })).toEqual([
      { label: 'K1', title: 'CWE-89', commit: null, path: 'docs/a.md', anchor: 'cwe-89', line: 1 },
      { label: 'K2', title: 'CWE-89', commit: null, path: 'docs/b.md', anchor: 'cwe-89', line: 1 },
    ]);
    expect(documentsNaming([22], many, { aliases, commit: null })).toEqual([]);
  });

  test('keep the label that they were laid before a model with, cards and decisions are left out', () => {
    const cited = citedDocuments(index.search({ text: '', cwe: [89], limit: 5 }), 'c0ffee');
    expect(cited).toEqual([
      {
        label: 'K2',
        title: 'Database › SQL injection',
        commit: 'c0ffee',
        path: 'docs/db.md',
        anchor: 'sql-injection',
        line: 5,
      },
    ]);
  });
});

describe('words', () => {
  test('that ask in Chinese leave no pair behind', () => {
    for (const question of ['怎样防止越权', '如何防止越权？', '我们应该怎么防止越权'])
      expect(tokenize(question)).toEqual(['防止', '止越', '越权']);
    expect(tokenize('我们可以')).toEqual([]);
  });

  test.each([
    ['getUserById', ['get', 'user', 'id', 'getuserbyid']],
    ['child_process.exec', ['child', 'process', 'exec', 'childprocessexec']],
    ['parameterised queries', ['parameteris', 'query']],
    ['parameterized query', ['parameteris', 'query']],
    ['XMLReader', ['xml', 'reader', 'xmlreader']],
    ['防止SQL注入', ['防止', 'sql', '注入']],
    ["don't", []],
  ])('of %s', (text, words) => {
    expect(tokenize(text)).toEqual(words);
  });

  test('of 64 KiB of anything come in no time to speak of', () => {
    for (const text of [
      'a'.repeat(65_536),
      'aB'.repeat(32_768),
      'a_'.repeat(32_768),
      '注'.repeat(65_536),
      "'s".repeat(32_768),
      'sql '.repeat(16_384),
    ]) {
      const started = performance.now();
      tokenize(text);
      aliases.weaknessesIn(text);
      expect(performance.now() - started, text.slice(0, 4)).toBeLessThan(500);
    }
  });
});
