// An advisory in the words in which reports speak of a vulnerability.
import type {
  Advisory,
  AffectedPackage,
  AffectedRange,
  CvssRating,
  RangeEvent,
  ReportedVulnerability,
} from '#domain/advisory.ts';
import type { Severity } from '#domain/severity.ts';
import { normaliseName } from '../versions/normalise-name.ts';
import { scoreOf } from './score-of.ts';
import { severityOfScore } from './severity-of-score.ts';

/** Versions named one by one, where an advisory has no range. */
const MOST_VERSIONS = 10;

/**
 * What the advisory says of one package. `fixedIn` has the fixed versions of all its parts about that package, since each line of
 * releases may have its own; commits are left out. The title is the summary, else the first line of the details.
 */
export function toReported(advisory: Advisory, affected: AffectedPackage): ReportedVulnerability {
  const ratings = (affected.ratings.length > 0 ? affected.ratings : advisory.ratings).map(withScore);
  const own = normaliseName(affected.ecosystem, affected.name);
  const parts = advisory.affected.filter(
    (one) => one.ecosystem === affected.ecosystem && normaliseName(one.ecosystem, one.name) === own,
  );
  return {
    id: advisory.id,
    aliases: advisory.aliases.filter((alias) => alias !== advisory.id).sort(),
    title: advisory.summary ?? advisory.details?.trim().split(/[\r\n]/, 1)[0] ?? null,
    description: advisory.details,
    severity: advisory.severity ?? severityOf(ratings),
    ratings,
    fixedIn: [...new Set(parts.flatMap(fixedVersions))],
    affected: describe(affected),
    epss: null,
    kev: null,
    published: advisory.published,
    url: `https://osv.dev/vulnerability/${encodeURIComponent(advisory.id)}`,
    symbols: affected.symbols,
  };
}

function withScore(rating: CvssRating): CvssRating {
  if (rating.vector === null || rating.score !== null) return rating;
  return { ...rating, score: scoreOf(rating.vector) };
}

function severityOf(ratings: readonly CvssRating[]): Severity | null {
  const scores = ratings.flatMap(({ score }) => score ?? []);
  return scores.length === 0 ? null : severityOfScore(Math.max(...scores));
}

function fixedVersions({ ranges }: AffectedPackage): readonly string[] {
  return ranges
    .filter(({ type }) => type !== 'GIT')
    .flatMap(({ events }) => events.flatMap(({ fixed }) => fixed ?? []));
}

/** `>=2.0.0, <2.0.5 || >=3.0.0, <=3.1.2`; the versions themselves where there are no ranges; null when only commits are told. */
function describe({ ranges, versions }: AffectedPackage): string | null {
  const told = ranges.filter(({ type }) => type !== 'GIT').flatMap(spansOf);
  if (told.length > 0) return told.join(' || ');
  if (versions.length === 0) return null;
  const more = versions.length > MOST_VERSIONS ? ', …' : '';
  return `${versions.slice(0, MOST_VERSIONS).join(', ')}${more}`;
}

/** Events stand in the order of versions in all databases that were seen; what ends a span is the next bound. */
function spansOf({ events }: AffectedRange): readonly string[] {
  const spans: string[] = [];
  let from: string | null = null;
  for (const { introduced, ...end } of events) {
    const bound = upperBound(end);
    if (bound !== null) {
      spans.push(join(from, bound));
      from = null;
    } else if (introduced !== undefined) {
      if (from !== null) spans.push(join(from, null));
      from = introduced;
    }
  }
  if (from !== null) spans.push(join(from, null));
  return spans;
}

function upperBound({ fixed, last_affected: last, limit }: RangeEvent): string | null {
  if (fixed !== undefined) return `<${fixed}`;
  if (last !== undefined) return `<=${last}`;
  return limit === undefined || limit === '*' ? null : `<${limit}`;
}

function join(from: string | null, upper: string | null): string {
  if (from === null || from === '0') return upper ?? '*';
  return upper === null ? `>=${from}` : `>=${from}, ${upper}`;
}
