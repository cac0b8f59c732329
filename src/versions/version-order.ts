// Which order an ecosystem's versions have: OSV's names (https://ossf.github.io/osv-schema/#defined-ecosystems) on the published rules.
import type { VersionOrder } from './order.ts';
import { ALPINE_ORDER } from './orders/alpine-order.ts';
import { DEBIAN_ORDER, OPAM_ORDER } from './orders/debian-order.ts';
import { DOTTED_ORDER } from './orders/dotted-order.ts';
import { GEM_ORDER } from './orders/gem-order.ts';
import { GO_ORDER } from './orders/go-order.ts';
import { MAVEN_ORDER } from './orders/maven-order.ts';
import { NUGET_ORDER } from './orders/nuget-order.ts';
import { PACKAGIST_ORDER } from './orders/packagist-order.ts';
import { PEP440_ORDER } from './orders/pep440-order.ts';
import { RPM_ORDER } from './orders/rpm-order.ts';
import { LOOSE_SEMVER_ORDER, NPM_ORDER, PUB_ORDER, SEMVER_ORDER } from './orders/semver-order.ts';

const ORDERS: ReadonlyMap<string, VersionOrder> = new Map([
  ['npm', NPM_ORDER],
  ['PyPI', PEP440_ORDER],
  ['Maven', MAVEN_ORDER],
  ['Go', GO_ORDER],
  ['crates.io', SEMVER_ORDER],
  ['RubyGems', GEM_ORDER],
  ['NuGet', NUGET_ORDER],
  ['Packagist', PACKAGIST_ORDER],
  ['Hex', SEMVER_ORDER],
  ['Pub', PUB_ORDER],
  ['Hackage', DOTTED_ORDER],
  ['CRAN', DOTTED_ORDER],
  ['Bioconductor', DOTTED_ORDER],
  ['opam', OPAM_ORDER],
  ...named(DEBIAN_ORDER, 'Debian', 'Ubuntu', 'Echo'),
  ...named(RPM_ORDER, 'Red Hat', 'Rocky Linux', 'AlmaLinux', 'SUSE', 'openSUSE', 'Photon OS', 'openEuler'),
  ...named(RPM_ORDER, 'Mageia', 'Azure Linux'),
  ...named(
    ALPINE_ORDER,
    'Alpine',
    'Wolfi',
    'Chainguard',
    'MinimOS',
    'Alpaquita',
    'BellSoft Hardened Containers',
  ),
  ...named(
    LOOSE_SEMVER_ORDER,
    'Bitnami',
    'ConanCenter',
    'Docker Hardened Images',
    'GHC',
    'GitHub Actions',
    'Julia',
  ),
  ...named(LOOSE_SEMVER_ORDER, 'Kubernetes', 'Linux', 'SwiftURL', 'VSCode'),
]);

/** Those that patch other ecosystems' packages and name them second: `Root:Debian:12`, `Echo:npm`. */
const REPACKAGERS: ReadonlySet<string> = new Set(['Root', 'Echo', 'TuxCare']);

/**
 * @param ecosystem as OSV writes it, with or without a release (`Debian:11`)
 * @returns null where nobody has published an order: Android, OSS-Fuzz, FreeBSD, commits, and names that are not known
 */
export function versionOrder(ecosystem: string): VersionOrder | null {
  const [family = '', second = ''] = ecosystem.split(':', 2);
  const repackaged = REPACKAGERS.has(family) ? ORDERS.get(second) : undefined;
  return repackaged ?? ORDERS.get(family) ?? null;
}

/** Whether the ecosystem's own order is SemVer's, so that OSV's `SEMVER` ranges are in it. */
export function followsSemver(order: VersionOrder): boolean {
  return [NPM_ORDER, GO_ORDER, SEMVER_ORDER, PUB_ORDER, LOOSE_SEMVER_ORDER].includes(order);
}

function named(order: VersionOrder, ...ecosystems: readonly string[]): [string, VersionOrder][] {
  return ecosystems.map((ecosystem) => [ecosystem, order]);
}
