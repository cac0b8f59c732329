// The last look before a text is posted: it lets through what we write, and nothing live.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastLook, lastLookAtPart } from '#publish/last-look.ts';
import { renderSummary } from '#publish/render-summary.ts';
import { codeFence, codeSpan, toInertMarkdown } from '#support/escape-markdown.ts';
import { hostileText } from '../doubles/hostile-text.ts';
import { injectionCases } from '../doubles/injection-cases.ts';
import { liveParts } from '../doubles/markdown-reader.ts';
import { inLanguage } from '../doubles/result-document.ts';
import { richDocument } from '../doubles/rich-document.ts';

const prefix = 'https://github.com/shop/orders/blob/abc/';
const allowed = { allowedLinkPrefixes: [prefix, 'https://github.com/shop/orders/pull/7'] };
const look = (markdown: string) => lastLook(markdown, allowed);
const marker =
  '<!-- assay:v1 k=finding id=c0ffee0000000001 fp=- st=open cat=- tool=semgrep body=0123456789abcdef posted=- mac=- -->';

describe('the last look lets through', () => {
  it.each([
    'Plain words, **strong** ones, _others_ and ~~struck~~ ones: 99 % of 12.',
    '### A heading (2)\n\nText with `code @here #1 https://x.example` in it.',
    `- [\`src/a.js:12\`](${prefix}src/a.js#L12) \`db.query(id)\`<br><sub>small</sub>\n- another`,
    '[the comment](https://github.com/shop/orders/pull/7#discussion_r1)',
    '| a | b |\n| --- | --- |\n| `x \\| y` | 🔴 high<br>**blocks** |\n',
    '<details><summary>More (3)</summary>\n\n```yaml\nwaivers:\n  - id: x\n```\n\n</details>\n',
    '```suggestion\n/approve\n@user http://x.example <img src=x>\n```',
    '```suggestion:-0+3\n```',
    '````suggestion\n```js\nx\n```\n````',
    '```diff\r\n-a\r\n+b\r\n```',
    `Text.\n\n${marker}`,
    '规则 `default`（范围为新增）因 29 个发现项阻止合并。',
  ])('%j', (markdown) => {
    expect(look(markdown)).toBeNull();
  });

  it('the summary of a run, in both languages', () => {
    for (const language of ['en', 'zh-CN'] as const) {
      expect(look(renderSummary(inLanguage(richDocument(), language), { limit: 60_000 }))).toBeNull();
    }
  });
});

describe('the last look refuses', () => {
  it.each([
    ['a mention', 'Thanks @octocat', 'mail a@x.example'],
    ['a reference', 'see #12', 'see shop/orders#12', 'see !12', 'GH-12', '&12', 'a %3', '^alert'],
    ['an entity', '&#64;octocat', '&lt;img&gt;'],
    ['an address', 'https://x.example', 'www.x.example', 'smb://x', 'mailto:x'],
    [
      'a link elsewhere',
      '[x](https://evil.example)',
      `[x](${prefix}../../../evil)`,
      `[x](${prefix}%2e%2E/evil)`,
      '[x](https://github.com/shop/orders/pull/77)',
      `[x](${prefix}a "title")`,
      `[x](<${prefix}a>)`,
      '[x](javascript:alert(1))',
      `[@octocat](${prefix}a)`,
      `[a [b](https://evil.example)](${prefix}a)`,
    ],
    ['a link of another kind', '[x][y]', '[x]', '[x]: https://evil.example', '[^1]', '[[_TOC_]]', '[TOC]'],
    ['a task', '- [ ] x', '- [x] x'],
    ['an image', `![x](${prefix}a.png)`, '![x](https://evil.example/p.gif)'],
    [
      'HTML',
      '<img src=x>',
      '<br/>',
      '<script>',
      '<a href="x">y</a>',
      '<!-- x -->',
      '<details>',
      '</details>',
      '<br>\n@x',
    ],
    ['HTML that swallows what follows', '<details><summary>x</summary>\n```yaml\nx\n```\n</details>'],
    ['a fold left open', '<details><summary>x</summary>\n\ntext'],
    ['a live title of a fold', '<details><summary>@octocat</summary>\n\nx\n\n</details>'],
    ['math', '$x$', '$`x`$', '```math\nx\n```'],
    ['a drawing', '```mermaid\ngraph TD\n```', '~~~mermaid\nx\n~~~'],
    ['a fence of another kind', '  ```\nx\n  ```', '- ```\n  x', '```js foo\nx\n```', '```\nx'],
    ['an emoji code', ':tada:', ':+1:'],
    ['a label or attribute', '~bug', '{: .x}', '{::options /}', '::include{file=x}', '{+ x +}'],
    ['a command', '/approve', 'x\n/merge', 'bors r+', '- /approve', 'Approve this'],
    [
      'another block',
      '> quote',
      '> [!WARNING]',
      '    code',
      '\tcode',
      '- - x',
      '1. # x',
      '---',
      '---\na: b\n---',
      'x\n===',
      '* x',
      ':::x',
    ],
    [
      'a table that splits code',
      '| a | b |\n| --- | --- |\n| `x | y` | z |',
      '| a |\n| --- |\n| `x \\\\| y` |',
    ],
    ['text in a table by accident', '| a |\n| --- |\n`b` | @x', 'a | b\n--- | ---\n`x | @y` | z'],
    ['code that does not end', 'a ` b', '``a`', '`a\nb`'],
    ['a backslash', '\\`@octocat`', 'a\\', '\\@octocat'],
    ['a commit', 'since 1a2b3c4', 'DEADBEEF1'],
    ['what cannot be seen', 'a\u202eb', '```\na\u200bb\n```', 'a\u0000b'],
    ['a command in a long fence', '````suggestion\n/approve\n````'],
    [
      'a marker elsewhere',
      `${marker}\n\nText.`,
      `${marker}\n${marker}`,
      `\`\`\`\n${marker}\n\`\`\``,
      '<!-- assay:v1 x -->y',
    ],
  ])('%s', (_what, ...texts) => {
    expect(texts.filter((text) => look(text) === null)).toEqual([]);
  });

  it('a marker in a part of a text', () => {
    expect(lastLookAtPart(`Text.\n\n${marker}`, allowed)).toBe('line 3: HTML');
    expect(lastLookAtPart('Text.', allowed)).toBeNull();
  });

  it('says where and what, and quotes nothing', () => {
    expect(look('fine\n\nsee [x](https://evil.example)')).toBe('line 3: a link that is not ours');
  });

  it('everything that a reader of GitHub Markdown finds live', () => {
    const wholes = fc.constantFrom(...injectionCases().map(({ payload }) => payload));
    const inert = hostileText.chain((text) =>
      fc.constantFrom(codeSpan(text), toInertMarkdown(text), codeFence(text)),
    );
    const anything = fc.oneof(
      hostileText,
      wholes,
      fc.tuple(hostileText, inert, hostileText).map((all) => all.join('')),
    );
    let live = 0;
    fc.assert(
      fc.property(anything, (text) => {
        const parts = liveParts(text, { links: allowed.allowedLinkPrefixes, marker: true });
        if (parts.length > 0) live += 1;
        expect(parts.length > 0 && look(text) === null ? parts : []).toEqual([]);
      }),
      { numRuns: 4000 },
    );
    expect(live).toBeGreaterThan(1000);
  });

  it('no foreign text that was made inert', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(look(`- ${codeSpan(text)}`)).toBeNull();
        expect(look(`| ${codeSpan(text).replaceAll('\\|', '\\ |').replaceAll('|', '\\|')} |`)).toBeNull();
        expect(look(`So: ${toInertMarkdown(text)}`)).toBeNull();
      }),
      { numRuns: 1000 },
    );
  });

  it('a megabyte of brackets and backticks without taking long', () => {
    for (const piece of ['[', '`', '[`', '](', '| ', '<', '``` ', ' `` ` ', '`a``b']) {
      const start = performance.now();
      look(piece.repeat(200_000));
      expect(performance.now() - start).toBeLessThan(2000);
    }
  });
});
