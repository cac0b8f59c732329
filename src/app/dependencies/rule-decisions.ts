// Which decisions of VEX documents are about a finding, and whether they count: a change cannot bring its own.
import type { VexRuling, VulnerabilityRecord } from '#domain/dependency.ts';
import type { Finding } from '#domain/finding.ts';
import type { PackageRef } from '#domain/package.ts';
import { type Phrase, type PhraseBook, phrase, say } from '#domain/phrase.ts';
import type { IngestedReport } from '#domain/report.ts';
import type { VexStatement } from '#domain/vex.ts';
import { markOutside } from '#support/mark-outside.ts';
import { ecosystemFamily, sameVersion } from '../../dependencies/find-project.ts';
import { normaliseName } from '../../versions/normalise-name.ts';

/** One document's decisions. */
export interface DecisionDocument {
  readonly name: string;
  readonly decisions: readonly Decision[];
  /** Null: it counts; else why not. */
  readonly refused: string | null;
}

export interface Decision {
  readonly statement: VexStatement;
  /** The names that the author decides on: all of a document's statement; of a result of a scanner the one that it goes by. */
  readonly names: readonly string[];
}

/** What Assay calls itself as the author of a document. */
const OWN_NAME = 'Assay';
/** Decisions that say that nothing is to be done. */
const CLEARING: ReadonlySet<VexStatement['status']> = new Set(['not_affected', 'fixed']);

/**
 * The decision on a finding: the newest statement about its vulnerability and its package; of those that say nothing about when, the
 * last. Null when there is none. A statement that reaches the finding only by an alias that one report claims clears nothing: it is shown
 * when there is no other.
 */
export function ruleDecision(
  finding: Finding,
  documents: readonly DecisionDocument[],
  isMeantBy: (names: readonly string[]) => boolean,
  book: PhraseBook | null,
): VexRuling | null {
  const { dependency } = finding;
  if (dependency?.vulnerability == null) return null;
  const known = namesOf(dependency.vulnerability);
  const found = documents.flatMap((document) =>
    document.decisions
      .filter(({ statement }) => statement.vulnerability.some((name) => known.has(upper(name))))
      .filter(({ statement }) => covers(statement.packages, dependency.package, dependency.versions))
      .map(({ statement, names }) => ({ document, statement, isSure: isMeantBy(names) })),
  );
  const counting = found.filter(({ statement, isSure }) => isSure || !CLEARING.has(statement.status));
  const pool = counting.length > 0 ? counting : found;
  const latest = pool.reduce<(typeof found)[number] | null>(
    (best, one) =>
      best === null || (one.statement.timestamp ?? '') >= (best.statement.timestamp ?? '') ? one : best,
    null,
  );
  if (latest === null) return null;
  const { document, statement } = latest;
  const ruling = { statement, source: document.name };
  if (!CLEARING.has(statement.status)) {
    return {
      ...ruling,
      honoured: false,
      why: say(phrase`the decision clears nothing: it says that ${statement.status} holds`, book),
    };
  }
  if (document.refused !== null) return { ...ruling, honoured: false, why: document.refused };
  // The code may have changed since: an old clearance of ours must not outlive what it was made of.
  if (statement.author === OWN_NAME) {
    return {
      ...ruling,
      honoured: false,
      why: say(phrase`an earlier verdict of Assay itself: it is judged anew`, book),
    };
  }
  if (!latest.isSure) return { ...ruling, honoured: false, why: say(whyUnsure(finding, statement), book) };
  return {
    ...ruling,
    honoured: true,
    why: say(phrase`a decision of ${document.name}, from outside of the change`, book),
  };
}

/** Says how it would count: by advisories, or by an author who names what the report names. */
function whyUnsure({ dependency }: Finding, { vulnerability }: VexStatement): Phrase {
  const { id = '', aliases = [] } = dependency?.vulnerability ?? {};
  const decided = markOutside(vulnerability.slice(0, 3).join(', '), 120);
  const named = markOutside([id, ...aliases].slice(0, 3).join(', '), 120);
  return phrase`the decision is on ${decided}, and only one report says that this is what the finding is (${named}): give advisories with --osv, or name all of them in the document`;
}

/** Without other CVEs: a source that lists several does not bring the decision on one to another. */
function namesOf({ id, aliases }: VulnerabilityRecord): ReadonlySet<string> {
  const own = upper(id);
  const others = aliases.map(upper).filter((name) => !(own.startsWith('CVE-') && name.startsWith('CVE-')));
  return new Set([own, ...others]);
}

function upper(name: string): string {
  return name.toUpperCase();
}

/** A statement without packages speaks of every one; one without a version of every version. All installed versions have to be covered. */
function covers(packages: readonly PackageRef[], named: PackageRef, versions: readonly string[]): boolean {
  if (packages.length === 0) return true;
  const family = named.ecosystem === null ? null : ecosystemFamily(named.ecosystem);
  const same = packages.filter((one) => {
    if (one.ecosystem === null || family === null) return one.name === named.name;
    return (
      ecosystemFamily(one.ecosystem) === family &&
      normaliseName(family, one.name) === normaliseName(family, named.name)
    );
  });
  if (same.some(({ version }) => version === null)) return true;
  return (
    versions.length > 0 &&
    versions.every((version) => same.some((one) => one.version !== null && sameVersion(one.version, version)))
  );
}

/** What the reports bring, with why a document does not count. */
export function decisionDocuments(
  reports: readonly IngestedReport[],
  refusals: ReadonlyMap<string, string>,
): readonly DecisionDocument[] {
  return reports.flatMap((report): DecisionDocument[] => {
    const told = (report.statements ?? []).map(
      (statement): Decision => ({ statement, names: statement.vulnerability }),
    );
    const decided = report.results.flatMap((item): readonly Decision[] => {
      const { decided: statement = null, vulnerability = null } =
        (item.kind === 'result' ? item.result.dependency : null) ?? {};
      return statement === null
        ? []
        : [{ statement, names: vulnerability === null ? [] : [vulnerability.id] }];
    });
    const decisions = [...told, ...decided];
    if (decisions.length === 0) return [];
    return [{ name: report.name, decisions, refused: refusals.get(report.name) ?? null }];
  });
}
