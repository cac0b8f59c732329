// The package that an entry of a bill of materials stands for, by its package URL where it has a valid one.
import type { PackageRef } from '#domain/package.ts';
import { phrase } from '#domain/phrase.ts';
import { packageOfPurl } from '../../packages/package-of-purl.ts';
import type { FormatOutput } from '../formats/report-format.ts';

export interface WrittenPackage {
  /** As the entry gives it; null when it gives none. */
  readonly purl: string | null;
  readonly group: string | null;
  readonly name: string | null;
  readonly version: string | null;
}

/** Without a usable package URL it keeps its name and version, in no ecosystem. Null when it has no name either. */
export function packageOfComponent(
  written: WrittenPackage,
  output: Pick<FormatOutput, 'notice'>,
): PackageRef | null {
  const { purl, group, name, version } = written;
  const named = purl === null || purl === '' ? null : packageOfPurl(purl);
  if (named !== null) return { ...named, version: named.version ?? version };
  if (purl !== null && purl !== '')
    output.notice(phrase`a component's package URL is no valid one; only its name and version are kept`);
  if (name === null || name === '') return null;
  return {
    ecosystem: null,
    name: group === null || group === '' ? name : `${group}/${name}`,
    version: version === '' ? null : version,
    purl: null,
  };
}
