// What a run in Simplified Chinese says on the change request: every text of ours is Chinese, and its Markdown closes.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createReviewRepository, type ReviewRepository } from '../emulators/review-repository.ts';
import { type PublishedRun, publishChange, readOut, sarifOf } from './reviewed-change.ts';

const OLD = `const { exec, execFile } = require('node:child_process');
${'// A line that stays as it is.\n'.repeat(40)}exports.old = (name) => exec('cat ' + name);
`;
const NEW = OLD.replace(
  "require('node:child_process');\n",
  "$&exports.show = (name) => exec('cat ' + name);\n",
);
const REPORT = sarifOf([
  { path: 'app.js', line: 2, fix: "exports.show = (name) => execFile('cat', [name]);" },
  { path: 'app.js', line: 43 },
  { path: 'gone.js', line: 3 },
]);

let repository: ReviewRepository;
let dry: PublishedRun;
let texts: readonly (readonly [name: string, text: string])[];

beforeAll(async () => {
  repository = createReviewRepository(
    (git) => void git.write('app.js', OLD),
    (git) => {
      git.write('app.js', NEW);
      git.write('assay.yml', 'version: 1\nlanguage: zh-CN\ngate:\n  mode: report\n');
    },
  );
  const request = { publish: 'github', dryRun: true, language: 'zh-CN', scope: 'all' } as const;
  dry = await publishChange({ repository, report: REPORT, variables: {}, request });
  const folder = path.join(dry.out, 'publication');
  const names = readdirSync(folder).map((name) => `publication/${name}`);
  texts = [...names, 'summary.md'].map((name) => [name, readOut(dry, name)]);
});
afterAll(() => repository.dispose());

/** Two words of English or more in a row, in what is no code, address, marker or name of a tool. */
function englishIn(markdown: string): readonly string[] {
  const ours = markdown
    .replace(/^`{3,}[\s\S]*?^`{3,}$/gm, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/(`+)[\s\S]*?\1/g, '·')
    .replace(/\]\([^)]*\)/g, ']')
    .replace(/<\/?[a-z]+>/g, ' ');
  return ours.match(/[A-Za-z]{2,}(?:[ ,;:]+[A-Za-z]{2,})+/g) ?? [];
}

describe('a publication in Chinese', () => {
  it('has comments and a summary', () => {
    expect(texts.map(([name]) => name.replace(/-[0-9a-f]{16}/, ''))).toEqual([
      'publication/comment-01.md',
      'publication/comment-02.md',
      'publication/summary.md',
      'summary.md',
    ]);
  });

  it('says nothing of its own in English', () => {
    expect(texts.flatMap(([name, text]) => englishIn(text).map((words) => `${name}: ${words}`))).toEqual([]);
  });

  it('has Chinese punctuation behind Chinese words', () => {
    for (const [name, text] of texts) expect(text, name).not.toMatch(/\p{Script=Han}[_*]*[:,;?!]/u);
  });

  it('leaves no star and no underscore standing, because each emphasis closes', () => {
    for (const [name, text] of texts) {
      const html = micromark(text, {
        extensions: [gfm()],
        htmlExtensions: [gfmHtml()],
        allowDangerousHtml: true,
      });
      const shown = html.replace(/<!--[\s\S]*?-->|<(code|pre)[\s\S]*?<\/\1>|<[^>]*>/g, '');
      expect(shown, name).not.toMatch(/\*\*|(?<!\w)_|_(?!\w)/);
    }
  });

  it('has a SARIF file that says in Chinese what becomes of a result', () => {
    const { runs } = JSON.parse(readOut(dry, 'assay.sarif'));
    for (const { message } of runs[0].results) expect(message.text).toMatch(/\n\nAssay 判为待复核：/);
  });

  it('keeps account in Chinese', () => {
    const { record } = dry;
    expect(record?.why).toBe('目录 publication 中有 2 条新评论和摘要。');
    for (const { why } of record?.ledger ?? []) expect(why).toMatch(/\p{Script=Han}.*。$/u);
  });
});

describe('a run in Chinese that posts nothing', () => {
  const request = { publish: 'auto', language: 'zh-CN' } as const;
  const fork = { GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'o/r', GITHUB_EVENT_NAME: 'push' };

  it.each([
    [
      'outside of CI',
      {},
      '本次运行不在 GitHub 或 GitLab 的 CI 中。 请用 --pull-request 或 --merge-request 指明发布位置。',
    ],
    ['for another event', fork, 'push 的事件与拉取请求无关。 判定见作业摘要和结果文件。'],
    [
      'without a token',
      { GITLAB_CI: 'true', CI_MERGE_REQUEST_IID: '7', CI_PROJECT_ID: '1' },
      '没有可用于评论的令牌：未设置 ASSAY_GITLAB_TOKEN。',
    ],
  ])('says why in Chinese %s', async (_, variables, why) => {
    const { record, log } = await publishChange({ repository, report: REPORT, variables, request });
    expect(record?.why).toBe(why);
    expect(log).toContain('未发布任何内容');
    expect(log).not.toContain('Nothing was posted');
  });
});
