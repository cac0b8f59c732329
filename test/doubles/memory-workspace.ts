// A Workspace made of a table of texts, for tests of every room that reads sources.
import { Buffer } from 'node:buffer';
import type { ReadOutcome, Workspace } from '#ports/workspace.ts';

export interface MemoryWorkspace extends Workspace {
  /** Every path that was asked for, in order, refused ones included: for tests such as "each file is read once". */
  readonly asked: readonly string[];
}

/**
 * A workspace holding `files`, path → text or bytes. It keeps the port's promises as the real ones do: paths that are absolute or have
 * empty, `.` or `..` segments are refused, files that are not UTF-8 text are refused by `read` and given by `readBytes`.
 */
export function createMemoryWorkspace(
  files: Readonly<Record<string, string | Uint8Array>> | ReadonlyMap<string, string | Uint8Array>,
): MemoryWorkspace {
  const table = new Map(files instanceof Map ? files : Object.entries(files));
  const asked: string[] = [];
  const paths = [...table.keys()].sort();

  const find = (path: string): Uint8Array | null => {
    asked.push(path);
    const content = table.get(path);
    if (content === undefined) return null;
    return typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  };

  return {
    asked,
    files: async () => paths,
    read: async (path): Promise<ReadOutcome> => {
      if (!isPlainPath(path)) return { kind: 'refused', why: 'not a path inside the repository' };
      const bytes = find(path);
      if (bytes === null) return { kind: 'missing' };
      try {
        const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
        return { kind: 'text', text, bytes: bytes.byteLength };
      } catch {
        return { kind: 'refused', why: 'not UTF-8 text' };
      }
    },
    readBytes: async (path) => (isPlainPath(path) ? find(path) : null),
  };
}

function isPlainPath(path: string): boolean {
  return path.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..');
}
