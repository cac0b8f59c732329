// What a comment and an explanation say of the team's own documents.
import { describe, expect, test } from 'vitest';
import type { KnowledgeReference } from '#domain/knowledge.ts';
import { linkPrefixesOf } from '../../src/publish/code-link.ts';
import { lastLook } from '../../src/publish/last-look.ts';
import { renderComment } from '../../src/publish/render-comment.ts';
import { renderExplanation } from '../../src/publish/render-explanation.ts';
import { parseResult } from '../../src/publish/result-schema.ts';
import { aCommentRequest, aRealFinding, COMMENT_CHANGE } from '../doubles/comment-request.ts';
import { aDocument } from '../doubles/result-document.ts';

const BASE = 'b'.repeat(40);
const reference = (over: Partial<KnowledgeReference> = {}): KnowledgeReference => ({
  ...{
    label: 'K2',
    title: 'Databases › SQL',
    commit: BASE,
    path: 'docs/secure-coding.md',
    anchor: 'sql',
    line: 7,
  },
  ...over,
});
const commentWith = (...knowledge: KnowledgeReference[]) =>
  renderComment(aCommentRequest({ finding: aRealFinding({ knowledge }) })).body;

describe('a comment', () => {
  test('names the documents of the base, as links to that commit, two at most', () => {
    const body = commentWith(
      reference(),
      reference({ path: 'docs/接口.md', anchor: '数据库' }),
      reference({ path: 'docs/third.md' }),
    );
    expect(body).toContain(
      `From your documents: [\`docs/secure-coding.md#sql\`](https://github.com/shop/orders/blob/${BASE}/docs/secure-coding.md#sql), [\`docs/接口.md#数据库\`](https://github.com/shop/orders/blob/${BASE}/docs/%E6%8E%A5%E5%8F%A3.md#%E6%95%B0%E6%8D%AE%E5%BA%93)`,
    );
    expect(body).not.toContain('third.md');
    expect(lastLook(body, { allowedLinkPrefixes: linkPrefixesOf(COMMENT_CHANGE) })).toBeNull();
  });

  test('says nothing of documents where there are none', () => {
    expect(commentWith()).not.toContain('From your documents');
  });

  test.each([
    reference({ path: 'docs/`](https://evil.test)<img src=x>.md', anchor: 'x](https://evil.test)' }),
    reference({ path: '../../evil', anchor: null }),
    reference({ commit: 'main/../..' }),
    reference({ path: 'docs/@everyone.md', anchor: '\u202Eabc' }),
  ])('has nothing live in it, whatever a document is called: $path', (hostile) => {
    const body = commentWith(hostile);
    expect(lastLook(body, { allowedLinkPrefixes: linkPrefixesOf(COMMENT_CHANGE) })).toBeNull();
  });
});

test('an explanation names them with the label they have in the prompt', () => {
  const finding = aRealFinding({
    knowledge: [reference(), reference({ path: 'docs/\u001b[31mx.md', anchor: null })],
  });
  const text = renderExplanation(aDocument([finding]), finding.id, { width: 100, color: false });
  expect(text).toMatch(/Documents +\[K2\] docs\/secure-coding\.md#sql\n/);
  expect(text).not.toContain('\u001b');
});

test('a result with documents is read back as it was', () => {
  const document = aDocument([aRealFinding({ knowledge: [reference()] })]);
  expect(parseResult(JSON.stringify(document)).findings[0]?.knowledge).toEqual([reference()]);
});
