// What the commit of the fixes holds: files of the working tree that are not as the last commit has them.
import { Buffer } from 'node:buffer';
import { AssayError } from '#domain/errors.ts';
import type { FixedFile } from '#ports/fix-desk.ts';
import type { Workspace } from '#ports/workspace.ts';

export interface ChangeSources {
  /** The working tree after it was written to. */
  readonly now: Workspace;
  readonly head: Workspace;
  readonly modes: (
    paths: readonly string[],
  ) => Promise<ReadonlyMap<string, { readonly isCommitted: boolean; readonly isExecutable: boolean }>>;
}

/** Sorted by path. Throws AssayError `repository` for a file that cannot be read. */
export async function gatherChanges(
  paths: readonly string[],
  sources: ChangeSources,
): Promise<readonly FixedFile[]> {
  const sorted = [...new Set(paths)].sort();
  const modes = await sources.modes(sorted);
  const files: FixedFile[] = [];
  for (const path of sorted) {
    const now = await sources.now.readBytes(path);
    const mode = modes.get(path);
    if (now === null || mode === undefined)
      throw new AssayError('repository', `${JSON.stringify(path)} cannot be read any more.`, {
        hint: 'Run assay fix again when nobody else changes the working tree.',
      });
    const was = mode.isCommitted ? await sources.head.readBytes(path) : null;
    const bytes = was === null ? now : asCommitted(now, was);
    if (was !== null && Buffer.compare(bytes, was) === 0) continue;
    files.push({ path, bytes, isExecutable: mode.isExecutable, isNew: !mode.isCommitted });
  }
  return files;
}

/** Where git checks files out with CRLF that it keeps with LF, they are committed as it keeps them. */
function asCommitted(now: Uint8Array, was: Uint8Array): Uint8Array {
  const text = Buffer.from(now).toString('latin1');
  if (Buffer.from(was).includes('\r\n') || !text.includes('\r\n')) return now;
  return Buffer.from(text.replaceAll('\r\n', '\n'), 'latin1');
}
