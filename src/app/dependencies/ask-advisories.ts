// The advisories that speak of the packages of a run, or why there are none.
import type { DecisionReason, Notice } from '#domain/decision.ts';
import type { PackageRef } from '#domain/package.ts';
import { type PhraseBook, phrase, say } from '#domain/phrase.ts';
import type { IngestedReport } from '#domain/report.ts';
import { type AdvisoryIndex, createAdvisoryIndex } from '../../advisories/advisory-index.ts';
import { compileGlobs } from '../../support/glob.ts';
import type { DependencyContext } from './dependency-context.ts';

export interface AskedAdvisories {
  /** Null when none were asked for, or none could be had. */
  readonly index: AdvisoryIndex | null;
  /** What they are called. */
  readonly source: string;
  readonly unfinished: readonly DecisionReason[];
  readonly notices: readonly Notice[];
}

const SECONDS_A_DAY = 86_400;
/** Advisories older than this are told with a warning. */
const OLD_DAYS = 30;

/**
 * Asks the source that the request names. An inventory that lists no vulnerabilities and was looked up nowhere says nothing about its
 * packages: without the policy's word such a run is unfinished.
 */
export async function askAdvisories(
  reports: readonly IngestedReport[],
  packages: readonly PackageRef[],
  { request, world, policy }: Pick<DependencyContext, 'request' | 'world' | 'policy'>,
  book: PhraseBook | null,
): Promise<AskedAdvisories> {
  const silent = reports.filter(isSilent);
  const nothing = { index: null, source: '', unfinished: [], notices: [] };
  if (request.osv === null) {
    const [first] = silent;
    if (first === undefined) return nothing;
    const text = phrase`${first.name} lists no vulnerabilities and was compared with no advisories. Name some with --osv: a folder or zip of OSV records, or online.`;
    return told(nothing, 'advisories-missing', say(text, book), policy.dependencies.feedDown);
  }
  const source = await world.openAdvisories(request.osv, isPrivate(policy.dependencies.private));
  const answer = await source.find(packages);
  if (answer.kind === 'down') {
    const text = phrase`The advisories of ${source.name} cannot be had: ${answer.why}`;
    return told(nothing, 'advisories-down', say(text, book), policy.dependencies.feedDown);
  }
  const index = createAdvisoryIndex(answer.advisories);
  const notices = [ageNotice(answer.newest, source.name, world.clock.now(), book)];
  const known = { ...nothing, index, source: source.name, notices };
  const [gap] = answer.gaps;
  if (gap === undefined) return known;
  const text = phrase`The answer of ${source.name} is not complete (${answer.gaps.length}): ${gap}`;
  return told(known, 'advisories-incomplete', say(text, book), policy.dependencies.feedDown);
}

/** Tools that looked up nothing write an empty list of vulnerabilities as well (Trivy's `--format cyclonedx`): it says nothing. */
function isSilent({ inventory, results }: IngestedReport): boolean {
  if (inventory === undefined || inventory.components.length === 0) return false;
  return !(
    inventory.listsVulnerabilities &&
    results.some((item) => item.kind !== 'result' || item.result.dependency !== undefined)
  );
}

function told(
  asked: AskedAdvisories,
  code: string,
  text: string,
  feedDown: 'unfinished' | 'ignore',
): AskedAdvisories {
  return feedDown === 'unfinished'
    ? { ...asked, unfinished: [...asked.unfinished, { code, text }] }
    : { ...asked, notices: [...asked.notices, { code, text }] };
}

function ageNotice(newest: string | null, name: string, now: number, book: PhraseBook | null): Notice {
  if (newest === null)
    return {
      code: 'advisories-old',
      text: say(phrase`The age of the advisories of ${name} is not known.`, book),
    };
  if (newest === 'live') {
    const text = phrase`The advisories were asked of ${name} in this run.`;
    return { code: 'advisories-used', text: say(text, book) };
  }
  const day = newest.slice(0, 10);
  const days = Math.floor((now - Date.parse(newest)) / 1000 / SECONDS_A_DAY);
  const text =
    days > OLD_DAYS
      ? phrase`The newest advisory of ${name} is of ${day}, ${days} days ago: newer vulnerabilities are not known to this run.`
      : phrase`The newest advisory of ${name} is of ${day}.`;
  return { code: days > OLD_DAYS ? 'advisories-old' : 'advisories-used', text: say(text, book) };
}

function isPrivate(globs: readonly string[]): (named: PackageRef) => boolean {
  const matches = compileGlobs(globs);
  return ({ name, purl }) => matches(name) || (purl !== null && matches(purl.replaceAll('%40', '@')));
}
