// Who may change files of the working tree: only `assay fix --write` has one.
import type { Phrase } from '../domain/phrase.ts';

export type WriteOutcome =
  | { readonly kind: 'written' }
  /** `why` ends a sentence about the file. */
  | { readonly kind: 'refused'; readonly why: Phrase };

export interface SourceWriter {
  /**
   * Replaces what stands in an existing regular file, whole or not at all; its mode stays. Refused for a path that leads out of the root,
   * through a link or into git's own folder, and for a file that is not `before` any more. Never throws for a bad path.
   *
   * @param path relative to the root, with `/`
   */
  replace(path: string, before: Uint8Array, after: Uint8Array): Promise<WriteOutcome>;
}
