// The sentence above a proposed change says who thought of it, and no more of it than was checked.
import { describe, expect, it } from 'vitest';
import { PATCH_CHECKS, PATCH_ORIGINS, type PatchCheck } from '#domain/patch.ts';
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
    expect(proposalSentence({ origin: 'scanner', tool: 'Semgrep', checks: seen }, 'en')).toBe(
      `**Proposed by Semgrep.** ${words}`,
    );
  });

  it.each([
    [checks('parses'), '已应用，文件可以解析，未检查弱点是否消除。'],
    [checks('parses', 'rejudged'), '已应用，文件可以解析，证明弱点的依据已消失。'],
    [checks(), '已应用；未检查语法，未检查弱点是否消除。'],
  ])('the same in Chinese %#', (seen, words) => {
    expect(proposalSentence({ origin: 'scanner', tool: 'Semgrep', checks: seen }, 'zh-CN')).toBe(
      `**由 Semgrep 提出**。${words}`,
    );
    expect(proposalSentence({ origin: 'scanner', tool: null, checks: seen }, 'zh-CN')).toBe(
      `**由扫描器提出**。${words}`,
    );
  });

  it('that a model thought of it, and which', () => {
    const proposal = {
      origin: 'model',
      tool: 'openai-compatible/Qwen/Qwen3',
      checks: checks('applies', 'parses'),
    } as const;
    expect(proposalSentence(proposal, 'en')).toMatch(
      /^\*\*Proposed by the model `openai-compatible\/Qwen\/Qwen3`\.\*\* It was applied/,
    );
    expect(proposalSentence(proposal, 'zh-CN')).toMatch(
      /^\*\*由模型 `openai-compatible\/Qwen\/Qwen3` 提出\*\*。已应用/,
    );
    expect(proposalSentence({ ...proposal, tool: null }, 'en')).toMatch(/^\*\*Proposed by the model\.\*\* /);
    expect(proposalSentence({ ...proposal, tool: null }, 'zh-CN')).toMatch(/^\*\*由模型提出\*\*。/);
  });

  it.each([
    [['builds', 'tests'], ' Not built, not tested.', '未构建，未测试。'],
    [['builds'], ' Not built.', '未构建。'],
    [['tests'], ' Not tested.', '未测试。'],
    [[], '', ''],
  ] as const)('what nobody looked at: %j', (skipped, english, chinese) => {
    const seen: readonly PatchCheck[] = [
      ...checks('applies', 'parses').slice(0, 4),
      ...skipped.map((check): PatchCheck => ({ check, outcome: 'skipped', text: '' })),
    ];
    const proposal = { origin: 'scanner', tool: 'Semgrep', checks: seen } as const;
    expect(proposalSentence(proposal, 'en')).toMatch(new RegExp(`was not checked\\.${english}$`));
    expect(proposalSentence(proposal, 'zh-CN')).toMatch(new RegExp(`未检查弱点是否消除。${chinese}$`));
  });

  it('nothing live, whatever the tool calls itself', () => {
    for (const tool of ['@all', '![x](https://evil.example/x)', '**', '`', '', '/merge', '</sub>\n\n# a']) {
      const suggestion = '```suggestion\nconst a = 1;\n```\n';
      for (const origin of PATCH_ORIGINS) {
        const proposal = { origin, tool, checks: checks('parses') };
        const { body } = renderComment(aCommentRequest({ suggestion, proposal }));
        expect(body).toContain('**Proposed by ');
        expect(liveParts(body, { links: ['https://github.com/shop/orders/'], marker: true })).toEqual([]);
      }
    }
  });

  it('the sentence only with its change', () => {
    const proposal = { origin: 'scanner', tool: 'Semgrep', checks: checks('parses') } as const;
    expect(renderComment(aCommentRequest({ proposal })).body).not.toContain('Proposed by');
  });
});

describe('the command that writes the lock file again', () => {
  const said = (command: string, language: 'en' | 'zh-CN' = 'en') =>
    proposalSentence({ origin: 'upgrade', tool: null, checks: [], command }, language);

  it.each([
    ['npm install', '`npm ci`'],
    ['yarn install', '`yarn install --immutable`'],
    ['bundle update rack --conservative', '`bundle install --frozen`'],
    ['dotnet restore --force-evaluate', '`dotnet restore --locked-mode`'],
  ])('%s comes with what fails in the same tool without it', (command, example) => {
    expect(said(command)).toContain(`an install that only reads the lock file, such as ${example}, fails.`);
    expect(said(command, 'zh-CN')).toContain(`（如 ${example}）会失败。`);
  });

  it('names no other tool where its own has no such way', () => {
    expect(said('composer update acme/kit')).toContain('what is installed is what the lock file has');
    expect(said('composer update acme/kit', 'zh-CN')).not.toContain('npm');
  });
});
