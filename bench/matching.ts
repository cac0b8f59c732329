// Measures components against advisories through the index, and against looking at every advisory for each component.

import { createAdvisoryIndex } from '../src/advisories/advisory-index.ts';
import type { Advisory } from '../src/domain/advisory.ts';
import type { PackageRef } from '../src/domain/package.ts';
import { isAffected } from '../src/versions/is-affected.ts';
import type { BenchRow } from './bench-row.ts';

const COMPONENTS = 10_000;
const ADVISORIES = 100_000;
/** Packages that advisories speak of; about half of the components are among them. */
const PACKAGES = 30_000;
/** Of the components, for the scan, which takes so long that the rest is reckoned. */
const SCANNED = 100;
const GOAL_MS = 2000;
const ROUNDS = 3;
const ECOSYSTEMS = ['npm', 'PyPI', 'Maven', 'Go'] as const;

export function benchMatching(): readonly BenchRow[] {
  const advisories = Array.from({ length: ADVISORIES }, (_, at) => advisoryOf(at));
  const components = Array.from({ length: COMPONENTS }, (_, at) => componentOf(at));
  const standing = advisories.filter(({ withdrawn }) => withdrawn === null);
  const best = { indexed: Number.POSITIVE_INFINITY, scanned: Number.POSITIVE_INFINITY };
  let found = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    const index = createAdvisoryIndex(advisories);
    const matches = components.map((one) => index.match(one).length);
    best.indexed = Math.min(best.indexed, performance.now() - start);
    found = sum(matches);
    const middle = performance.now();
    const scanned = components.slice(0, SCANNED).map((one) => scan(one, standing));
    best.scanned = Math.min(best.scanned, (performance.now() - middle) * (COMPONENTS / SCANNED));
    if (sum(scanned) !== sum(matches.slice(0, SCANNED)))
      throw new Error('index and scan find different matches');
  }
  const { indexed, scanned } = best;
  return [
    {
      name: `matching, ${COMPONENTS} components against ${ADVISORIES} advisories (${found} matches)`,
      figure: `${indexed.toFixed(0)} ms, the index included`,
      baseline: `every advisory looked at for each of ${SCANNED} components, reckoned for all: ${scanned.toFixed(0)} ms`,
      ratio: indexed / scanned,
      goal: `within ${GOAL_MS} ms`,
      met: indexed <= GOAL_MS,
    },
  ];
}

function scan({ ecosystem, name, version }: PackageRef, advisories: readonly Advisory[]): number {
  return advisories.filter(({ affected }) =>
    affected.some(
      (part) =>
        part.ecosystem === ecosystem &&
        part.name === name &&
        isAffected(part, version ?? '') !== 'not_affected',
    ),
  ).length;
}

function ecosystemOf(at: number): string {
  return ECOSYSTEMS[at % ECOSYSTEMS.length] ?? 'npm';
}

function nameOf(at: number): string {
  return ecosystemOf(at) === 'Maven' ? `org.example:package-${at}` : `package-${at}`;
}

function advisoryOf(at: number): Advisory {
  // A prime, so that packages with many advisories stand beside those with few.
  const place = (at * 7919) % PACKAGES;
  const major = at % 7;
  return {
    ...{ id: `BENCH-${at}`, aliases: [`CVE-2026-${at}`], upstream: [], summary: null, details: null },
    ...{ published: null, modified: null, withdrawn: at % 50 === 0 ? '2026-01-01T00:00:00Z' : null },
    ...{ ratings: [], severity: null, cwe: [], references: [] },
    affected: [
      {
        ecosystem: ecosystemOf(place),
        name: nameOf(place),
        ranges: [
          { type: 'ECOSYSTEM', events: [{ introduced: `${major}.0.0` }, { fixed: `${major}.${at % 20}.3` }] },
        ],
        ...{ versions: [], symbols: [], ratings: [] },
      },
    ],
  };
}

function componentOf(at: number): PackageRef {
  const place = (at * 7) % (2 * PACKAGES);
  return {
    ...{ ecosystem: ecosystemOf(place), name: nameOf(place), purl: null },
    version: `${at % 7}.${at % 25}.1`,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
