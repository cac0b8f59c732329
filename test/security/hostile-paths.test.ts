// Threat: a report names files outside the repository, or hides where it points (security row 17).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { say } from '#domain/phrase.ts';
import { createFileIndex } from '#findings/file-index.ts';
import { createPathMap } from '#findings/path-map.ts';
import { createPathResolver } from '#findings/resolve-path.ts';

const FILES = [
  'etc/hosts.c',
  'src/app.c',
  'src/a b.c',
  'src/100%.c',
  'src/näh/ö.c',
  'src/C#/Main.cs',
  'web/index.js',
  'passwd',
];

const KNOWN = new Set(FILES);

function resolve(uri: string, mappings: readonly { from: string; to: string }[] = []) {
  return createPathResolver({ index: createFileIndex(FILES), map: createPathMap(mappings), folder: '' }, [
    uri,
  ])(uri);
}

/** What each way to name a root may be followed by; the same list for each style of operating system. */
const STYLES = {
  posix: ['/', 'file:///', 'file://host/', '//'],
  windows: ['C:\\', 'file:///C:/', '\\\\server\\share\\', '\\\\?\\C:\\'],
  relative: ['', './', '.\\', 'x/../'],
};

const ESCAPES = [
  '../../../../etc/shadow',
  '..\\..\\..\\windows\\win.ini',
  '%2e%2e/%2e%2e/etc/shadow',
  '..%2f..%2fetc%2fshadow',
  '..%5c..%5cwindows%5cwin.ini',
  '%252e%252e%252fetc%252fshadow',
  '..%c0%af..%c0%afetc/shadow',
  'src/app.c%00.png',
  'src/app.c\0.png',
  'src%2fapp.c',
  'src%5Capp.c',
  'proc/self/environ',
  'etc/shadow',
  'dev/stdin',
  'src/../../outside.c',
  'src/app.c/',
  'src/app.c/..',
  'src/',
  '.',
  '..',
];

const MUST_NOT_RESOLVE = [
  'http://evil.example/src/app.c',
  'https://evil.example/src/app.c',
  'jar:file:/tmp/x.jar!/src/app.c',
  'git:src/app.c',
  'host://10.0.0.1/src/app.c',
  'data:text/plain,src/app.c',
  'urn:x:src/app.c',
  'pkg:npm/src/app.c',
  'javascript:src/app.c',
  '',
  '   ',
  '/',
  '\\',
  'file://',
  'file:///',
  '%00',
  'src%2Fapp.c',
  'src%5Capp.c',
  'src/app.c\0',
  '/proc/self/cwd/src/app.c',
  '/dev/fd/3/src/app.c',
  '/usr/include/src/app.c',
  '/etc/hosts.c',
  '/opt/node_modules/x/web/index.js',
  'lib/site-packages/web/index.js',
  `${'a/'.repeat(5000)}src/app.c`,
];

describe.each(Object.entries(STYLES))('names in %s style', (_, roots) => {
  it.each(roots.flatMap((root) => ESCAPES.map((ending) => root + ending)))('%j stays inside', (uri) => {
    const resolution = resolve(uri);
    if (resolution.kind === 'file') expect(KNOWN).toContain(resolution.path);
    else expect(say(resolution.why, null)).not.toBe('');
    // Nothing in the list ends in these: what resolves would have resolved to a file that the report did not name.
    if (/shadow|win\.ini|%2f|%5c|%00|\0|environ|stdin|outside/i.test(uri))
      expect(resolution.kind).toBe('unresolved');
  });
});

it.each(MUST_NOT_RESOLVE)('%j names no file of the repository', (uri) => {
  expect(resolve(uri)).toMatchObject({ kind: 'unresolved' });
});

describe('an honest name is found in every style', () => {
  it.each([
    ['src/app.c', 'src/app.c'],
    ['./src//app.c', 'src/app.c'],
    ['src\\app.c', 'src/app.c'],
    ['/home/ci/work/src/app.c', 'src/app.c'],
    ['file:///home/ci/work/src/app.c', 'src/app.c'],
    ['file:/home/ci/work/src/app.c', 'src/app.c'],
    ['file:////src/app.c', 'src/app.c'],
    ['file://localhost/work/src/app.c', 'src/app.c'],
    ['C:\\agent\\_work\\1\\s\\src\\app.c', 'src/app.c'],
    ['file:///C:/agent/_work/1/s/src/app.c', 'src/app.c'],
    ['file:///c%3A/agent/src/app.c', 'src/app.c'],
    ['\\\\server\\share\\src\\app.c', 'src/app.c'],
    ['\\\\?\\C:\\work\\src\\app.c', 'src/app.c'],
    ['src/a%20b.c', 'src/a b.c'],
    ['src/a b.c', 'src/a b.c'],
    ['src/100%.c', 'src/100%.c'],
    ['src/100%25.c', 'src/100%.c'],
    ['src/n%C3%A4h/%C3%B6.c', 'src/näh/ö.c'],
    ['src/C#/Main.cs', 'src/C#/Main.cs'],
    ['src/C%23/Main.cs', 'src/C#/Main.cs'],
    ['src/app.c?version=3#L4', 'src/app.c'],
    ['app.c', 'src/app.c'],
    ['/src/app.c', 'src/app.c'],
    ['../src/app.c', 'src/app.c'],
    ['/mnt/app.c', 'src/app.c'],
  ])('%j is %j', (uri, path) => {
    expect(resolve(uri)).toEqual({ kind: 'file', path });
  });
});

it('a path map leads nowhere but to files of the repository, and opens no encoded separator', () => {
  for (const to of ['..', '/etc', '../..', 'src/../..', 'C:\\', '%2e%2e', 'src']) {
    for (const uri of ['/x/../passwd', '/x/app.c', '/x/..%2fpasswd', '/x/app.c%00']) {
      const resolution = resolve(uri, [{ from: '/x', to }]);
      if (resolution.kind === 'file') expect(KNOWN).toContain(resolution.path);
      if (uri.includes('%')) expect(resolution.kind).toBe('unresolved');
    }
  }
});

const piece = fc.oneof(
  fc.constantFrom(
    '..',
    '.',
    'src',
    'app.c',
    'a b.c',
    '%2e%2e',
    '%2f',
    '%5c',
    '%00',
    '\0',
    'C:',
    'file:',
    'http:',
    '%',
    '#',
    '?',
  ),
  fc.string({ maxLength: 6 }),
  fc.string({ unit: 'binary', maxLength: 3 }),
);
const hostile = fc
  .array(fc.tuple(piece, fc.constantFrom('/', '\\', '//', '')), { maxLength: 12 })
  .map((pieces) => pieces.flat().join(''));

it('whatever a report says, the answer is in the file list or says why not', () => {
  fc.assert(
    fc.property(
      fc.array(hostile, { maxLength: 8 }),
      fc.array(fc.tuple(hostile, hostile), { maxLength: 2 }),
      (uris, maps) => {
        const map = createPathMap(maps.map(([from, to]) => ({ from, to })));
        const resolver = createPathResolver({ index: createFileIndex(FILES), map, folder: '' }, uris);
        for (const uri of uris) {
          const resolution = resolver(uri);
          if (resolution.kind === 'file') expect(KNOWN).toContain(resolution.path);
          else expect(say(resolution.why, null).length).toBeGreaterThan(0);
        }
      },
    ),
    { numRuns: 500 },
  );
});

it('names that share one file name by the ten thousand are resolved in good time', () => {
  const files = Array.from({ length: 10_000 }, (_, n) => `packages/p${n}/index.js`);
  const uris = files.map((path) => `/build/out/${path}`);
  const start = performance.now();
  const resolver = createPathResolver(
    { index: createFileIndex(files), map: createPathMap([]), folder: '' },
    uris.slice(0, 2_000),
  );
  expect(uris.slice(0, 2_000).every((uri) => resolver(uri).kind === 'file')).toBe(true);
  expect(performance.now() - start).toBeLessThan(15_000);
});
