// Names that may deceive a reader, in words: beside the finding, never among its reasons (security row 33).
import type { FindingRecord } from '#domain/result-document.ts';
import type { Messages } from './messages/en.ts';

/** One text for each name: `show` makes it fit for where it stands. Empty where there are none. */
export function oddNameTexts(
  { oddNames = [] }: FindingRecord,
  { oddity, listed, named, bracketed }: Messages,
  show: (name: string) => string,
): readonly string[] {
  return oddNames.map(({ name, path, line, oddity: kind, characters }) =>
    named(
      `${show(name)}${bracketed(show(`${path}:${line}`))}`,
      `${oddity[kind]}${bracketed(listed(characters))}`,
    ),
  );
}
