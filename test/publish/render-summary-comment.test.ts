// What a reviewer reads in the one summary comment of a change.
import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import { lastLook } from '#publish/last-look.ts';
import { renderSummaryComment, type SummaryCommentOptions } from '#publish/render-summary-comment.ts';
import type { FindingPlacement } from '#publish/summary-whereabouts.ts';
import { hostileText } from '../doubles/hostile-text.ts';
import { injectionCases } from '../doubles/injection-cases.ts';
import { hiddenCharacters, liveParts } from '../doubles/markdown-reader.ts';
import {
  aDocument,
  aFinding,
  aJudgedFinding,
  aLocation,
  aReason,
  aVerdict,
  inLanguage,
} from '../doubles/result-document.ts';
import { richDocument } from '../doubles/rich-document.ts';

const HOST = 'https://github.example';
const BLOB = `${HOST}/shop/web/blob/${'2'.repeat(40)}`;
const COMMENT = `${HOST}/shop/web/pull/7#discussion_r`;

function options(overrides: Partial<SummaryCommentOptions> = {}): SummaryCommentOptions {
  return {
    host: 'github',
    limit: 60_000,
    blobUrl: BLOB,
    placements: new Map(),
    fixed: 0,
    patches: 0,
    problems: [],
    jobUrl: null,
    ...overrides,
  };
}

function textOf(document: ResultDocument, overrides: Partial<SummaryCommentOptions> = {}): string {
  return renderSummaryComment(document, options(overrides)).text;
}

function placed(
  ...rows: readonly (readonly [FindingRecord, FindingPlacement])[]
): ReadonlyMap<string, FindingPlacement> {
  return new Map(rows.map(([finding, placement]) => [finding.id, placement]));
}

const inline = (number: number): FindingPlacement => ({
  where: 'inline',
  why: '',
  url: `${COMMENT}${number}`,
});

interface LinkNode {
  readonly type: string;
  readonly url?: string;
  readonly position?: {
    readonly start: { readonly offset?: number };
    readonly end: { readonly offset?: number };
  };
  readonly children?: readonly LinkNode[];
}

/** The addresses that a click could lead to, and the Markdown with each link replaced by a word. */
function followLinks(markdown: string): { readonly addresses: readonly string[]; readonly rest: string } {
  const pending: LinkNode[] = [
    fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }) as LinkNode,
  ];
  const links: LinkNode[] = [];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.type === 'link') links.push(node);
    else pending.push(...(node.children ?? []));
  }
  const byEnd = links.toSorted((a, b) => (b.position?.end.offset ?? 0) - (a.position?.end.offset ?? 0));
  const rest = byEnd.reduce(
    (text, { position }) => `${text.slice(0, position?.start.offset)}link${text.slice(position?.end.offset)}`,
    markdown,
  );
  return { addresses: byEnd.map(({ url = '' }) => url).reverse(), rest };
}

function expectInert(markdown: string): void {
  const { addresses, rest } = followLinks(markdown);
  expect(lastLook(markdown, { allowedLinkPrefixes: [`${HOST}/shop/web/`] })).toBeNull();
  expect(liveParts(rest)).toEqual([]);
  expect(hiddenCharacters(rest)).toEqual([]);
  expect(addresses.filter((address) => !address.startsWith(`${HOST}/shop/web/`))).toEqual([]);
}

describe('the summary comment', () => {
  it('of a small change is read in fifteen seconds', () => {
    const finding = aFinding({ id: 'c0ffee0000000001' });
    const text = textOf(aDocument([finding]), { placements: placed([finding, inline(1)]) });
    const [top = ''] = text.split('\n<details>');
    expect(top.trimEnd().split('\n')).toEqual([
      '## ❌ Assay: failed, one finding blocks this change',
      '',
      '- 1 of 1 findings block this change.',
      '',
      '**1 finding from 1 result** · ❓ 1 needs review',
      '',
      '### What needs attention (1)',
      '',
      '| Severity | Verdict | Where, what and why |',
      '| --- | --- | --- |',
      `| 🔴 high | needs review<br>⛔ blocks | **[\`src/app.ts:12\`](${BLOB}/src/app.ts#L12)**<br>\`User input flows into a SQL query.\`<br>_Open question:_ The value is a parameter: who calls this function, and with what?<br>[Comment at the line](${COMMENT}1) |`,
    ]);
  });

  it('says in a few friendly words that there is nothing, and which reports say so', () => {
    const text = textOf(aDocument([]));
    expect(text.split('\n').slice(0, 3)).toEqual([
      '## ✅ Assay: passed, nothing blocks this change',
      '',
      'No finding in this change.',
    ]);
    expect(text).toContain('<details><summary>1 report read</summary>');
    expect(text.length).toBeLessThan(700);
    const old = aFinding({ verdict: null, gate: { effect: 'out_of_scope', why: 'existing' } });
    expect(textOf(aDocument([old]))).toContain('No finding in this change. (1 outside the asked scope)');
  });

  it('never says that there is nothing when the run did not finish', () => {
    const reasons = [{ code: 'report-truncated', text: 'a.sarif: cut off at byte 17' }];
    const text = textOf(aDocument([], { decision: { outcome: 'unfinished', mode: 'enforce', reasons } }));
    expect(text).toContain('## ⚠️ Assay: unfinished');
    expect(text).toContain('`a.sarif`: cut off at byte 17');
    expect(text).not.toContain('No finding');
    expect(text).not.toContain('✅');
  });

  it('says how many of those commented on before are gone', () => {
    expect(textOf(aDocument([]), { fixed: 3 })).toContain(
      'No finding in this change.\n\n✅ 3 findings commented on before are no longer reported.\n',
    );
    expect(textOf(aDocument([]), { fixed: 1 })).toContain(
      '✅ 1 finding commented on before is no longer reported',
    );
    expect(textOf(aDocument([]))).not.toContain('no longer');
  });

  it('links lines at head as each host does', () => {
    const finding = aFinding({
      location: aLocation({ path: 'a (b)/[x]|y/路径#?.ts', startLine: 3, endLine: 5 }),
    });
    const path = 'a%20%28b%29/%5Bx%5D%7Cy/%E8%B7%AF%E5%BE%84%23%3F.ts';
    expect(followLinks(textOf(aDocument([finding]))).addresses).toEqual([`${BLOB}/${path}#L3-L5`]);
    const gitlab = `${HOST}/shop/web/-/blob/${'2'.repeat(40)}`;
    expect(followLinks(textOf(aDocument([finding]), { host: 'gitlab', blobUrl: gitlab })).addresses).toEqual([
      `${gitlab}/${path}#L3-5`,
    ]);
  });

  it('links no place that is not in the repository, and nothing without an address of the host', () => {
    const lost = aFinding({ location: aLocation({ path: '../x.c', resolved: false, why: 'no such file' }) });
    expect(followLinks(textOf(aDocument([lost]))).addresses).toEqual([]);
    expect(followLinks(textOf(richDocument(), { blobUrl: null })).addresses).toEqual([]);
  });

  it('takes no address of a comment that is not on the same host', () => {
    const finding = aFinding();
    for (const url of [
      'https://evil.example/x',
      'javascript:alert(1)',
      `${HOST.replace('//', '//a:b@')}/shop/web/pull/7`,
      'http://github.example/shop/web/pull/7',
    ]) {
      const text = textOf(aDocument([finding]), {
        placements: placed([finding, { where: 'inline', why: '', url }]),
        jobUrl: url,
      });
      expect([url, followLinks(text).addresses]).toEqual([url, [`${BLOB}/src/app.ts#L12`]]);
    }
  });

  it('says where each finding is told and why not at its line', () => {
    const [first, second, third, fourth] = [aFinding(), aFinding(), aFinding(), aFinding()] as const;
    const why = 'The line is not part of the diff.';
    const text = textOf(aDocument([first, second, third, fourth]), {
      placements: placed(
        [first, inline(1)],
        [second, { where: 'file', why, url: `${COMMENT}2` }],
        [third, { where: 'annotation', why, url: null }],
        [fourth, { where: 'summary', why: 'More than 20 comments would be too many.', url: null }],
      ),
    });
    expect(text).toContain(
      '\nWhere they are: 1 at its line · 1 at its file · 1 as an annotation of the check · 1 only here.\n',
    );
    expect(text).toContain('<details><summary>3 without a comment at the line, and why</summary>');
    expect(text).toContain('\n- 1 × at the file: The line is not part of the diff.\n');
    expect(text).toContain('\n- 1 × in this summary: More than 20 comments would be too many.\n');
    expect(text).toContain(`<br>[Comment at the file](${COMMENT}2) |`);
    expectInert(text);
  });

  it('tells of dismissed and accepted findings with their reasons, folded, and of patches and the cost', () => {
    const text = textOf(richDocument(), { patches: 2 });
    expect(text).toContain('<details><summary>1 dismissed as false positive, and why</summary>');
    expect(text).toContain('Every argument of `subprocess.run` is a literal.');
    expect(text).toContain('**waived**: waived by alice until 2027-01-31: legacy widget');
    expect(text).toContain('🩹 2 patches ready for `git apply`: `assay-out/patches` of the job’s artifacts.');
    expect(text).toContain('judge builtin, no model · model cost 0 · scope new');
    expect(text).toContain('`semgrep.sarif` | Semgrep 1.99.0');
    expectInert(text);
  });

  it('warns of a result that the change itself could have made up', () => {
    expect(textOf(richDocument(), { ownSide: true })).toContain(
      '\n⚠️ This result was made by a run that the change itself controls',
    );
    expect(textOf(richDocument())).not.toContain('itself controls');
  });

  it('names what the host refused and how to mend it', () => {
    const text = textOf(richDocument(), {
      problems: [
        { text: 'The token may not comment.', hint: 'Add `pull-requests: write` to the permissions.' },
      ],
    });
    expect(text).toContain(
      '### Could not be posted as it should (1)\n\n- The token may not comment. Add `pull-requests: write` to the permissions.',
    );
    expectInert(text);
  });

  it('speaks Chinese when asked', () => {
    const document = inLanguage(richDocument(), 'zh-CN');
    const [finding] = document.findings;
    const text = textOf(document, {
      fixed: 2,
      patches: 1,
      placements: placed([finding ?? aFinding(), inline(1)]),
      problems: [{ text: '令牌无权评论。', hint: '请添加 `pull-requests: write`。' }],
    });
    expect(text).toContain('✅ 此前评论过的 2 个发现项已不再被报告。');
    expect(text).toContain('所在位置：1 个在所在行评论 · 4 个仅在此处。');
    expect(text).toContain(`[该行的评论](${COMMENT}1)`);
    expectInert(text);
    expect(textOf(inLanguage(aDocument([]), 'zh-CN'))).toContain('本次变更中没有发现项。');
  });

  it('makes nothing live, whatever stands in messages, paths, reasons and answers of the host', () => {
    for (const { payload } of injectionCases()) {
      const finding = aFinding({
        message: payload,
        ruleId: payload,
        location: aLocation({ path: payload }),
        verdict: aVerdict('needs_review', aReason('REV.unknown', payload)),
      });
      const text = textOf(aDocument([finding]), {
        placements: placed([finding, { where: 'summary', why: payload, url: null }]),
        problems: [{ text: payload, hint: payload }],
      });
      expectInert(text);
    }
  });

  it('is inert and keeps its limit for any text, any number of findings and any room', () => {
    const anyComment = fc.record({
      texts: fc.array(hostileText, { minLength: 1, maxLength: 12 }),
      limit: fc.integer({ min: 3_000, max: 9_000 }),
      language: fc.constantFrom('en' as const, 'zh-CN' as const),
    });
    fc.assert(
      fc.property(anyComment, ({ texts, limit, language }) => {
        const findings = texts.map((text, index) =>
          aFinding({
            message: text,
            location: aLocation({ path: `a/${text}` }),
            verdict: aVerdict(
              index % 3 === 2 ? 'false_positive' : 'needs_review',
              aReason('REV.unknown', text),
            ),
          }),
        );
        const { text, shown } = renderSummaryComment(
          inLanguage(aDocument(findings), language),
          options({ limit, fixed: 2, patches: 2 }),
        );
        expect(text.length).toBeLessThanOrEqual(limit);
        expectInert(text);
        expect([...shown].filter((id) => findings.every((finding) => finding.id !== id))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the summary comment of a change with 5,000 findings', () => {
  const many = Array.from({ length: 5000 }, (_, index) => ({
    ...aJudgedFinding(
      index < 40 ? 'critical' : 'medium',
      index % 5 === 4 ? 'false_positive' : 'needs_review',
      'allowed',
    ),
    message: `${index} ${'long '.repeat(14_000)}`,
    location: aLocation({ path: `src/${'directory/'.repeat(10)}${index}.ts` }),
  }));
  const placements = new Map<string, FindingPlacement>(
    many
      .filter(({ severity }) => severity === 'critical')
      .slice(0, 20)
      .map(({ id }, index) => [id, inline(index)]),
  );

  it.each([60_000, 30_000, 8_000])('keeps within %i characters and says what is where', (limit) => {
    const { text, shown } = renderSummaryComment(
      aDocument(many),
      options({ limit, placements, jobUrl: `${HOST}/shop/web/actions/runs/1` }),
    );
    expect(text.length).toBeLessThanOrEqual(limit);
    expectInert(text);
    const matters = many.filter(({ verdict }) => verdict?.label === 'needs_review');
    const here = matters.filter(({ id }) => shown.has(id) && !placements.has(id)).length;
    const inlined = matters.filter(({ id }) => placements.has(id)).length;
    const others = here === 0 ? [] : [`${here} only here`];
    expect(text).toContain(
      `Where they are: ${[`${inlined} at their lines`, ...others, `${4000 - here - inlined} only in the result files`].join(' · ')}.`,
    );
    const rows = matters.filter(({ id }) => shown.has(id)).length;
    expect(text).toContain(
      `_${4000 - rows} more rows are not shown here: \`assay.json\` in [the job’s artifacts](${HOST}/shop/web/actions/runs/1) holds all._`,
    );
    expect(text).toContain('<summary>1 report read</summary>');
    expect(text).toContain('model cost 0');
  });

  it('gives its rows first to what blocks, then to what is told nowhere else, where there is no room for all', () => {
    const many = Array.from({ length: 60 }, (_, at) => ({
      ...aJudgedFinding('medium', 'needs_review', at < 4 ? 'blocks' : 'allowed'),
      location: aLocation({ path: 'a.js', startLine: at + 1, endLine: at + 1 }),
    }));
    const told = new Set(many.slice(0, 40));
    const placements = placed(...[...told].map((one, at) => [one, inline(at)] as const));
    const { shown } = renderSummaryComment(aDocument(many), options({ limit: 9_000, placements }));
    const rows = many.filter(({ id }) => shown.has(id));
    expect(rows.length).toBeGreaterThan(8);
    expect(rows.length).toBeLessThan(24);
    expect(rows.slice(0, 4)).toEqual(many.slice(0, 4));
    expect(rows.slice(4).some((one) => told.has(one))).toBe(false);
    const whole = textOf(aDocument(many), { placements });
    const order = many.map(({ location }) => whole.indexOf(`\`a.js:${location.startLine}\``));
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((one, other) => one - other));
  });

  it('shows the rows that it says it shows, and no others', () => {
    const { text, shown } = renderSummaryComment(aDocument(many), options());
    const linked = new Set(followLinks(text).addresses);
    expect(shown.size).toBeGreaterThan(40);
    const expected = many
      .filter(({ id }) => shown.has(id))
      .map(({ location }) => `${BLOB}/${location.path}#L12`);
    expect([...linked].toSorted()).toEqual(expected.toSorted());
  });

  it('is not crowded out by a thousand notices and reports', () => {
    const document = aDocument(many);
    const [input] = document.run.inputs;
    const crowded = {
      ...document,
      run: {
        ...document.run,
        inputs: Array.from({ length: 1000 }, () => ({ ...input, name: 'n'.repeat(190) })),
      },
      notices: Array.from({ length: 1000 }, () => ({ code: 'x', text: 'word '.repeat(90) })),
    } as ResultDocument;
    const { shown } = renderSummaryComment(crowded, options());
    expect(shown.size).toBeGreaterThan(30);
  });
});
