// The sentence above a proposed change says who thought of it, and no more of it than was checked.
import { describe, expect, it } from 'vitest';
import { PATCH_CHECKS, type PatchCheck } from '#domain/patch.ts';
import { proposalSentence } from '../../src/publish/comment-proposal.ts';
import { renderComment } from '../../src/publish/render-comment.ts';
import { aCommentRequest } from '../doubles/comment-request.ts';
import { liveParts } from '../doubles/markdown-reader.ts';

/** Every rung, where only these passed. */
const checks = (...passed: readonly PatchCheck['check'][]): readonly PatchCheck[] =>
  PATCH_CHECKS.map((check) => ({
    check,
    outcome: passed.includes(check) ? 'passed' : 'not_applicable',
    text: '',
  }));

describe('above a proposed change stands', () => {
  it.each([
    [
      checks('applies', 'parses'),
      'It was applied, and the file parses; whether the weakness is gone was not checked.',
    ],
    [
      checks('applies', 'parses', 'rejudged'),
      'It was applied, the file parses, and what proved the weakness is gone.',
    ],
    [
      checks('applies', 'rejudged'),
      'It was applied, and what proved the weakness is gone; its syntax was not checked.',
    ],
    [checks('applies'), 'It was applied; its syntax was not checked, nor was whether the weakness is gone.'],
    [
      checks('applies').slice(0, 3),
      'It was applied; its syntax was not checked, nor was whether the weakness is gone.',
    ],
  ])('what was checked %#', (seen, words) => {
    expect(proposalSentence({ tool: 'Semgrep', checks: seen }, 'en')).toBe(
      `**Proposed by Semgrep.** ${words}`,
    );
  });

  it.each([
    [checks('parses'), '已应用，文件可以解析，未检查弱点是否消除。'],
    [checks('parses', 'rejudged'), '已应用，文件可以解析，证明弱点的依据已消失。'],
    [checks(), '已应用；未检查语法，未检查弱点是否消除。'],
  ])('the same in Chinese %#', (seen, words) => {
    expect(proposalSentence({ tool: 'Semgrep', checks: seen }, 'zh-CN')).toBe(
      `**由 Semgrep 提出**。${words}`,
    );
    expect(proposalSentence({ tool: null, checks: seen }, 'zh-CN')).toBe(`**由扫描器提出**。${words}`);
  });

  it('nothing live, whatever the tool calls itself', () => {
    for (const tool of ['@all', '![x](https://evil.example/x)', '**', '`', '', '/merge', '</sub>\n\n# a']) {
      const suggestion = '```suggestion\nconst a = 1;\n```\n';
      const proposal = { tool, checks: checks('parses') };
      const { body } = renderComment(aCommentRequest({ suggestion, proposal }));
      expect(body).toContain('**Proposed by ');
      expect(liveParts(body, { links: ['https://github.com/shop/orders/'], marker: true })).toEqual([]);
    }
  });

  it('the sentence only with its change', () => {
    const proposal = { tool: 'Semgrep', checks: checks('parses') };
    expect(renderComment(aCommentRequest({ proposal })).body).not.toContain('Proposed by');
  });
});
