// Reports made on another commit than the one under review.
import { describe, expect, it } from 'vitest';
import type { TreeDiff } from '#domain/change.ts';
import { collect, rawRegion, reportOf, type Said } from './raw-results.ts';

const files = {
  'src/new.c': 'one\ntwo\nthree\nfour\nfive\n',
  'src/same.c': 'one\ntwo\n',
  'lib/gone.c': 'one\n',
};

/** src/old.c → src/new.c: two lines added on top, line 2 replaced, line 4 deleted; src/gone.c deleted, lib/gone.c added. */
const diff: TreeDiff = {
  files: [
    {
      status: 'renamed',
      oldPath: 'src/old.c',
      newPath: 'src/new.c',
      binary: false,
      hunks: [
        { oldStart: 0, oldLines: 0, newStart: 1, newLines: 2 },
        { oldStart: 2, oldLines: 1, newStart: 4, newLines: 1 },
        { oldStart: 4, oldLines: 1, newStart: 5, newLines: 0 },
      ],
    },
    {
      status: 'deleted',
      oldPath: 'src/gone.c',
      newPath: null,
      binary: false,
      hunks: [{ oldStart: 1, oldLines: 3, newStart: 0, newLines: 0 }],
    },
    { status: 'added', oldPath: null, newPath: 'lib/gone.c', binary: false, hunks: [] },
  ],
};

async function locate(said: Said) {
  const { findings } = await collect([reportOf({ revision: 'abc', ...said })], { files, diff });
  return findings[0]?.location;
}

describe('a place in the scanned commit', () => {
  it('is carried to the new name and line', async () => {
    expect(await locate({ uri: 'src/old.c', at: [1, 2, 3] })).toEqual({
      path: 'src/new.c',
      startLine: 3,
      startColumn: 2,
      endLine: 3,
      endColumn: 3,
      resolved: true,
      why: null,
    });
    expect(await locate({ uri: '/ci/src/old.c', at: [3] })).toMatchObject({
      path: 'src/new.c',
      startLine: 5,
      resolved: true,
    });
  });

  it('is shown at the nearest line when its own was replaced or deleted', async () => {
    const why = 'the line changed since the scan';
    expect(await locate({ uri: 'src/old.c', at: [2] })).toMatchObject({ startLine: 4, resolved: false, why });
    expect(await locate({ uri: 'src/old.c', at: [4] })).toMatchObject({ startLine: 5, resolved: false, why });
  });

  it('is lost with its file, even when another of that name has come', async () => {
    const why = 'the file was deleted since the scan';
    expect(await locate({ uri: 'src/gone.c', at: [1] })).toMatchObject({
      path: 'src/gone.c',
      resolved: false,
      why,
    });
    expect(await locate({ uri: 'src/gone.c', at: null })).toMatchObject({ resolved: false, why });
  });

  it('given by offset cannot be carried through a change', async () => {
    const region = rawRegion({ charOffset: 2 });
    expect(await locate({ uri: 'src/old.c', region })).toMatchObject({
      path: 'src/new.c',
      resolved: false,
      why: 'the file changed since the scan',
    });
    expect(await locate({ uri: 'src/same.c', region })).toMatchObject({
      startLine: 1,
      startColumn: 3,
      resolved: true,
    });
  });
});
