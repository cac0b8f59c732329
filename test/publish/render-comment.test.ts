// What a reviewer reads in one comment.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { linkPrefixesOf } from '#publish/code-link.ts';
import { renderClosedComment, renderReviewOpening } from '#publish/comment-closed.ts';
import { lastLook } from '#publish/last-look.ts';
import { isEdited, readMarker, visibleText } from '#publish/marker.ts';
import { renderComment } from '#publish/render-comment.ts';
import {
  aCommentRequest,
  anOpenFinding,
  aRealFinding,
  COMMENT_CHANGE,
  COMMENT_HEAD,
  COMMENT_SEAL,
  chineseFindings,
  markerFields,
} from '../doubles/comment-request.ts';
import { readMarkdown } from '../doubles/markdown-reader.ts';
import { aFinding, aLocation, aReason, aVerdict } from '../doubles/result-document.ts';

const prefixes = linkPrefixesOf(COMMENT_CHANGE);
const suggestion = '```suggestion\n    return findById(id);\n```\n';
const patchFold =
  '<details><summary>Suggested change as a patch</summary>\n\n```sh\ngit apply x.patch\n```\n\n</details>\n';

/** What is read before anything is unfolded: words and code, without addresses. */
function visibleCharacters(body: string): number {
  const { prose, code } = readMarkdown(visibleText(body).replace(/<details>[\s\S]*<\/details>/, ''));
  return [...prose, ...code].join('').length;
}

describe('a comment about a real weakness', () => {
  it('says the verdict, why, the lines, the fix, the change, and folded away the rest', () => {
    const { body } = renderComment(aCommentRequest({ suggestion }));
    expect(body.replaceAll(COMMENT_CHANGE.blobUrl, 'BLOB')).toMatchInlineSnapshot(`
      "🔴 **Real · high · SQL injection (CWE-89)**<br><sub>⛔ blocks this change · 94 % of such verdicts were right when measured, at least 90 %</sub>

      In \`findOrder\`: The request parameter \`id\` (line 131) reaches \`executeQuery\` with nothing in between that checks or changes it. Text from outside becomes part of a database command. It reads, changes or deletes what it likes.

      - [\`src/main/java/shop/orders/OrderRepository.java:131\`](BLOB/src/main/java/shop/orders/OrderRepository.java#L131) \`String id = request.getParameter("id");\`
      - [\`src/main/java/shop/orders/OrderRepository.java:142\`](BLOB/src/main/java/shop/orders/OrderRepository.java#L142) \`return stmt.executeQuery("SELECT * FROM orders WHERE id = " + id);\`

      **How to fix:** Pass values as parameters of a prepared statement (\`PreparedStatement\`, \`?\`), and choose names of tables and columns from a fixed list.

      \`\`\`suggestion
          return findById(id);
      \`\`\`

      <details><summary>Where this comes from, and how to answer</summary>

      - Reported by Semgrep 1.99.0 \`java.lang.security.audit.sqli.jdbc-sqli\`
      - In the words of the scanner: \`\`Detected SQL statement that is tainted by \`request\` object.\`\`
      - Finding \`c0ffee0000000001\`, CWE-89, fingerprint \`fc0ffee0000000001\`
      - The gate: blocks. rule default: new, high or worse, true positive or needs review

      **How to answer**

      - To see all that is known: \`assay explain c0ffee0000000001 --result assay.json\`, in the folder that holds the result of the run
      - To set it aside: resolve this thread, and it stays resolved; the gate keeps its answer
      - To accept it for a time, in the gate too: add this to \`assay.yml\` on the base branch (a new file starts with \`version: 1\`)

      \`\`\`yaml
      waivers:
        - id: 'c0ffee0000000001'
          reason: why it may stay
          owner: who answers for it
          expires: YYYY-MM-DD
      \`\`\`

      </details>

      <!-- assay:v1 k=finding id=c0ffee0000000001 fp=- st=open cat=- tool=semgrep body=c89d3bf30e4cd264 posted=- mac=6d450e24512ea8ee6d0074198870820a -->"
    `);
  });

  it('ends with its marker, which a later run reads', () => {
    const { body, marker } = renderComment(aCommentRequest());
    expect(body.endsWith(`\n\n${marker}`)).toBe(true);
    const read = readMarker(body, COMMENT_SEAL);
    expect(read?.id).toBe('c0ffee0000000001');
    expect(read && isEdited(body, read)).toBe(false);
  });

  it('is the same text for the same finding', () => {
    expect(renderComment(aCommentRequest())).toEqual(renderComment(aCommentRequest()));
  });

  it('links ranges in the way of the host', () => {
    const reason = {
      ...aReason('TP.misuse', 'Broken.'),
      citations: [{ path: 'a.py', startLine: 3, endLine: 5, quote: 'x = (\n  1\n)' }],
    };
    const finding = aRealFinding({ verdict: aVerdict('true_positive', reason) });
    expect(renderComment(aCommentRequest({ finding })).body).toContain('/a.py#L3-L5) `x = (`');
    const code = { host: 'gitlab' as const, blobUrl: 'https://gitlab.example/o/r/-/blob/abc' };
    expect(renderComment(aCommentRequest({ finding, code })).body).toContain(
      '[`a.py:3-5`](https://gitlab.example/o/r/-/blob/abc/a.py#L3-5)',
    );
  });

  it('shows at most four lines, each once', () => {
    const citations = [1, 1, 2, 3, 4, 5, 6].map((line) => ({
      ...{ path: 'a.py', startLine: line, endLine: line, quote: `line ${line}` },
    }));
    const reason = { ...aReason('TP.misuse', 'Broken.'), citations };
    const finding = aRealFinding({ verdict: aVerdict('true_positive', reason) });
    const { links } = readMarkdown(renderComment(aCommentRequest({ finding })).body);
    expect(links.map((url) => url.split('#')[1])).toEqual(['L1', 'L2', 'L3', 'L4']);
  });
});

describe('a comment about an open question', () => {
  it('asks the reviewer, and says what to do if it is real', () => {
    const { body } = renderComment(
      aCommentRequest({ finding: anOpenFinding(), weakness: 'Evaluated input' }),
    );
    expect(
      visibleText(body)
        .replace(/\n<details>[\s\S]*$/, '')
        .replaceAll(COMMENT_CHANGE.blobUrl, 'BLOB'),
    ).toMatchInlineSnapshot(`
      "🔴 **Needs review · high · Evaluated input (CWE-95)**<br><sub>⛔ blocks this change · 50 % of such findings were real when measured, at least 41 %</sub>

      It is open whether \`evaluateDiscount\` has this weakness. Known: Line 3 holds \`new Function('total', 'return ' + formula)\`. What that would mean: A value from outside reaches \`eval\` or its like. An expression in it runs with all rights of the program.

      - [\`api/lib/discounts.js:2\`](BLOB/api/lib/discounts.js#L2) \`export function evaluateDiscount(formula, total) {\`

      **Please answer:** Can a caller pass on what someone from outside chose? The value comes from the parameter \`formula\` of \`evaluateDiscount\` (line 2); no caller was looked at.

      **If it is real:** Replace the evaluation by a parser for the few forms that are wanted (\`JSON.parse\`, \`ast.literal_eval\`, a small expression grammar).
      "
    `);
  });

  it('does not ask twice when the reason is a question already', () => {
    const reason = aReason('REV.no-sink', 'Line 15 holds no call that is known: what does it call?');
    const finding = anOpenFinding({ verdict: aVerdict('needs_review', reason) });
    expect(renderComment(aCommentRequest({ finding })).body).toContain('what does it call?\n\n');
  });
});

describe('the confidence in a comment', () => {
  const headOf = (over: Parameters<typeof aFinding>[0]) =>
    renderComment(aCommentRequest({ finding: aFinding(over) })).body.split('\n')[0];
  const measured = (confidence: number, confidenceLowerBound: number) => ({
    ...aVerdict('true_positive'),
    ...{ confidence, confidenceLowerBound },
  });

  it('is what was measured, never more', () => {
    expect(headOf({ verdict: measured(0.9984, 0.9156) })).toContain(
      '99 % of such verdicts were right when measured, at least 91 %',
    );
    expect(headOf({ verdict: measured(0.29, 0.28) })).toContain(
      '29 % of such verdicts were right when measured, at least 28 %',
    );
  });

  it('is none where nothing was measured, or a list decided', () => {
    expect(headOf({ verdict: measured(0.5, 0) })).toContain('how often this is right was not measured yet');
    expect(headOf({ verdict: { ...aVerdict('false_positive'), by: 'policy' } })).toContain(
      "the team's policy lists this path",
    );
  });

  it('stands beside a warning where characters are hidden', () => {
    expect(headOf({ message: 'a\u202eb' })).toContain('⚠️ holds invisible characters');
  });
});

describe('a comment at the file', () => {
  it('says which line it is about, and why it is not there', () => {
    const whyNotLine = 'the line is not among those that the diff shows';
    const { body } = renderComment(aCommentRequest({ where: 'file', whyNotLine }));
    expect(body).toContain('OrderRepository.java#L142): the line is not among those that the diff shows.\n');
  });

  it('says so of a whole file and of a place that is not there', () => {
    const whole = aFinding({ location: { ...aLocation(), wholeFile: true } });
    expect(renderComment(aCommentRequest({ where: 'file', finding: whole })).body).toContain(
      '\n\nAbout the file as a whole.\n',
    );
    const lost = aFinding({ location: aLocation({ path: '../x.c', resolved: false, why: 'no such file' }) });
    expect(renderComment(aCommentRequest({ where: 'file', finding: lost })).body).toContain(
      '\n\nThe report names `../x.c`, which is not in the repository.\n',
    );
  });
});

describe('how to answer', () => {
  it('holds a waiver that is ready for assay.yml', () => {
    const finding = aRealFinding({ id: '0000000000000012' });
    const { body } = renderComment(aCommentRequest({ finding }));
    const yaml = /```yaml\n([\s\S]*?)```/.exec(body)?.[1] ?? '';
    expect(parse(yaml)).toEqual({
      waivers: [
        {
          id: '0000000000000012',
          reason: 'why it may stay',
          owner: 'who answers for it',
          expires: 'YYYY-MM-DD',
        },
      ],
    });
  });

  it('offers no waiver for what is no weakness', () => {
    const finding = aFinding({ verdict: aVerdict('false_positive') });
    const { body } = renderComment(aCommentRequest({ finding }));
    expect(body).not.toContain('waivers:');
    expect(body).toContain(`assay explain ${finding.id}`);
  });
});

describe('fifteen seconds', () => {
  const [chineseReal, chineseOpen] = chineseFindings();
  it.each([
    ['a real one', aCommentRequest()],
    ['a real one with a suggestion', aCommentRequest({ suggestion })],
    ['an open one', aCommentRequest({ finding: anOpenFinding(), weakness: 'Evaluated input' })],
    [
      'an open one at its file',
      aCommentRequest({
        finding: anOpenFinding(),
        where: 'file',
        whyNotLine: 'the change does not touch this file',
      }),
    ],
    [
      'a real one in Chinese',
      aCommentRequest({ finding: chineseReal ?? aRealFinding(), language: 'zh-CN', weakness: 'SQL 注入' }),
    ],
    [
      'an open one in Chinese',
      aCommentRequest({
        finding: chineseOpen ?? anOpenFinding(),
        language: 'zh-CN',
        weakness: '动态执行输入',
      }),
    ],
  ])('are enough for %s', (_name, request) => {
    const { body } = renderComment(request);
    expect(visibleCharacters(body)).toBeLessThanOrEqual(900);
    expect(lastLook(body, { allowedLinkPrefixes: prefixes })).toBeNull();
  });
});

describe('a comment in Chinese', () => {
  it('is Chinese but for names and code', () => {
    const [finding = aRealFinding()] = chineseFindings();
    const { body } = renderComment(aCommentRequest({ finding, language: 'zh-CN', weakness: 'SQL 注入' }));
    expect(body).toContain(
      '🔴 **真实问题 · 高 · SQL 注入（CWE-89）**<br><sub>⛔ 阻止合并 · 实测中此类判定有 94% 是正确的，至少 90%</sub>',
    );
    expect(body).toContain('摘要算法使用 `SHA-256` 或 `SHA-3`；表名与列名取自固定列表。');
  });
});

describe('a comment that would be too long', () => {
  it('loses whole parts, the folded ones first, and stays readable whatever the limit', () => {
    const request = aCommentRequest({ suggestion, patchFold });
    const whole = renderComment(request).body;
    const marker = (body: string) => readMarker(body, COMMENT_SEAL);
    fc.assert(
      fc.property(fc.integer({ min: 400, max: whole.length }), (limit) => {
        const { body } = renderComment({ ...request, limit });
        expect(body.length).toBeLessThanOrEqual(limit);
        expect(marker(body)?.id).toBe('c0ffee0000000001');
        expect(lastLook(body, { allowedLinkPrefixes: prefixes })).toBeNull();
        expect(body.startsWith('🔴 **Real')).toBe(true);
        if (body.includes('How to answer')) expect(body).toBe(whole);
        if (body.includes('git apply')) expect(body).toContain('```suggestion');
        for (const paragraph of visibleText(body).split('\n\n')) expect(whole).toContain(paragraph);
      }),
    );
  });

  it('never exceeds the limit with the longest texts that anybody can plant', () => {
    const long = '@a `b` \u202e🔥'.repeat(20_000);
    const reason = aReason('REV.param', long, { path: long, line: 1, quote: long });
    const finding = aFinding({
      ...{ message: long, ruleId: long, rootCause: long, remediation: long },
      location: aLocation({ path: long }),
      verdict: aVerdict('needs_review', reason, reason),
      gate: { effect: 'blocks', why: long },
    });
    const { body } = renderComment(aCommentRequest({ finding, where: 'file', weakness: null }));
    expect(body.length).toBeLessThanOrEqual(60_000);
    expect(body).toContain('How to answer');
    expect(body.isWellFormed()).toBe(true);
  });

  it('leaves out a block that is not fit to be posted', () => {
    for (const block of [
      '```suggestion\nx',
      '````suggestion\n```\n/approve\n```\n````\n',
      '```suggestion\n<!-- assay:v1 k=finding -->\n```\n',
      '[x](https://evil.example)',
    ]) {
      const request = { suggestion: block, patchFold: block };
      expect(renderComment(aCommentRequest(request))).toEqual(renderComment(aCommentRequest()));
    }
  });
});

describe('a closed comment', () => {
  const former = renderComment(aCommentRequest()).body;
  const closing = {
    ...{ former, keepFormer: false, code: COMMENT_CHANGE, linkPrefixes: prefixes, language: 'en' as const },
    marker: { fields: markerFields({ state: 'closed' }), seal: COMMENT_SEAL },
  };
  const struck = '~~Real · high · SQL injection (CWE-89)~~';

  it.each([
    [
      { kind: 'fixed' as const, commit: COMMENT_HEAD },
      `✅ **Fixed in [\`1a2b3c4\`](https://github.com/shop/orders/commit/${COMMENT_HEAD})**`,
    ],
    [
      { kind: 'gone' as const, commit: COMMENT_HEAD },
      `✅ **No longer reported at [\`1a2b3c4\`](https://github.com/shop/orders/commit/${COMMENT_HEAD})**`,
    ],
    [
      { kind: 'waived' as const, why: 'Waived by `@alice` until 2027-01-31.' },
      '☑️ **Accepted for now**: Waived by `@alice` until 2027-01-31.',
    ],
    [
      { kind: 'dismissed' as const, why: 'Every argument of `eval` is constant.' },
      '☑️ **Dismissed as a false positive**: Every argument of `eval` is constant.',
    ],
    [{ kind: 'out_of_change' as const }, '☑️ **No longer part of this change**'],
    [{ kind: 'listed' as const }, '☑️ **Now listed in the summary only**'],
    [
      { kind: 'moved' as const, url: `${COMMENT_CHANGE.url}#discussion_r12` },
      `[➡️ **Moved to another line**](${COMMENT_CHANGE.url}#discussion_r12)`,
    ],
    [{ kind: 'moved' as const, url: 'https://evil.example/x' }, '➡️ **Moved to another line**'],
  ])('says what became of it: %j', (because, words) => {
    const { body } = renderClosedComment({ ...closing, because });
    expect(visibleText(body)).toBe(`${words}\n\n${struck}`);
    expect(readMarker(body, COMMENT_SEAL)?.state).toBe('closed');
    expect(lastLook(body, { allowedLinkPrefixes: prefixes })).toBeNull();
  });

  it('keeps, folded, what people answered to', () => {
    const { body } = renderClosedComment({
      ...closing,
      because: { kind: 'gone', commit: COMMENT_HEAD },
      keepFormer: true,
    });
    expect(body).toContain(visibleText(former));
    expect(readMarker(body, COMMENT_SEAL)?.state).toBe('closed');
    expect(lastLook(body, { allowedLinkPrefixes: prefixes })).toBeNull();
  });

  it('offers no suggestion any more, and still tells what it was', () => {
    const offered = renderComment(aCommentRequest({ suggestion })).body;
    const because = { kind: 'dismissed' as const, why: null };
    const { body } = renderClosedComment({ ...closing, because, former: offered, keepFormer: true });
    expect(readMarkdown(body).fences).toEqual(['', 'yaml']);
    expect(body).toContain('return findById(id);');
  });

  it('repeats nothing of a text that is not as we wrote it', () => {
    for (const odd of [
      '',
      '@octocat **x**',
      '![x](https://evil.example)',
      former.replace('Real', '@octocat'),
    ]) {
      for (const keepFormer of [true, false]) {
        const { body } = renderClosedComment({
          ...closing,
          because: { kind: 'gone', commit: COMMENT_HEAD },
          former: odd,
          keepFormer,
        });
        expect(lastLook(body, { allowedLinkPrefixes: prefixes })).toBeNull();
      }
    }
  });

  it('says in Chinese what became of it', () => {
    const because = { kind: 'fixed' as const, commit: COMMENT_HEAD };
    const { body } = renderClosedComment({ ...closing, because, language: 'zh-CN' });
    expect(body).toContain('✅ **已在 [`1a2b3c4`]');
  });

  it('tells when it is reported again', () => {
    const link = (sha: string) => `[\`${sha.slice(0, 7)}\`](https://github.com/shop/orders/commit/${sha})`;
    const [since, commit] = [COMMENT_HEAD, 'fe'.repeat(20)];
    const said = (was: 'fixed' | 'gone' | null, language: 'en' | 'zh-CN' = 'en') => {
      const back = { since, was: was === null ? null : { why: was, commit } };
      const { body } = renderComment(aCommentRequest({ back, language }));
      expect(lastLook(body, { allowedLinkPrefixes: prefixes })).toBeNull();
      return body.split('\n\n')[1];
    };
    expect(said('fixed')).toBe(`↩️ **Back since ${link(since)}**: it was fixed in ${link(commit)}.`);
    expect(said('gone')).toBe(`↩️ **Back since ${link(since)}**: it was not reported at ${link(commit)}.`);
    expect(said(null)).toBe(`↩️ **Back since ${link(since)}**.`);
    expect(said('fixed', 'zh-CN')).toBe(`↩️ **自 ${link(since)} 起再次出现**：曾在 ${link(commit)} 中修复。`);
  });

  it('says where the code is when the line of its thread is gone', () => {
    const { body } = renderComment(aCommentRequest({ where: 'outdated' }));
    expect(body).toMatch(
      /The line of this comment is gone; the code is at \[`[^`]+:142`\]\(\S+#L142\) now\./,
    );
    expect(lastLook(body, { allowedLinkPrefixes: prefixes })).toBeNull();
  });
});

describe('the opening of a review', () => {
  it('is one sentence, and remembers which findings it was posted with', () => {
    const fields = markerFields({ kind: 'review', id: '-', tool: null, posted: ['aa', 'bb'] });
    const marker = { fields, seal: COMMENT_SEAL };
    const { body } = renderReviewOpening({ count: 2, language: 'en', marker });
    expect(visibleText(body)).toBe(
      '2 places in this change need your attention; each comment says why, and how to fix it.',
    );
    expect(readMarker(body, COMMENT_SEAL)?.posted).toEqual(['aa', 'bb']);
    expect(visibleText(renderReviewOpening({ count: 1, language: 'en', marker }).body)).toMatch(/^One place/);
    expect(visibleText(renderReviewOpening({ count: 3, language: 'zh-CN', marker }).body)).toMatch(/3 处/);
  });
});
