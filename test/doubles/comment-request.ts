// Findings as they come in practice, and what else a comment is made of.
import type { FindingRecord } from '#domain/result-document.ts';
import type { CommentRequest } from '#publish/comment-request.ts';
import { createSeal, type MarkerFields } from '#publish/marker.ts';
import { aFinding, aLocation, aReason, aVerdict } from './result-document.ts';

const SHA = '1a2b3c4d'.repeat(5);
export const COMMENT_CHANGE = {
  host: 'github' as const,
  blobUrl: `https://github.com/shop/orders/blob/${SHA}`,
  url: 'https://github.com/shop/orders/pull/7',
};
export const COMMENT_HEAD = SHA;
export const COMMENT_SEAL = createSeal({ host: 'github', change: 'shop/orders#7', key: 'a stable secret' });

export function markerFields(over: Partial<MarkerFields> = {}): MarkerFields {
  return {
    ...{ kind: 'finding', id: 'c0ffee0000000001', fingerprint: null, state: 'open' },
    ...{ category: '-', tool: 'semgrep', posted: [] },
    ...over,
  };
}

export function aCommentRequest(over: Partial<CommentRequest> = {}): CommentRequest {
  return {
    ...{ finding: aRealFinding(), back: null, weakness: 'SQL injection', code: COMMENT_CHANGE },
    ...{ suggestion: null, patchFold: null, where: 'line', whyNotLine: null, language: 'en' },
    marker: { fields: markerFields(), seal: COMMENT_SEAL },
    ...over,
  };
}

/** A proved SQL injection with its source and its sink. */
export function aRealFinding(over: Partial<FindingRecord> = {}): FindingRecord {
  const path = 'src/main/java/shop/orders/OrderRepository.java';
  const source = aReason(
    'TP.flow.remote',
    'The request parameter `id` (line 131) reaches `executeQuery` with nothing in between that checks or changes it.',
    { path, line: 131, quote: '    String id = request.getParameter("id");' },
  );
  const [from] = source.citations;
  const sink = {
    path,
    startLine: 142,
    endLine: 142,
    quote: '    return stmt.executeQuery("SELECT * FROM orders WHERE id = " + id);',
  };
  return aFinding({
    id: 'c0ffee0000000001',
    ruleId: 'java.lang.security.audit.sqli.jdbc-sqli',
    message: 'Detected SQL statement that is tainted by `request` object.',
    location: aLocation({ path, startLine: 142, endLine: 142 }),
    verdict: aVerdict('true_positive', { ...source, citations: from === undefined ? [] : [from, sink] }),
    rootCause:
      'In `findOrder`: The request parameter `id` (line 131) reaches `executeQuery` with nothing in between that checks or changes it. ' +
      'Text from outside becomes part of a database command. It reads, changes or deletes what it likes.',
    remediation:
      'Pass values as parameters of a prepared statement (`PreparedStatement`, `?`), and choose names of tables and columns from a fixed list.',
    ...over,
  });
}

/** One that the code alone does not decide. */
export function anOpenFinding(over: Partial<FindingRecord> = {}): FindingRecord {
  const quote = 'export function evaluateDiscount(formula, total) {';
  return aFinding({
    id: 'dc1649f824175976',
    ruleId: 'no-new-func',
    cwe: [95],
    message: 'The Function constructor is eval.',
    location: aLocation({ path: 'api/lib/discounts.js', startLine: 3, endLine: 3 }),
    verdict: aVerdict(
      'needs_review',
      aReason(
        'REV.param',
        'The value comes from the parameter `formula` of `evaluateDiscount` (line 2); no caller was looked at.',
        { path: 'api/lib/discounts.js', line: 2, quote },
      ),
    ),
    rootCause:
      "It is open whether `evaluateDiscount` has this weakness. Known: Line 3 holds `new Function('total', 'return ' + formula)`. What that would mean: " +
      'A value from outside reaches `eval` or its like. An expression in it runs with all rights of the program.',
    remediation:
      'Replace the evaluation by a parser for the few forms that are wanted (`JSON.parse`, `ast.literal_eval`, a small expression grammar).',
    ...over,
  });
}

/** The same two in Chinese. */
export function chineseFindings(): readonly FindingRecord[] {
  const open = anOpenFinding();
  const question =
    '调用者是否会传入由外部人员决定的内容？（第 2 行 `export function evaluateDiscount(formula, total) {`）';
  const citations = open.verdict?.reasons[0]?.citations ?? [];
  return [
    aRealFinding({
      rootCause:
        '函数 `findOrder`：外部输入未经任何检查或转换即到达该调用（第 131 行 `String id = request.getParameter("id");`）。外部文本成为数据库命令的一部分，可读取、修改或删除任意数据。',
      remediation: '使用预编译语句传参；摘要算法使用 SHA-256 或 SHA-3；表名与列名取自固定列表。',
    }),
    anOpenFinding({
      verdict: aVerdict('needs_review', { code: 'REV.param', text: question, citations }),
      rootCause:
        '函数 `evaluateDiscount` 是否存在此弱点尚未确定。外部值进入 `eval` 一类的函数，其中的表达式以程序的全部权限运行。',
      remediation: '用只接受所需形式的解析器替代求值（如 `JSON.parse` 或小型表达式语法）。',
    }),
  ];
}
