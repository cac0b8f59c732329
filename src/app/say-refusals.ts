// Why a source file is not read, in the run's language: whoever reads sources says it in English, before a policy is known.
import { type Phrase, type PhraseBook, phrase, say } from '#domain/phrase.ts';
import type { Workspace } from '#ports/workspace.ts';

/** Stands where a fact goes: the facts are read back from the English. */
const FACT = '';

/** What working trees and commits say of files, and of paths that they do not answer for; each ends a sentence about the file. */
const REFUSALS: readonly Phrase[] = [
  phrase`is a symbolic link`,
  phrase`lies behind a symbolic link`,
  phrase`is a submodule`,
  phrase`is a folder`,
  phrase`is not a regular file`,
  phrase`is larger than Assay reads (${FACT} of at most ${FACT} bytes)`,
  phrase`is not text`,
  phrase`is kept in Git LFS, and only its pointer is here`,
  phrase`is not in this partial clone`,
  phrase`changed while it was read`,
  phrase`may not be read`,
  phrase`cannot be read (${FACT})`,
  phrase`is empty`,
  phrase`is no text`,
  phrase`holds a NUL`,
  phrase`is absolute`,
  phrase`has an empty segment`,
  phrase`has a "${FACT}" segment`,
  phrase`lies in git's own folder`,
  phrase`holds a character that Windows reads as a separator`,
  phrase`has a segment that Windows reads without its last character`,
  phrase`names a device`,
];

const PATTERNS = REFUSALS.map(({ template }) => ({
  template,
  pattern: new RegExp(
    `^${template
      .split(/\{\d+\}/)
      .map(literally)
      .join('([^\\n]{1,200})')}$`,
  ),
}));

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** The workspace, with its refusals in the language of `book`; words that are not known here stay as they are. */
export function sayRefusals(workspace: Workspace, book: PhraseBook | null): Workspace {
  if (book === null) return workspace;
  return {
    files: () => workspace.files(),
    readBytes: (path) => workspace.readBytes(path),
    read: async (path) => {
      const outcome = await workspace.read(path);
      return outcome.kind === 'refused' ? { ...outcome, why: sayRefusal(outcome.why, book) } : outcome;
    },
  };
}

function sayRefusal(why: string, book: PhraseBook): string {
  for (const { template, pattern } of PATTERNS) {
    const facts = pattern.exec(why)?.slice(1);
    if (facts !== undefined) return say({ template, facts }, book);
  }
  return why;
}
