// The order of NuGet's versions: four numbers, SemVer 2 labels without regard to case (https://learn.microsoft.com/nuget/concepts/package-versioning).
import { compareDigits, orderBy } from '../order.ts';
import { compareSemver, readSemver, type SemverReading } from './semver-order.ts';

export function readNuget(version: string): SemverReading | null {
  return /^\s*[0-9]/.test(version) ? readSemver(version.toLowerCase(), { mostNumbers: 4 }) : null;
}

export const NUGET_ORDER = orderBy<SemverReading>({
  read: readNuget,
  compare: compareSemver,
  isPrerelease: ({ prerelease }) => prerelease.length > 0,
  isBreaking: (from, to) => compareDigits(from.numbers[0] ?? '0', to.numbers[0] ?? '0') !== 0,
});
