// Links to lines and commits: they lead where they say, and nothing of a path gets out of them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CodeHost, codeLink, codeUrl, commitLink, linkPrefixesOf } from '#publish/code-link.ts';
import { hostileText } from '../doubles/hostile-text.ts';
import { readMarkdown } from '../doubles/markdown-reader.ts';

const sha = 'a'.repeat(40);
const github: CodeHost = { host: 'github', blobUrl: `https://github.com/shop/orders/blob/${sha}` };
const gitlab: CodeHost = { host: 'gitlab', blobUrl: `https://gitlab.example/shop/orders/-/blob/${sha}` };
const line = (path: string) => ({ path, startLine: 12, endLine: 12 });

describe('a link to code', () => {
  it('leads to the line at the commit, in the way of the host', () => {
    const range = { path: 'src/a.py', startLine: 12, endLine: 14 };
    expect(codeLink(github, line('src/a.py'))).toBe(
      `[\`src/a.py:12\`](https://github.com/shop/orders/blob/${sha}/src/a.py#L12)`,
    );
    expect(codeUrl(github, range)).toMatch(/\/src\/a\.py#L12-L14$/);
    expect(codeUrl(gitlab, range)).toMatch(/\/-\/blob\/a+\/src\/a\.py#L12-14$/);
    expect(codeUrl(github, line('docs/a.md'))).toMatch(/\/docs\/a\.md\?plain=1#L12$/);
    expect(codeLink(github, { path: 'src/a.py', startLine: null, endLine: null })).toMatch(/src\/a\.py\)$/);
  });

  it.each([
    ['a b/(x)[y]/c?d#e%20.js', 'a%20b/%28x%29%5By%5D/c%3Fd%23e%2520.js'],
    ['下载/ü.ts', '%E4%B8%8B%E8%BD%BD/%C3%BC.ts'],
    ['a\\b`c`.js', 'a%5Cb%60c%60.js'],
    ['<img src=x>&amp;.js', '%3Cimg%20src%3Dx%3E%26amp%3B.js'],
  ])('encodes the path %s', (path, encoded) => {
    expect(codeUrl(github, line(path))).toBe(`${github.blobUrl}/${encoded}#L12`);
  });

  it.each(['../x.js', 'a/../../x.js', './x.js', '/etc/passwd', 'a//b.js', ''])(
    'is only a code span for the path "%s", which a browser reads as another one',
    (path) => {
      expect(codeUrl(github, line(path))).toBeNull();
      expect(codeLink(github, line(path))).toMatch(/^`.*`$/);
    },
  );

  it('is only a code span when the host gave an odd address', () => {
    for (const blobUrl of ['javascript:alert(1)', 'https://x/) [y](https://z', 'https://u@x/blob/a', 'x']) {
      expect(codeLink({ host: 'github', blobUrl }, line('a.js'))).toBe('`a.js:12`');
    }
  });

  it('shows the end of a long path, and leads to the whole', () => {
    const long = `src/main/java/${'a-rather-long-folder/'.repeat(4)}Order.java`;
    expect(codeLink(github, line(long))).toBe(
      `[\`…/a-rather-long-folder/a-rather-long-folder/Order.java:12\`](${github.blobUrl}/${long}#L12)`,
    );
    expect(codeUrl(github, line('a/'.repeat(2000)))).toBeNull();
  });

  it('is one link with the path in a code span, whatever the path is', () => {
    fc.assert(
      fc.property(hostileText, fc.boolean(), (path, tall) => {
        const place = { path, startLine: 3, endLine: tall ? 9 : 3 };
        const { types, links } = readMarkdown(`Before ${codeLink(github, place)} after.`);
        expect(links.every((url) => url.startsWith(`${github.blobUrl}/`))).toBe(true);
        expect([...types].filter((type) => type !== 'link').sort()).toEqual(
          ['inlineCode', 'paragraph', 'root', 'text'].sort(),
        );
        const url = codeUrl(github, place);
        if (url === null) return;
        expect(links).toEqual([url]);
        // The way back: a host reads the very path that was meant.
        const { pathname } = new URL(url);
        const read = decodeURIComponent(pathname.slice(`/shop/orders/blob/${sha}/`.length));
        expect(read).toBe(path.toWellFormed());
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a link to a commit', () => {
  it('shows seven digits and leads to the commit on either host', () => {
    expect(commitLink(github, sha)).toBe(`[\`aaaaaaa\`](https://github.com/shop/orders/commit/${sha})`);
    expect(commitLink(gitlab, sha)).toBe(`[\`aaaaaaa\`](https://gitlab.example/shop/orders/-/commit/${sha})`);
    expect(commitLink(null, sha)).toBe('`aaaaaaa`');
    expect(commitLink(github, 'x](https://evil.example)')).toBe('`x](http`');
  });
});

describe('what links may begin with', () => {
  it('is the files, the commits and the change itself', () => {
    expect(linkPrefixesOf({ ...github, url: 'https://github.com/shop/orders/pull/7' })).toEqual([
      'https://github.com/shop/orders/blob/',
      'https://github.com/shop/orders/commit/',
      'https://github.com/shop/orders/pull/7',
    ]);
  });
});
