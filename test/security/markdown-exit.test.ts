// Rows 12, 13, 25: foreign text in Markdown is never live, and never breaks out of its fence.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderSummary } from '#publish/render-summary.ts';
import { codeFence, codeSpan, toInertMarkdown, toTableCell } from '#support/escape-markdown.ts';
import { showInvisible } from '#support/invisible-characters.ts';
import { hostileText } from '../doubles/hostile-text.ts';
import { injectionCases } from '../doubles/injection-cases.ts';
import { hiddenCharacters, liveParts, readMarkdown } from '../doubles/markdown-reader.ts';
import { aDocument, aFinding, aLocation, aReason, aRun, aVerdict } from '../doubles/result-document.ts';

/** A document with the payload at every place where foreign text can stand. */
function documentFullOf(payload: string) {
  const reason = aReason('FP.const', payload, { path: payload, line: 3, quote: payload });
  const common = { message: payload, ruleId: payload, rootCause: payload, remediation: payload };
  return aDocument(
    [
      aFinding({
        ...common,
        verdict: aVerdict('needs_review', reason),
        location: aLocation({ path: payload }),
      }),
      aFinding({
        ...common,
        verdict: aVerdict('true_positive', reason),
        location: aLocation({ path: payload, resolved: false, why: payload }),
      }),
      aFinding({
        ...common,
        verdict: aVerdict('false_positive', reason),
        gate: { effect: 'allowed', why: payload },
      }),
      aFinding({
        ...common,
        gate: { effect: 'waived', why: payload },
        tools: [
          {
            name: payload,
            version: payload,
            ruleId: payload,
            ruleName: payload,
            rawSeverity: payload,
            precision: payload,
            results: [],
          },
        ],
      }),
    ],
    {
      run: {
        ...aRun(4),
        category: payload,
        config: { source: 'file', description: payload, sha256: null },
        inputs: [
          {
            name: payload,
            sha256: 'ab'.repeat(32),
            bytes: 1,
            kind: 'sarif',
            tools: [{ name: payload, version: payload }],
            runs: 1,
            results: 4,
            fault: { kind: 'truncated', message: payload, byteOffset: 1 },
            notices: [payload],
          },
        ],
      },
      results: [
        {
          input: 0,
          run: 0,
          index: 0,
          tool: payload,
          ruleId: payload,
          path: payload,
          line: 1,
          disposition: 'rejected',
          why: payload,
          findingId: null,
          verdict: null,
        },
      ],
      notices: [{ code: 'x', text: payload }],
      decision: { outcome: 'failed', mode: 'enforce', reasons: [{ code: 'blocked', text: payload }] },
    },
  );
}

describe('a code span', () => {
  it('shows hostile text letter by letter and nothing else', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const { types, code } = readMarkdown(`Before ${codeSpan(text)} after.`);
        expect([...types].sort()).toEqual(['inlineCode', 'paragraph', 'root', 'text']);
        const words = (value: string) => value.split(/\s+/).filter((word) => word !== '');
        expect(words(code.join(''))).toEqual(words(showInvisible(text.replace(/\r\n?/g, '\n'))));
      }),
      { numRuns: 1000 },
    );
  });

  it('stands in a table cell without breaking the row', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const table = `| a | b |\n| --- | --- |\n| ${toTableCell(codeSpan(text))} | end |\n`;
        const { types, prose, code } = readMarkdown(table);
        expect([...types].sort()).toEqual(
          ['inlineCode', 'root', 'table', 'tableCell', 'tableRow', 'text'].sort(),
        );
        expect(prose).toEqual(['a', 'b', 'end']);
        expect(code).toHaveLength(1);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a fence', () => {
  it('cannot be closed by what it holds', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const { types, code, prose } = readMarkdown(`${codeFence(text, 'java')}\nEnd.\n`);
        expect([...types].sort()).toEqual(['code', 'paragraph', 'root', 'text']);
        expect(code).toEqual([showInvisible(text.replace(/\r\n?/g, '\n')).replace(/\n$/, '')]);
        expect(prose).toEqual(['End.']);
      }),
      { numRuns: 1000 },
    );
  });

  it('takes no info string from outside', () => {
    expect(codeFence('x', 'suggestion\n```')).toBe('```\nx\n```\n');
  });
});

describe('a sentence of ours with foreign pieces', () => {
  it('is prose and code spans whatever the pieces are', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const markdown = toInertMarkdown(text);
        const { types } = readMarkdown(markdown);
        expect(
          [...types].filter((type) => !['root', 'paragraph', 'text', 'inlineCode'].includes(type)),
        ).toEqual([]);
        expect(liveParts(markdown)).toEqual([]);
        expect(hiddenCharacters(markdown)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps plain words as prose and puts names into code', () => {
    expect(
      toInertMarkdown(
        'The value of request.getParameter("id"), line 12, reaches `stmt.execute`: see CWE-89.',
      ),
    ).toBe('The value of `request.getParameter("id")`, line 12, reaches `stmt.execute`: see CWE-89.');
  });
});

describe('the summary', () => {
  it.each(injectionCases().map((one) => [one.id, one] as const))(
    'leaves nothing of case %s live',
    (_id, one) => {
      const markdown = renderSummary(documentFullOf(one.payload), { limit: 60_000 });
      expect(liveParts(markdown)).toEqual([]);
      expect(hiddenCharacters(markdown)).toEqual([]);
      const forbidden = one.expected.never_outside_inert;
      if (forbidden !== undefined) {
        const { prose, html } = readMarkdown(markdown);
        expect([...prose, ...html].filter((text) => text.includes(forbidden))).toEqual([]);
      }
      if (one.expected.must.includes('renders_readably')) {
        expect(readMarkdown(markdown).code.some((code) => code.includes(one.payload.trim()))).toBe(true);
      }
    },
  );

  it('leaves nothing of any hostile text live', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const markdown = renderSummary(documentFullOf(text), { limit: 60_000 });
        expect(liveParts(markdown)).toEqual([]);
        expect(hiddenCharacters(markdown)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it("says in the scanner's name only what stands in code spans", () => {
    const { prose } = readMarkdown(
      renderSummary(documentFullOf('Security-office signed_off'), { limit: 60_000 }),
    );
    expect(prose.filter((text) => text.includes('signed_off'))).toEqual([]);
  });
});

describe('a Chinese sentence of ours', () => {
  it('stays prose with its punctuation, and only what it quotes is in code', () => {
    const sentence =
      '规则 `default`（范围为新增，严重程度为高及以上，CWE-798）因 29 个发现项阻止合并：`dc16`、`ffc2` 等，另有 24 个。';
    expect(toInertMarkdown(sentence)).toBe(sentence);
    expect(toInertMarkdown('见：http://evil.example，谢谢')).toBe('见：`http://evil.example`，谢谢');
    expect(toInertMarkdown('提到@admin，谢谢')).toBe('提到`@admin`，谢谢');
  });

  it.each([
    ['使用 SHA-3；表名与列名取自固定列表。', '使用 `SHA-3`；表名与列名取自固定列表。'],
    ['摘要算法SHA-256已过时；请改用CWE-327。', '摘要算法`SHA-256`已过时；请改用CWE-327。'],
    ['第 2 行：foo(bar)；完成', '第 2 行：`foo(bar)`；完成'],
    ['1.第一', '`1.`第一'],
    ['见#12、!3、$x$和*y*，/merge', '见`#12`、`!3`、`$x$`和`*y*`，`/merge`'],
    ['data:中 a_b中', '`data:`中 `a_b`中'],
  ])('%s puts into code what is no word, and nothing around it', (sentence, shown) => {
    expect(toInertMarkdown(sentence)).toBe(shown);
    expect(liveParts(toInertMarkdown(sentence))).toEqual([]);
  });

  it('is prose and code spans whatever foreign pieces stand in the middle of it', () => {
    fc.assert(
      fc.property(
        fc.array(hostileText, { maxLength: 4 }),
        fc.constantFrom('见', '，', '；见：'),
        (texts, glue) => {
          const markdown = toInertMarkdown(texts.join(glue));
          const { types } = readMarkdown(markdown);
          expect(
            [...types].filter((type) => !['root', 'paragraph', 'text', 'inlineCode'].includes(type)),
          ).toEqual([]);
          expect(liveParts(markdown)).toEqual([]);
          expect(hiddenCharacters(markdown)).toEqual([]);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
