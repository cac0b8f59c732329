// What a person at the log learns of the publication: where it stands, and what the host refused and how to mend that.
import type { Log } from '#ports/log.ts';
import type { PublicationRecord } from '../../publish/publication-schema.ts';

export function tellPublication(record: PublicationRecord, log: Log): void {
  const { counts, change, mode, why, summary } = record;
  switch (mode) {
    case 'posted':
    case 'partly': {
      // Nobody knows what stands there after a run that broke off; its problem says so.
      if (record.self === null) break;
      const where = summary.url === null ? '' : `; summary: ${summary.url}`;
      log.info(`${change ?? 'The change'}: ${commentedOf(counts)}${where}`);
      break;
    }
    case 'dry_run':
      log.info(`Nothing was posted (dry run): ${why}`);
      break;
    case 'nothing':
      log.info(`Nothing was posted: ${why}`);
      break;
    case 'skipped':
      // As it should be: nobody is warned.
      log.info(['Nothing was posted:', why, ...record.problems.map(({ hint }) => hint)].join(' '));
      return;
    case 'failed':
      log.warn('Nothing was posted.');
      break;
  }
  for (const [hint, texts] of byHint(record.problems)) log.warn([...texts, hint].join(' '));
}

function commentedOf({ inline, file, findings }: PublicationRecord['counts']): string {
  const commented = inline + file;
  if (findings === 0) return 'no finding';
  return `${commented} of ${findings} ${findings === 1 ? 'finding' : 'findings'} ${commented === 1 ? 'has' : 'have'} a comment`;
}

/** One right that is missing refuses several things, and is mended once. */
function byHint(problems: PublicationRecord['problems']): ReadonlyMap<string, readonly string[]> {
  const told = new Map<string, string[]>();
  for (const { text, hint } of problems) told.set(hint, [...(told.get(hint) ?? []), text]);
  return told;
}
