// Which file a report means when it was made elsewhere.
import { describe, expect, it } from 'vitest';
import { say } from '#domain/phrase.ts';
import { createFileIndex } from '#findings/file-index.ts';
import { createPathMap } from '#findings/path-map.ts';
import { createPathResolver } from '#findings/resolve-path.ts';

function resolveAll(
  files: readonly string[],
  uris: readonly string[],
  maps: readonly string[] = [],
  folder = '',
) {
  const mappings = maps.map((text) => {
    const at = text.lastIndexOf('=');
    return { from: text.slice(0, at), to: text.slice(at + 1) };
  });
  const resolve = createPathResolver(
    { index: createFileIndex(files), map: createPathMap(mappings), folder },
    uris,
  );
  return uris.map((uri) => {
    const answer = resolve(uri);
    return answer.kind === 'file' ? answer.path : `? ${say(answer.why, null)}`;
  });
}

const AMBIGUOUS = (count: number) => `? it may mean any of ${count} files; say which with --path-map`;
const NOT_THERE = '? no file of the repository has a path that ends like it';
const ELSEWHERE = '? the repository has no such file where the other paths of this run place it';
const ONLY_NAME = '? only the name of a file agrees, not its folder; say where it lies with --path-map';

describe('the longest ending decides', () => {
  const files = ['a/lib/x.c', 'b/lib/x.c', 'lib/y.c', 'b/lib/z.c', 'x.c'];

  it('among files of one name', () => {
    expect(resolveAll(files, ['/ci/b/lib/x.c'])).toEqual(['b/lib/x.c']);
  });

  it('and names how many it may mean when several end alike', () => {
    expect(resolveAll(files, ['/ci/lib/x.c'])).toEqual([AMBIGUOUS(2)]);
  });

  it('but a file whose whole path it is comes first: a checkout has some folder', () => {
    expect(resolveAll(files, ['/ci/x.c'])).toEqual(['x.c']);
  });

  it('unless only a bare name is left of a longer path', () => {
    expect(resolveAll(files, ['/ci/work/src/z.c'])).toEqual([ONLY_NAME]);
    expect(resolveAll(['src/a.js', 'index.js'], ['/ci/work/src/index.js'])).toEqual([ONLY_NAME]);
  });

  it('and never leads out of a folder of dependencies into the repository', () => {
    expect(resolveAll(['lib/index.js'], ['/ci/node_modules/pkg/lib/index.js'])).toEqual([NOT_THERE]);
    expect(resolveAll(['node_modules/pkg/index.js'], ['/ci/node_modules/pkg/index.js'])).toEqual([
      'node_modules/pkg/index.js',
    ]);
  });
});

describe('the names of a run tell where its root lies', () => {
  it('so that an ambiguous one is found', () => {
    const files = ['web/src/index.js', 'api/src/index.js', 'api/src/db/pool.js'];
    expect(resolveAll(files, ['/build/src/db/pool.js', '/build/src/index.js'])).toEqual([
      'api/src/db/pool.js',
      'api/src/index.js',
    ]);
    expect(resolveAll(files, ['src/db/pool.js', 'src/index.js'])).toEqual([
      'api/src/db/pool.js',
      'api/src/index.js',
    ]);
  });

  it('so that a file which is gone is not mistaken for a namesake', () => {
    const files = Array.from({ length: 12 }, (_, n) => `src/part/f${n}.js`);
    const uris = files.map((path) => `/build/${path}`);
    expect(resolveAll([...files, 'other/gone.js'], [...uris, '/build/src/gone.js']).at(-1)).toBe(ELSEWHERE);
  });
});

describe('--path-map', () => {
  const files = ['backend/src/a.c', 'src/a.c', 'a.c'];

  it('is stronger than any guess, and the longest prefix wins', () => {
    expect(resolveAll(files, ['/w/src/a.c'], ['/w=backend'])).toEqual(['backend/src/a.c']);
    expect(resolveAll(files, ['/w/src/a.c'], ['/w=backend', '/w/src=.'])).toEqual(['a.c']);
  });

  it('takes whole folders only, in any spelling of the system', () => {
    expect(resolveAll(files, ['/wide/src/a.c'], ['/w=backend'])).toEqual(['src/a.c']);
    expect(resolveAll(files, ['c:\\w\\src\\a.c', 'file:///C:/w/src/a.c'], ['C:\\w\\=backend/'])).toEqual([
      'backend/src/a.c',
      'backend/src/a.c',
    ]);
  });

  it('places relative names in a folder, and other schemes too', () => {
    expect(resolveAll(files, ['src/a.c'], ['=backend'])).toEqual(['backend/src/a.c']);
    expect(resolveAll(files, ['https://host/r/blob/main/src/a.c'], ['https://host/r/blob/main=.'])).toEqual([
      'src/a.c',
    ]);
  });

  it('says where it leads when there is no file', () => {
    expect(resolveAll(files, ['/w/b.c'], ['/w=backend'])).toEqual([
      '? --path-map /w=backend leads to `backend/b.c`, which is no file of the repository',
    ]);
  });
});

describe('the folder that the operator names', () => {
  const files = ['shop/src/app.js', 'till/src/app.js', 'till/src/only.js', 'src/root.js'];

  it('is where names are looked for first, then at the root', () => {
    expect(resolveAll(files, ['src/app.js'], [], 'shop')).toEqual(['shop/src/app.js']);
    expect(resolveAll(files, ['till/src/app.js'], [], 'shop')).toEqual(['till/src/app.js']);
    expect(resolveAll(files, ['src/root.js'], [], 'shop')).toEqual(['src/root.js']);
    expect(resolveAll(files, ['src/app.js'])).toEqual([AMBIGUOUS(2)]);
  });
});
