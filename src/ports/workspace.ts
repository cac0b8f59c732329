// The source files a run reads: a working tree, or the blobs of a commit.

export type ReadOutcome =
  | { readonly kind: 'text'; readonly text: string; readonly bytes: number }
  | { readonly kind: 'missing' }
  /** Outside the root, a link, not a regular file, too large, not text: `why` in words. */
  | { readonly kind: 'refused'; readonly why: string };

export interface Workspace {
  /** Every file's path, relative to the root with `/`, sorted by code unit. Hostile names included, byte for byte where they are UTF-8. */
  files(): Promise<readonly string[]>;
  /** Reads one file; `path` must be relative without `.` or `..` segments, anything else is refused. Never throws for a bad path. */
  read(path: string): Promise<ReadOutcome>;
  /** Reads a file's bytes, for byte offsets; same rules. */
  readBytes(path: string): Promise<Uint8Array | null>;
}
