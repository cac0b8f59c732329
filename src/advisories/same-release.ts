// Whether an advisory for a release of a distribution speaks of a package of a release.

export type ReleaseAnswer = 'same' | 'other' | 'unknown';

/**
 * Both as OSV writes ecosystems (https://ossf.github.io/osv-schema/#defined-ecosystems): `npm`, `Debian:11`, `Ubuntu:22.04:LTS`. An advisory
 * without a release speaks of all. `unknown`: the package does not say which release it is of. The families are the same already.
 */
export function sameRelease(installed: string, advisory: string): ReleaseAnswer {
  const spoken = releaseOf(advisory);
  if (spoken === '') return 'same';
  const own = releaseOf(installed);
  if (own === '') return 'unknown';
  return own === spoken ? 'same' : 'other';
}

/** The part before the release: `Debian` of `Debian:11`. */
export function familyOf(ecosystem: string): string {
  return ecosystem.split(':', 1)[0] ?? '';
}

/** Ubuntu's long-term releases are written with and without `:LTS`, Alpine's with and without `v`. `Pro` stays: its packages are others. */
function releaseOf(ecosystem: string): string {
  const release = ecosystem.slice(familyOf(ecosystem).length + 1);
  switch (familyOf(ecosystem)) {
    case 'Ubuntu':
      return release.replace(/:LTS$/, '');
    case 'Alpine':
      return release.replace(/^v/, '');
    default:
      return release;
  }
}
