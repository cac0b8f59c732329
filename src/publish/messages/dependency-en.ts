// What is said of a finding about a dependency, in English; the other catalogue has the same keys by type. Outside text is marked already.
import type { ReachabilityLevel } from '#domain/dependency.ts';
import type { DependencyScope } from '#domain/package.ts';

export interface DependencyMessages {
  readonly label: Readonly<
    Record<'action' | 'vulnerability' | 'origin' | 'reach' | 'priority' | 'licence' | 'decision', string>
  >;
  /** What is said of a package. */
  readonly titled: (name: string, about: string) => string;
  /** One sentence without its end, and one with it. */
  readonly andThen: (first: string, second: string) => string;
  readonly raise: (name: string, to: string) => string;
  readonly hold: (name: string, to: string) => string;
  /** `parent`: null where nobody knows what brings it in. */
  readonly raiseParent: (parent: string | null, name: string) => string;
  readonly noFix: string;
  /** `null`: the versions do not tell. */
  readonly breaking: (breaking: boolean | null) => string;
  readonly alsoLeaves: (count: number) => string;
  /** Other manifests than the one that the patch edits. */
  readonly alsoAsked: (paths: string) => string;
  readonly remains: (names: string) => string;
  readonly alsoCalled: (names: string) => string;
  readonly rating: (score: string) => string;
  /** `percent` is a number with at most two decimals. */
  readonly epss: (percent: string) => string;
  readonly exploited: string;
  readonly fixedIn: (versions: string) => string;
  readonly direct: string;
  readonly through: (path: string) => string;
  readonly originUnknown: string;
  readonly moreWays: (count: number) => string;
  readonly scope: Readonly<Record<Exclude<DependencyScope, 'runtime'>, string>>;
  readonly reach: Readonly<Record<ReachabilityLevel, string>>;
  readonly decision: (said: {
    readonly status: string;
    readonly author: string | null;
    readonly source: string;
    /** `2026-10-01`. */
    readonly day: string | null;
    readonly counts: boolean;
    /** Why it does not count; null where its status says it all. */
    readonly why: string | null;
  }) => string;
}

export const dependencyEn: DependencyMessages = {
  label: {
    action: 'What to do',
    vulnerability: 'Vulnerability',
    origin: 'Comes in',
    reach: 'Reached',
    priority: 'Priority',
    licence: 'Licence',
    decision: 'Decision',
  },
  titled: (name, about) => `${name}: ${about}`,
  andThen: (first, second) => `${first}. ${second}`,
  raise: (name, to) => `Upgrade ${name} to ${to}`,
  hold: (name, to) => `Hold ${name} at ${to}`,
  raiseParent: (parent, name) =>
    parent === null
      ? `Upgrade or replace what brings ${name} in`
      : `Upgrade or replace ${parent}, which brings ${name} in`,
  noFix: 'No version without it is known',
  breaking: (breaking) =>
    breaking === null ? '' : breaking ? 'may break callers' : 'no breaking change by its version',
  alsoLeaves: (count) => `leaves ${count} more ${count === 1 ? 'vulnerability' : 'vulnerabilities'} behind`,
  alsoAsked: (paths) => `also asked for in ${paths}, which the patch leaves as it is`,
  remains: (names) => `not left behind: ${names}`,
  alsoCalled: (names) => `also ${names}`,
  rating: (score) => `CVSS ${score}`,
  epss: (percent) => `EPSS ${percent}%`,
  exploited: 'known to be exploited (CISA KEV)',
  fixedIn: (versions) => `mended in ${versions}`,
  direct: 'the project asks for it itself',
  through: (path) => `by ${path}`,
  originUnknown: 'not known how',
  moreWays: (count) => `and in ${count} more ${count === 1 ? 'way' : 'ways'}`,
  scope: { dev: 'for development only', test: 'for tests only', optional: 'may be left out' },
  reach: {
    absent: 'not installed at an affected version',
    dev_only: 'only development or tests bring it in',
    not_imported: 'no runtime code imports it',
    part_not_imported: 'no runtime code imports the vulnerable part',
    not_called: 'no runtime code calls the vulnerable part',
    unknown: 'not known',
    imported: 'runtime code imports it, and which part is vulnerable is not known',
    called: 'runtime code uses the vulnerable part',
  },
  decision: ({ status, author, source, day, counts, why }) =>
    [
      `${status}, says ${author ?? 'somebody who is not named'} in ${source}`,
      day === null ? ', without a date' : `, ${day}`,
      counts ? '' : `; it does not count here${why === null ? '' : `: ${why}`}`,
    ].join(''),
};
