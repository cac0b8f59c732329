// How lines of a report are carried to the sources shown: by the diff from the commit that was scanned.
import type { TreeDiff } from '#domain/change.ts';
import type { Notice } from '#domain/decision.ts';
import { type PhraseBook, phrase, say } from '#domain/phrase.ts';
import type { World } from './world.ts';

export interface LineMaps {
  /** `revision` is what a run of the report says; null means what CI says of all reports, else that nothing changed. */
  lineMapFor(revision: string | null): Promise<TreeDiff | null>;
  /** A notice for every scanned commit that is not in this clone: its reports' lines were taken as they are. */
  notices(): readonly Notice[];
}

export function createLineMaps(
  changes: World['changes'],
  scannedByCI: string | null,
  book: PhraseBook | null,
): LineMaps {
  const missing = new Set<string>();
  return {
    async lineMapFor(revision) {
      const scanned = revision ?? scannedByCI;
      if (scanned === null || changes === null) return null;
      const diff = await changes.diffFrom(scanned);
      if (diff === null) missing.add(scanned);
      return diff;
    },
    notices: () =>
      [...missing].sort().map((commit) => ({
        code: 'scanned-commit-missing',
        text: say(
          phrase`A report was made on commit ${commit.slice(0, 12)}, which is not in this clone: its lines were taken as they are, and may be off. Fetch the whole history, or scan what is checked out.`,
          book,
        ),
      })),
  };
}
