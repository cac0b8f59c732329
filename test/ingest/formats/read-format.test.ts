import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FormatIntake } from '#ingest/formats/format-intake.ts';
import { readFormat } from '#ingest/formats/read-format.ts';
import type { FormatOutput, ReportFormat } from '#ingest/formats/report-format.ts';
import { DEFAULT_LIMITS } from '#ingest/limits.ts';
import { ReadFault } from '#ingest/read-fault.ts';

type Part = readonly [path: string, value: unknown, index: number];

async function* inChunks(
  text: string | Uint8Array,
  size = Number.POSITIVE_INFINITY,
): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, Math.min(bytes.length, at + size));
}

const LIMITS = { ...DEFAULT_LIMITS, depth: 8, elementBytes: 400, elements: 12 };

/** What a reader is handed, and what ends the reading. */
async function read(
  text: string | Uint8Array,
  options: Pick<ReportFormat, 'syntax'> & { readonly elements?: readonly string[]; readonly size?: number },
): Promise<{ readonly parts: readonly Part[]; readonly fault: unknown }> {
  const parts: Part[] = [];
  const format: ReportFormat = {
    kinds: ['sample'],
    syntax: options.syntax,
    elements: options.elements ?? [],
    open: () => ({ part: (path, value, index) => void parts.push([path, value, index]), finish: () => {} }),
  };
  const intake = intakeOf();
  try {
    await readFormat(format, { chunks: inChunks(text, options.size), offset: 0 }, intake, LIMITS);
    return { parts, fault: null };
  } catch (error) {
    return { parts, fault: error };
  }
}

function intakeOf(limits = LIMITS): FormatIntake {
  return new FormatIntake({ input: 0, unnamedTool: 'sample', brings: null, book: null, limits });
}

async function faultOf(
  text: string | Uint8Array,
  options: Parameters<typeof read>[1],
): Promise<readonly [string, number, number]> {
  const { fault, parts } = await read(text, options);
  if (!(fault instanceof ReadFault)) throw new Error(`no fault but ${String(fault)}`);
  return [fault.code, fault.offset, parts.length];
}

describe('a JSON document comes in parts', () => {
  const document =
    '{"version":"1","matches":[{"a":1},"x",[2]],"odd":{"matches":[3]},"empty":[],"matches[]":[9]}';
  const expected: readonly Part[] = [
    ['version', '1', 0],
    ['matches[]', { a: 1 }, 0],
    ['matches[]', 'x', 1],
    ['matches[]', [2], 2],
    ['odd', { matches: [3] }, 0],
  ];

  test.each([1, 2, 7, 1000])('the same in chunks of %i bytes', async (size) => {
    const { parts, fault } = await read(document, {
      syntax: 'json',
      elements: ['matches[]', 'empty[]'],
      size,
    });
    expect(fault).toBeNull();
    expect(parts).toEqual(expected);
  });

  test('a root array by element, and where an array was expected anything else as a member', async () => {
    expect((await read('[1,{"b":[2]}]', { syntax: 'json', elements: ['[]'] })).parts).toEqual([
      ['[]', 1, 0],
      ['[]', { b: [2] }, 1],
    ]);
    expect((await read('{"matches":null}', { syntax: 'json', elements: ['matches[]'] })).parts).toEqual([
      ['matches', null, 0],
    ]);
  });

  test('values one after the other by line, arrays of them by element where that is asked for', async () => {
    const { parts, fault } = await read('{"a":1}\n{"a":\n2} 3', { syntax: 'json-lines', size: 3 });
    expect([parts, fault]).toEqual([
      [
        ['line', { a: 1 }, 0],
        ['line', { a: 2 }, 1],
        ['line', 3, 2],
      ],
      null,
    ]);
    const array = await read('[{"a":1},2]\n', { syntax: 'json-lines', elements: ['[]'] });
    expect(array.parts).toEqual([
      ['[]', { a: 1 }, 0],
      ['[]', 2, 1],
    ]);
  });

  const text = fc.string({ unit: 'binary', maxLength: 12 });
  const item = fc.oneof(
    text,
    fc.integer(),
    fc.array(text, { maxLength: 3 }),
    fc.record({ a: text, '"b\\': fc.array(text, { maxLength: 2 }) }),
  );

  test('a value cut anywhere and put together again is what JSON.parse gives', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(item, { maxLength: 5 }),
        fc.integer({ min: 1, max: 9 }),
        async (items, size) => {
          const document = JSON.stringify({ items });
          fc.pre(document.length < 380);
          const { parts } = await read(document, { syntax: 'json', elements: ['items[]'], size });
          expect(parts.map(([, value]) => value)).toEqual(
            (JSON.parse(document) as { items: unknown[] }).items,
          );
        },
      ),
    );
  });
});

describe('what is no such document ends the reading at its byte, and what came before is handed over', () => {
  test.each([
    ['cut short', '{"m":[1,2,{"a":', ['ended', 15, 2]],
    ['a comma too many', '{"m":[1,]}', ['syntax', 8, 1]],
    ['more behind its end', '{"m":[1]} x', ['syntax', 10, 1]],
    ['a key twice', '{"v":1,"v":2}', ['duplicate_key', 7, 1]],
    ['a key twice in an element', '{"m":[1,{"a":1,"a":2}]}', ['duplicate_key', 15, 1]],
    ['too deep', `{"m":[1,${'['.repeat(9)}`, ['depth', 14, 1]],
    ['an element too large', `{"m":[1,"${'x'.repeat(500)}"]}`, ['size', 8, 1]],
    ['too many elements', `{"m":[${'0,'.repeat(20)}0]}`, ['size', 30, 12]],
    ['an array', '[]', ['structure', 0, 0]],
    ['a word', 'null', ['structure', 0, 0]],
  ])('%s', async (_what, text, expected) => {
    for (const size of [1, 1000])
      expect(await faultOf(text, { syntax: 'json', elements: ['m[]'], size })).toEqual(expected);
  });

  test('a last line that is cut short', async () => {
    expect(await faultOf('{"a":1}\n{"a":', { syntax: 'json-lines' })).toEqual(['ended', 13, 1]);
  });

  test('bytes that are not UTF-8, in JSON and in text', async () => {
    expect(
      await faultOf(Buffer.from('{"m":["\xff"]}', 'latin1'), { syntax: 'json', elements: ['m[]'] }),
    ).toEqual(['encoding', 6, 0]);
    expect(await faultOf(Buffer.from('\xef\xbf\xbda\xff', 'latin1'), { syntax: 'text' })).toEqual([
      'encoding',
      4,
      0,
    ]);
  });
});

describe('an XML document comes whole', () => {
  test('attributes, text, children and repeated children, without namespaces', async () => {
    const text =
      '<?xml version="1.0" encoding="UTF-8"?>\n<!-- made <by> hand -->\n<b:bom xmlns:b="urn:x" version=\'1\'><b:c k="a&amp;b">x &lt; y</b:c><c><![CDATA[&amp; <!DOCTYPE>]]></c><d/> </b:bom>\n';
    expect((await read(text, { syntax: 'xml' })).parts).toEqual([
      [
        'xml',
        {
          bom: {
            '@version': '1',
            c: [{ '@k': 'a&b', '#text': 'x < y' }, { '#text': '&amp; <!DOCTYPE>' }],
            d: {},
          },
        },
        0,
      ],
    ]);
  });

  test('only the entities that every XML has are read, once', async () => {
    const { parts } = await read('<a>&amp;lt; &#65;&#x42; &#0; &#xD800; &xxe; &unknown</a>', {
      syntax: 'xml',
    });
    expect(parts[0]?.[1]).toEqual({ a: { '#text': '&lt; AB &#0; &#xD800; &xxe; &unknown' } });
  });

  test('nothing in it is inherited', async () => {
    const { parts } = await read('<a/>', { syntax: 'xml' });
    const document = parts[0]?.[1] as Record<string, object>;
    expect([Object.getPrototypeOf(document), Object.getPrototypeOf(document.a)]).toEqual([null, null]);
  });

  test.each([
    ['an entity bomb', '<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>', ['structure', 0, 0]],
    [
      'an external entity',
      '<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
      ['structure', 21, 0],
    ],
    ['a declaration inside', '<a><!ENTITY b "bb"></a>', ['structure', 3, 0]],
    ['a name that objects know', '<a><__proto__/></a>', ['structure', 3, 0]],
    ['the same with a prefix', '<a><x:constructor/></a>', ['structure', 3, 0]],
    ['the same as an attribute', '<a><b x:__proto__="1"/></a>', ['structure', 3, 0]],
    ['a name that every object answers to', '<a toString="1"/>', ['structure', 0, 0]],
    ['too deep', '<a>'.repeat(9), ['depth', 24, 0]],
    ['too many elements', `<a>${'<b/>'.repeat(12)}</a>`, ['size', 47, 0]],
    ['too large', `<a>${'x'.repeat(400)}</a>`, ['size', 400, 0]],
    ['cut short', '<a><é>x</é>', ['ended', 13, 0]],
    ['cut in a tag', '<a><b c="', ['ended', 9, 0]],
    ['wrongly nested', '<a><b></a></b>', ['syntax', 6, 0]],
    ['two roots', '<a/><b/>', ['syntax', 4, 0]],
    ['text behind the root', '<a/>x', ['syntax', 4, 0]],
    ['an attribute twice', '<a b="1" b="2"/>', ['duplicate_key', 0, 0]],
    ['an attribute without value', '<a b/>', ['syntax', 0, 0]],
  ])('and is refused for %s', async (_what, text, expected) => {
    expect(await faultOf(text, { syntax: 'xml' })).toEqual(expected);
  });

  test('no text makes it throw anything but a fault', async () => {
    const piece = fc.constantFrom(
      '<a>',
      '</a>',
      '<b x="',
      '">',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '<?p',
      '?>',
      '&amp;',
      "'",
      'x',
      '/',
      ' ',
      '>',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        const { fault } = await read(`<a>${pieces.join('')}</a>`, { syntax: 'xml' });
        expect(fault === null || fault instanceof ReadFault).toBe(true);
      }),
    );
  });
});

describe('what a reader puts out is numbered', () => {
  const rule = {
    id: 'r',
    name: null,
    shortDescription: null,
    fullDescription: null,
    help: null,
    helpUri: null,
    tags: [],
    precision: null,
  };
  const unused = { ruleId: 'r', uri: null, line: null, why: { template: 'why', facts: [] } };

  test('in the order of the calls, by run, whenever the tool is named', () => {
    const intake = intakeOf();
    const output: FormatOutput = intake;
    output.result({ rule, level: 'error', message: 'm', cwe: [79, 22, 79] });
    output.notAFinding(unused);
    output.tool({ name: 'one', version: '1' });
    output.rejected(unused);
    output.tool({ name: 'two', version: null });
    output.result({ rule, level: 'note', message: 'x'.repeat(20_000) });
    output.problem('it failed');
    expect(intake.runs).toMatchObject([
      { tool: { name: 'one', version: '1' }, results: 3, finished: true },
      { tool: { name: 'two' }, results: 1, finished: false, problems: ['it failed'] },
    ]);
    expect(intake.results).toMatchObject([
      {
        kind: 'result',
        result: { ref: { input: 0, run: 0, index: 0 }, tool: { name: 'one' }, cwe: [22, 79] },
      },
      { kind: 'not_a_finding', ref: { run: 0, index: 1 }, tool: 'one', why: 'why' },
      { kind: 'rejected', ref: { run: 0, index: 2 } },
      {
        kind: 'result',
        result: { ref: { run: 1, index: 0 }, tool: { name: 'two' }, location: null, flows: [] },
      },
    ]);
    const last = intake.results[3];
    expect(last?.kind === 'result' && last.result.message.length).toBe(10_000);
    expect([intake.inventory, intake.statements]).toEqual([null, null]);
  });

  test('a bill of materials keeps its root apart, each reference once, and edges that lead somewhere', () => {
    const intake = intakeOf();
    const part = {
      ecosystem: 'npm',
      version: '1',
      purl: null,
      kind: 'library',
      licences: [],
      scope: null,
    } as const;
    for (const ref of ['app', 'a', 'b', 'a']) intake.component({ ...part, ref, name: ref });
    intake.root('app');
    intake.dependsOn('app', ['a', 'missing']);
    intake.dependsOn('a', ['b', 'app', 'b']);
    const { inventory } = intake;
    expect(inventory).toMatchObject({
      root: 'app',
      direct: ['a'],
      hasGraph: true,
      listsVulnerabilities: false,
    });
    expect(inventory?.components.map(({ ref, dependsOn }) => [ref, dependsOn])).toEqual([
      ['a', ['b']],
      ['b', []],
    ]);
    expect(intake.notices.list()).toEqual(['a component stands twice under one reference; the first counts']);
  });

  test('and more than a report can hold is refused', () => {
    const intake = intakeOf({ ...LIMITS, elements: 1 });
    intake.notAFinding(unused);
    expect(() => intake.notAFinding(unused)).toThrow('there are more than 1 results');
  });
});
