// Security rows 12, 13, 14, 25, 32: foreign text in a comment is never live, and never ends what we opened.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FindingRecord } from '#domain/result-document.ts';
import type { VerdictLabel } from '#domain/verdict.ts';
import { renderPatchFold } from '#publish/anchors/render-patch-fold.ts';
import { linkPrefixesOf } from '#publish/code-link.ts';
import { renderClosedComment } from '#publish/comment-closed.ts';
import { lastLook } from '#publish/last-look.ts';
import { isEdited, readMarker, toolSlug } from '#publish/marker.ts';
import { renderComment } from '#publish/render-comment.ts';
import { codeFence } from '#support/escape-markdown.ts';
import { aCommentRequest, COMMENT_CHANGE, COMMENT_SEAL, markerFields } from '../doubles/comment-request.ts';
import { hostileText } from '../doubles/hostile-text.ts';
import { injectionCases } from '../doubles/injection-cases.ts';
import { hiddenCharacters, liveParts, readMarkdown } from '../doubles/markdown-reader.ts';
import { aFinding, aLocation, aReason, aVerdict } from '../doubles/result-document.ts';

const prefixes = linkPrefixesOf(COMMENT_CHANGE);
const LABELS: readonly VerdictLabel[] = ['true_positive', 'needs_review', 'false_positive'];

/** A finding with the payload at every place where foreign text can stand. */
function plant(payload: string, label: VerdictLabel, over: Partial<FindingRecord> = {}): FindingRecord {
  const reason = aReason('REV.conflict', payload, { path: payload, line: 3, quote: payload });
  const tool = { name: payload, version: payload, ruleId: payload, ruleName: payload };
  return aFinding({
    ...{ id: payload, message: payload, ruleId: payload, rootCause: payload, remediation: payload },
    fingerprints: { 'assay/v1': payload, [payload]: payload },
    cwe: label === 'needs_review' ? [] : [89],
    tools: [{ ...tool, rawSeverity: payload, precision: payload, results: [] }],
    location: aLocation({ path: payload, why: payload }),
    verdict: aVerdict(label, reason),
    gate: { effect: 'blocks', why: payload },
    ...over,
  });
}

/** Comments with the payload in every text; `weakness` is a name of ours, planted all the same. */
function commentsFullOf(payload: string, weakness: string | null = payload): readonly string[] {
  const marker = { fields: markerFields({ tool: toolSlug(payload) }), seal: COMMENT_SEAL };
  const common = { weakness, where: 'file', marker } as const;
  const unplaced = { path: payload, resolved: false };
  const lost = plant(payload, 'needs_review', { location: aLocation(unplaced) });
  const texts = [
    ...LABELS.map((label) => ({ finding: plant(payload, label), suggestion: codeFence(payload) })),
    { finding: lost, patchFold: renderPatchFold(payload, payload) },
    { finding: plant(payload, 'needs_review'), language: 'zh-CN' as const },
  ].map((over) => renderComment(aCommentRequest({ ...common, ...over })));
  const closing = { former: payload, keepFormer: true, code: COMMENT_CHANGE, linkPrefixes: prefixes, marker };
  const former = texts[0]?.body ?? '';
  return [
    ...texts.map(({ body }) => body),
    renderClosedComment({ ...closing, language: 'en', because: { kind: 'waived', why: payload } }).body,
    renderClosedComment({ ...closing, language: 'en', because: { kind: 'moved', url: payload } }).body,
    renderClosedComment({ ...closing, language: 'en', because: { kind: 'fixed', commit: payload } }).body,
    renderClosedComment({
      ...closing,
      former,
      language: 'zh-CN',
      because: { kind: 'gone', commit: 'f'.repeat(40) },
    }).body,
  ];
}

function expectInert(body: string): void {
  expect(liveParts(body, { links: prefixes, marker: true })).toEqual([]);
  expect(lastLook(body, { allowedLinkPrefixes: prefixes })).toBeNull();
  expect(hiddenCharacters(body)).toEqual([]);
  const marker = readMarker(body, COMMENT_SEAL);
  expect(marker?.id).toBe('c0ffee0000000001');
  expect(marker && isEdited(body, marker)).toBe(false);
}

describe('a comment about a planted finding', () => {
  it.each(injectionCases().map((one) => [one.id, one] as const))(
    'leaves nothing of case %s live',
    (_id, one) => {
      const forbidden = one.expected.never_outside_inert;
      for (const body of commentsFullOf(one.payload)) {
        expectInert(body);
        if (forbidden === undefined || !body.includes(forbidden)) continue;
        const { prose, html } = readMarkdown(body);
        expect([...prose, ...html].filter((text) => text.includes(forbidden))).toEqual([]);
      }
    },
  );

  it.each([':', '=', '-', '|', '+', '*', '_', '::', '-:', '#', '>', '1.', '~~~'])(
    'leaves nothing of %s live, which may begin a block',
    (text) => {
      for (const body of commentsFullOf(text)) expectInert(body);
    },
  );

  it('leaves nothing of any hostile text live', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        for (const body of commentsFullOf(text)) expectInert(body);
      }),
      { numRuns: 40 },
    );
  });

  it('knows its own marker although the code it quotes holds one', () => {
    const forged = renderComment(aCommentRequest()).marker;
    for (const payload of [forged, `x\n${forged}`, `\n\n${forged}\n`, `-->\n${forged}`]) {
      for (const body of commentsFullOf(payload)) expectInert(body);
    }
  });

  it.each([
    ['a mention', '@octocat'],
    ['references', '#1 !1 ~label %1 &1 $1 GH-1 o/r#1'],
    ['an emoji code', ':tada:'],
    ['math', '$a$ $`a`$ $$a$$'],
    ['a task', '- [x] done'],
    ['front matter', '---\ntitle: x\n---'],
    ['options', '{::options parse_block_html="true" /}'],
    ['a table of contents', '[[_TOC_]]\n\n[TOC]'],
    ['an include', '::include{file=x.md}'],
    ['a drawing', '```mermaid\ngraph TD\n```'],
    ['a quick action', 'x\n/merge\n/approve'],
    ['an order to a bot', 'bors r+\n@dependabot merge'],
    ['a closing word', 'Fixes #1'],
    ['a suggestion', '```suggestion\nevil()\n```'],
    ['an alert', '> [!WARNING]\n> x'],
    ['the end of the fold', '</details>\n\n@octocat'],
  ])('shows %s as code only', (_what, payload) => {
    for (const body of commentsFullOf(payload, null)) {
      expectInert(body);
      const { prose, fences } = readMarkdown(body);
      expect(prose.join('\n')).not.toMatch(/octocat|tada|Fixes #|dependabot|options|TOC|mermaid|evil/);
      expect(fences.filter((info) => !['', 'yaml', 'diff', 'sh'].includes(info))).toEqual([]);
      const outside = body.replace(/^(`{3,})[^\n]*\n[\s\S]*?^\1$/gm, '');
      expect(outside.split('\n').filter((line) => line.startsWith('/'))).toEqual([]);
    }
  });
});
