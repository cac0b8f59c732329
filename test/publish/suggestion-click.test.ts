import { describe, expect, it } from 'vitest';
import {
  applyGitHubSuggestion,
  applyGitLabSuggestion,
  findSuggestionBlocks,
} from '../doubles/apply-suggestion.ts';

const block = (content: string, info = 'suggestion', fence = '```') =>
  `Use the safe form.\n\n${fence}${info}\n${content}${fence}\n\n<!-- assay:v1 -->`;

describe('what a click on GitHub writes', () => {
  it('replaces the lines of the comment by those of the block', () => {
    expect(applyGitHubSuggestion('a\nb\nc\nd\n', 2, 3, block('B\n  C\n\n'))).toBe('a\nB\n  C\n\nd\n');
  });

  it('deletes them when the block is empty, and leaves an empty line when it holds one', () => {
    expect(applyGitHubSuggestion('a\nb\nc\n', 2, 2, block(''))).toBe('a\nc\n');
    expect(applyGitHubSuggestion('a\nb\nc\n', 2, 2, block('\n'))).toBe('a\n\nc\n');
  });

  it('reads a fence that is longer than those inside', () => {
    const body = block('```js\n~~~\n```\n', 'suggestion', '````');
    expect(applyGitHubSuggestion('a\nb\n', 1, 1, body)).toBe('```js\n~~~\n```\nb\n');
  });

  it('shows no button without a block, with two, with the syntax of GitLab, or when nothing changes', () => {
    expect(() => applyGitHubSuggestion('a\n', 1, 1, 'Hello')).toThrow('no suggestion');
    expect(() => applyGitHubSuggestion('a\n', 1, 1, block('x\n') + block('y\n'))).toThrow('several');
    expect(() => applyGitHubSuggestion('a\n', 1, 1, block('x\n', 'suggestion:-0+0'))).toThrow('no button');
    expect(() => applyGitHubSuggestion('a\n', 1, 1, block('a\n'))).toThrow('No changes');
    expect(() => applyGitHubSuggestion('a\n', 1, 2, block('x\n'))).toThrow('no lines 1 to 2');
  });

  it('does not take a block that the code closed too early for the whole', () => {
    expect(() => findSuggestionBlocks('```suggestion\na')).toThrow('not closed');
    expect(findSuggestionBlocks('```suggestion\n```\nx\n```\n')[0]?.content).toBe('');
  });
});

describe('what a click on GitLab writes', () => {
  it('replaces as many lines above and below the commented one as the fence says', () => {
    expect(applyGitLabSuggestion('a\nb\nc\nd\n', 2, block('X\n', 'suggestion:-0+1'))).toBe('a\nX\nd\n');
    expect(applyGitLabSuggestion('a\nb\nc\nd\n', 2, block('X\n', 'suggestion:-1+0'))).toBe('X\nc\nd\n');
    expect(applyGitLabSuggestion('a\nb\nc\nd\n', 2, block('X\n'))).toBe('a\nX\nc\nd\n');
  });

  it('copies the line end of the last replaced line, and those inside are LF however they were sent', () => {
    expect(applyGitLabSuggestion('a\r\nb\r\n', 1, block('X\nY\n'))).toBe('X\nY\r\nb\r\n');
    expect(applyGitLabSuggestion('a\r\nb\r\n', 1, block('X\r\nY\n'))).toBe('X\nY\r\nb\r\n');
    expect(applyGitLabSuggestion('a\nb', 2, block('X\n'))).toBe('a\nX');
  });

  it('takes a block of blank lines for a deletion', () => {
    expect(applyGitLabSuggestion('a\nb\nc\n', 2, block(' \n\t\n'))).toBe('a\nc\n');
    expect(applyGitLabSuggestion('a\nb\nc\n', 2, block(''))).toBe('a\nc\n');
  });
});
