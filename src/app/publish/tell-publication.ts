// What a person at the log learns of the publication: where it stands, and what the host refused and how to mend that.
import { type Phrase, phrase, say } from '#domain/phrase.ts';
import type { Policy } from '#domain/policy.ts';
import type { Log } from '#ports/log.ts';
import type { PublicationRecord } from '../../publish/publication-schema.ts';
import { phraseBookOf } from '../phrase-book.ts';

export function tellPublication(
  record: PublicationRecord,
  log: Pick<Log, 'info' | 'warn'>,
  language: Policy['language'],
): void {
  const inWords = (text: Phrase): string => say(text, phraseBookOf(language));
  const { counts, change, mode, why, summary } = record;
  switch (mode) {
    case 'posted':
    case 'partly': {
      // Nobody knows what stands there after a run that broke off; its problem says so.
      if (record.self === null) break;
      const told = phrase`${change ?? phrase`The change`}: ${commentedOf(counts)}`;
      log.info(inWords(summary.url === null ? told : phrase`${told}; summary: ${summary.url}`));
      break;
    }
    case 'dry_run':
      log.info(inWords(phrase`Nothing was posted (dry run): ${why}`));
      break;
    case 'nothing':
      log.info(inWords(phrase`Nothing was posted: ${why}`));
      break;
    case 'skipped':
      // As it should be: nobody is warned.
      log.info(
        [inWords(phrase`Nothing was posted: ${why}`), ...record.problems.map(({ hint }) => hint)].join(' '),
      );
      return;
    case 'failed':
      log.warn(inWords(phrase`Nothing was posted.`));
      break;
  }
  for (const [hint, texts] of byHint(record.problems)) log.warn([...texts, hint].join(' '));
}

function commentedOf({ inline, file, findings }: PublicationRecord['counts']): Phrase {
  const commented = inline + file;
  if (findings === 0) return phrase`no finding`;
  if (findings === 1) {
    return commented === 1
      ? phrase`1 of 1 finding has a comment`
      : phrase`${commented} of 1 finding have a comment`;
  }
  return commented === 1
    ? phrase`1 of ${findings} findings has a comment`
    : phrase`${commented} of ${findings} findings have a comment`;
}

/** One right that is missing refuses several things, and is mended once. */
function byHint(problems: PublicationRecord['problems']): ReadonlyMap<string, readonly string[]> {
  const told = new Map<string, string[]>();
  for (const { text, hint } of problems) told.set(hint, [...(told.get(hint) ?? []), text]);
  return told;
}
