// The optional files that say how likely a vulnerability is exploited: EPSS and CISA's list, as the operator names them.
import type { Notice } from '#domain/decision.ts';
import { AssayError } from '#domain/errors.ts';
import { type PhraseBook, phrase, say } from '#domain/phrase.ts';
import { type EpssTable, readEpss } from '../../advisories/read-epss.ts';
import { type KevList, readKev } from '../../advisories/read-kev.ts';
import type { RunRequest } from '../run-request.ts';
import type { World } from '../world.ts';

export interface Feeds {
  readonly epss: EpssTable | null;
  readonly kev: KevList | null;
  readonly notices: readonly Notice[];
}

/** Throws AssayError `usage` for a file that is not there or is none of its kind. */
export async function readFeeds(
  { epss: epssFile, kev: kevFile }: Pick<RunRequest, 'epss' | 'kev'>,
  { operatorFiles }: Pick<World, 'operatorFiles'>,
  book: PhraseBook | null,
): Promise<Feeds> {
  const epss = epssFile === null ? null : readEpss((await operatorFiles.read(epssFile)).text);
  if (epssFile !== null && epss === null) {
    throw new AssayError('usage', `${epssFile} is no table of EPSS scores.`, {
      hint: 'Give the CSV of first.org, unpacked: it has the columns cve, epss and percentile.',
    });
  }
  const kev = kevFile === null ? null : readKev((await operatorFiles.read(kevFile)).text);
  if (kevFile !== null && kev === null) {
    throw new AssayError('usage', `${kevFile} is no list of known exploited vulnerabilities.`, {
      hint: "Give CISA's catalogue as JSON or CSV.",
    });
  }
  const dates = [
    epss === null ? null : phrase`EPSS scores of ${epss.date ?? '?'}`,
    kev === null ? null : phrase`known exploited vulnerabilities as of ${kev.date ?? '?'}`,
  ].filter((one) => one !== null);
  const notices = dates.map((one) => ({ code: 'advisories-used', text: say(phrase`Used: ${one}.`, book) }));
  return { epss, kev, notices };
}
