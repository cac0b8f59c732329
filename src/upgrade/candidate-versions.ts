// Versions that advisories and reports name as mended: no registry is asked, so these are all that is known to exist.
import { versionOrder } from '../versions/version-order.ts';
import { type KnownVulnerability, numbersOf } from './known-vulnerability.ts';
import { isPlainVersion } from './rewrite-constraint.ts';

/** Of more than that the highest: they leave most behind. */
const MOST_CANDIDATES = 100;

/**
 * In ascending order, none below `installed`, each once, as a manifest of the ecosystem writes them. Prereleases only where nothing
 * else is named.
 *
 * @param name of the package: a Go module's says its major version
 */
export function candidateVersions(
  ecosystem: string,
  name: string,
  known: readonly KnownVulnerability[],
  installed: string | null,
): readonly string[] {
  const order = versionOrder(ecosystem);
  if (order === null) return [];
  const found = new Map<string, string>();
  for (const version of known.flatMap(fixesOf)) {
    const written = ecosystem === 'Go' ? asGoWrites(name, version, installed) : version.trim();
    if (written === null || !isPlainVersion(ecosystem, written)) continue;
    if (installed !== null && order.compare(written, installed) < 0) continue;
    found.set(written.replace(/^v/, ''), written);
  }
  const versions = [...found.values()].sort(order.compare).slice(-MOST_CANDIDATES);
  const finished = versions.filter((version) => !order.isPrerelease(version) || ecosystem === 'Go');
  return finished.length > 0 ? finished : versions;
}

function fixesOf({ fixedIn, affected }: KnownVulnerability): string[] {
  const ranges = affected?.ranges.filter(({ type }) => type !== 'GIT') ?? [];
  const told = ranges.flatMap(({ events }) => events.flatMap(({ fixed }) => fixed ?? []));
  return [...fixedIn, ...told];
}

/**
 * Advisories leave the `v` out. A version 2 and above is another module, with `/v2` in its name, except for what was there before
 * modules (https://go.dev/ref/mod#non-module-compat).
 */
function asGoWrites(name: string, version: string, installed: string | null): string | null {
  const bare = version.trim().replace(/^v/, '');
  const [major = 0] = numbersOf(bare);
  const [, told] = /(?:\/|\.)v(\d{1,9})$/.exec(name) ?? [];
  if (told !== undefined) return Number(told) === major ? `v${bare}` : null;
  if (major < 2) return `v${bare}`;
  if (installed?.endsWith('+incompatible') !== true) return null;
  return bare.endsWith('+incompatible') ? `v${bare}` : `v${bare}+incompatible`;
}
