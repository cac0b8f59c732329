// Advisories by the packages that they speak of: which of them hold for a component.
import type { Advisory, AffectedPackage } from '#domain/advisory.ts';
import type { PackageRef } from '#domain/package.ts';
import { isAffected } from '../versions/is-affected.ts';
import { normaliseName } from '../versions/normalise-name.ts';
import { familyOf, sameRelease } from './same-release.ts';

/** An advisory, and its part about one package. */
export interface AdvisoryPart {
  readonly advisory: Advisory;
  readonly affected: AffectedPackage;
}

export interface AdvisoryMatch extends AdvisoryPart {
  /** `unknown`: the version or the distribution's release is not told, or the versions cannot be compared. */
  readonly answer: 'affected' | 'unknown';
}

export interface AdvisoryIndex {
  /** One match for each advisory that may hold, in the order of the advisories; none for packages of no known ecosystem. */
  match(component: PackageRef): readonly AdvisoryMatch[];
  /** Every part about the package, whatever the version. */
  speakingOf(ecosystem: string, name: string): readonly AdvisoryPart[];
  /** The names of each vulnerability, the advisory's own id first, with the packages that it speaks of. */
  readonly aliases: Iterable<{
    readonly names: readonly string[];
    readonly packages: readonly Pick<AffectedPackage, 'ecosystem' | 'name'>[];
  }>;
}

/** Advisories that were taken back are left out altogether. */
export function createAdvisoryIndex(advisories: readonly Advisory[]): AdvisoryIndex {
  const standing = advisories.filter(({ withdrawn }) => withdrawn === null);
  const byPackage = new Map<string, AdvisoryPart[]>();
  for (const advisory of standing) {
    for (const affected of advisory.affected) {
      const key = packageKey(affected.ecosystem, affected.name);
      const known = byPackage.get(key);
      if (known === undefined) byPackage.set(key, [{ advisory, affected }]);
      else known.push({ advisory, affected });
    }
  }
  const partsOf = (ecosystem: string, name: string) => byPackage.get(packageKey(ecosystem, name)) ?? [];
  return {
    match({ ecosystem, name, version }) {
      if (ecosystem === null) return [];
      const byAdvisory = new Map<Advisory, AdvisoryMatch>();
      for (const part of partsOf(ecosystem, name)) {
        const known = byAdvisory.get(part.advisory);
        if (known?.answer === 'affected') continue;
        const answer = answerOf(part.affected, ecosystem, version);
        if (answer === 'affected' || (answer === 'unknown' && known === undefined))
          byAdvisory.set(part.advisory, { ...part, answer });
      }
      return [...byAdvisory.values()];
    },
    speakingOf: (ecosystem, name) =>
      partsOf(ecosystem, name).filter(
        ({ affected }) => sameRelease(ecosystem, affected.ecosystem) === 'same',
      ),
    aliases: standing.map(({ id, aliases, affected }) => ({ names: [id, ...aliases], packages: affected })),
  };
}

function answerOf(
  affected: AffectedPackage,
  ecosystem: string,
  version: string | null,
): AdvisoryMatch['answer'] | 'not_affected' {
  const release = sameRelease(ecosystem, affected.ecosystem);
  if (release === 'other') return 'not_affected';
  const answer = version === null ? 'unknown' : isAffected(affected, version);
  return release === 'unknown' && answer === 'affected' ? 'unknown' : answer;
}

/** Ecosystems hold no line breaks. */
function packageKey(ecosystem: string, name: string): string {
  const family = familyOf(ecosystem);
  return `${family}\n${normaliseName(family, name)}`;
}
