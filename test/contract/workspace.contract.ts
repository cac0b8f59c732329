// What every Workspace promises, whatever it reads from: adapters and doubles all pass this suite.
import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Workspace } from '#ports/workspace.ts';

interface WorkspaceUnderTest {
  readonly workspace: Workspace;
  dispose(): void | Promise<void>;
}

/** Builds a workspace that holds exactly these files. */
export type BuildWorkspace = (files: ReadonlyMap<string, string | Uint8Array>) => Promise<WorkspaceUnderTest>;

/** Paths that lead nowhere in a repository, whatever it holds. */
const FORBIDDEN = [
  '',
  '/',
  '/etc/passwd',
  '..',
  '../a.ts',
  'src/../a.ts',
  './a.ts',
  'src//a.ts',
  'src/',
  '.',
];

export function describeWorkspace(name: string, build: BuildWorkspace): void {
  describe(`${name} keeps the promises of a workspace`, () => {
    const opened: WorkspaceUnderTest[] = [];
    const open = async (files: Readonly<Record<string, string | Uint8Array>>): Promise<Workspace> => {
      const made = await build(new Map(Object.entries(files)));
      opened.push(made);
      return made.workspace;
    };
    afterEach(async () => {
      for (const made of opened.splice(0)) await made.dispose();
    });

    it('lists every file with its path from the root, sorted by code unit', async () => {
      const workspace = await open({ 'b.ts': '', 'a/z.ts': '', 'a.ts': '', 'Z.ts': '', 'é.ts': '' });
      expect(await workspace.files()).toEqual(['Z.ts', 'a.ts', 'a/z.ts', 'b.ts', 'é.ts']);
    });

    it('gives the text of a file with its size in bytes', async () => {
      const workspace = await open({ 'src/a.ts': 'const é = 1;\r\n' });
      expect(await workspace.read('src/a.ts')).toEqual({ kind: 'text', text: 'const é = 1;\r\n', bytes: 15 });
    });

    it('gives an empty file as empty text', async () => {
      const workspace = await open({ 'a.ts': '' });
      expect(await workspace.read('a.ts')).toEqual({ kind: 'text', text: '', bytes: 0 });
    });

    it('says that a file is missing, also below a file', async () => {
      const workspace = await open({ 'a.ts': 'x' });
      expect(await workspace.read('b.ts')).toEqual({ kind: 'missing' });
      expect(await workspace.read('a.ts/b.ts')).toEqual({ kind: 'missing' });
      expect(await workspace.readBytes('b.ts')).toBeNull();
    });

    it('gives the bytes of a file as they are stored', async () => {
      const stored = Buffer.from([0xef, 0xbb, 0xbf, 0x00, 0xff, 0x0a]);
      const workspace = await open({ 'a.bin': stored });
      expect(Buffer.from((await workspace.readBytes('a.bin')) ?? [])).toEqual(stored);
    });

    it('refuses a file that is not text', async () => {
      const workspace = await open({ 'a.bin': Buffer.from([0x7f, 0x45, 0x00, 0xff]) });
      expect((await workspace.read('a.bin')).kind).toBe('refused');
    });

    it('refuses every path that is not a plain one below the root, without throwing', async () => {
      const workspace = await open({ 'a.ts': 'x', 'src/a.ts': 'x' });
      for (const path of FORBIDDEN) {
        expect([path, (await workspace.read(path)).kind]).toEqual([path, 'refused']);
        expect([path, await workspace.readBytes(path)]).toEqual([path, null]);
      }
    });

    it('answers any path at all without throwing, and never with text for a path that it does not list', async () => {
      const workspace = await open({ 'a.ts': 'x' });
      const segment = fc.oneof(fc.string(), fc.constantFrom('.', '..', '', 'a.ts', 'etc', '\0', '~', 'C:'));
      const paths = fc.array(segment, { maxLength: 5 }).map((segments) => segments.join('/'));
      await fc.assert(
        fc.asyncProperty(paths, async (path) => {
          const outcome = await workspace.read(path);
          expect(outcome.kind === 'text').toBe(path === 'a.ts');
        }),
        { numRuns: 200 },
      );
    });

    it('keeps names apart that look alike', async () => {
      const workspace = await open({ 'caf\u00e9.ts': 'composed', 'cafe\u0301.ts': 'decomposed' });
      expect(await workspace.read('caf\u00e9.ts')).toMatchObject({ text: 'composed' });
      expect(await workspace.read('cafe\u0301.ts')).toMatchObject({ text: 'decomposed' });
    });
  });
}

/** What adapters add to the promises: they decode what editors and Windows tools write. */
export function describeStoredText(name: string, build: BuildWorkspace): void {
  describe(`${name} decodes what tools store`, () => {
    const read = async (content: Uint8Array | string) => {
      const made = await build(new Map([['a.cs', content]]));
      const outcome = await made.workspace.read('a.cs');
      await made.dispose();
      return outcome;
    };

    it('takes a byte order mark off, so that line 1 starts at its first character', async () => {
      expect(await read('\uFEFFclass A {}\n')).toEqual({ kind: 'text', text: 'class A {}\n', bytes: 14 });
    });

    it.each([
      ['UTF-16LE', [0xff, 0xfe, 0x61, 0x00, 0x0a, 0x00]],
      ['UTF-16BE', [0xfe, 0xff, 0x00, 0x61, 0x00, 0x0a]],
    ])('reads %s with a byte order mark', async (_, bytes) => {
      expect(await read(Buffer.from(bytes))).toEqual({ kind: 'text', text: 'a\n', bytes: 6 });
    });

    it('keeps the lines and columns of a file in Latin-1', async () => {
      const outcome = await read(Buffer.from('d\u00e9but\nfin\n', 'latin1'));
      expect(outcome).toMatchObject({ kind: 'text', text: 'd\uFFFDbut\nfin\n' });
    });

    it('says of a Git LFS pointer that the content is elsewhere', async () => {
      const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12\n`;
      expect(await read(pointer)).toEqual({
        kind: 'refused',
        why: 'is kept in Git LFS, and only its pointer is here',
      });
    });

    it('refuses a file beyond 16 MiB and says so', async () => {
      const outcome = await read(Buffer.alloc(16 * 1024 * 1024 + 1, 'x'));
      expect(outcome).toEqual({
        kind: 'refused',
        why: 'is larger than Assay reads (16777217 of at most 16777216 bytes)',
      });
    });
  });
}
