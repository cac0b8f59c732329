// The findings room: from what tools report to findings, each defect once, with every incoming result accounted for.
import type { TreeDiff } from '#domain/change.ts';
import type { Finding, ResultRow } from '#domain/finding.ts';
import type { PhraseBook } from '#domain/phrase.ts';
import type { Policy, SeverityOverride } from '#domain/policy.ts';
import type { IngestedReport, RawResult } from '#domain/report.ts';
import { compareSeverity } from '#domain/severity.ts';
import type { WeaknessTree } from '#domain/weakness-tree.ts';
import type { Workspace } from '#ports/workspace.ts';
import { accountForResults, listUnresolved, type UnresolvedName } from './account-results.ts';
import { type DraftFinding, draftFinding } from './draft-finding.ts';
import { createFileIndex } from './file-index.ts';
import { identifyFindings } from './fingerprints.ts';
import { createLocator, type Locator } from './locate.ts';
import { createHeadMap, type HeadMap } from './map-to-head.ts';
import { groupDefects } from './merge-results.ts';
import { compareBy, compareNumber, compareText } from './order.ts';
import { createPathMap, type PathMapping } from './path-map.ts';
import { FINDINGS_PHRASES_ZH_CN } from './phrases-zh-cn.ts';
import type { PlacedResult } from './placed-result.ts';
import { createPathResolver } from './resolve-path.ts';
import { nameWeaknesses, type RuleMap } from './rule-map.ts';
import { createSeverityRule } from './severity.ts';
import { createSourceTexts, type SourceTexts } from './source-texts.ts';

export interface CollectContext {
  readonly workspace: Workspace;
  readonly pathMap: readonly PathMapping[];
  /** The folder of the repository that reports may speak from, as `--repo` names it; '' is the root. */
  readonly folder: string;
  readonly weaknesses: WeaknessTree;
  /** What the rules of tools are about that do not say so themselves. */
  readonly ruleMap: RuleMap;
  readonly severityOverrides: readonly SeverityOverride[];
  /** Of the reasons given for rows and places. */
  readonly language: Policy['language'];
  /** Whether the configuration's `ignore` takes a path out. */
  isIgnored(path: string): boolean;
  /** The name at base of a path at head. */
  basePath(path: string): string;
  /** The difference from a scanned commit to head; null when it is head, or not known. */
  lineMapFor(revision: string | null): Promise<TreeDiff | null>;
}

export interface CollectedFindings {
  /** Worst first. */
  readonly findings: readonly Finding[];
  /** One row per incoming result, in the order of input, run and index. */
  readonly rows: readonly ResultRow[];
  /** Names and places that mean nothing in this repository, most results first. */
  readonly unresolved: readonly UnresolvedName[];
}

/** Collects the findings of all reports. The same results in another order give the same findings. */
export async function collectFindings(
  incoming: readonly IngestedReport[],
  context: CollectContext,
): Promise<CollectedFindings> {
  const reports = incoming.map((report) => nameWeaknesses(report, context.ruleMap));
  const texts = createSourceTexts(context.workspace);
  const book = context.language === 'zh-CN' ? FINDINGS_PHRASES_ZH_CN : null;
  const placed = await placeResults(reports, { ...context, book }, texts);
  const ignored = new Set(placed.filter(({ location }) => context.isIgnored(location.path)));
  const kept = placed.filter((result) => !ignored.has(result));

  const severityOf = createSeverityRule(context.severityOverrides);
  const drafts: DraftFinding[] = [];
  for (const group of groupDefects(kept, context.weaknesses)) {
    const draft = await draftFinding(group, severityOf);
    if (draft !== null) drafts.push(draft);
  }

  const identities = await identifyFindings(drafts, { ...context, texts, basePath: context.basePath });
  const identified = drafts.flatMap((draft) => {
    const identity = identities.get(draft);
    return identity === undefined ? [] : [{ finding: nameFinding(draft, identity), members: draft.members }];
  });
  return {
    findings: identified.map(({ finding }) => finding).sort(compareFindings),
    rows: accountForResults(reports, identified, ignored, book),
    unresolved: listUnresolved(kept),
  };
}

function nameFinding(
  { members: _, precision: __, ...draft }: DraftFinding,
  identity: Pick<Finding, 'id' | 'fingerprints'>,
): Finding {
  return { ...identity, ...draft };
}

const compareFindings = compareBy<Finding>(
  (a, b) => compareSeverity(b.severity, a.severity),
  (a, b) => compareText(a.location.path, b.location.path),
  (a, b) => a.location.startLine - b.location.startLine,
  (a, b) => compareNumber(a.location.startColumn, b.location.startColumn),
  (a, b) => compareText(a.ruleId, b.ruleId),
  (a, b) => compareText(a.id, b.id),
);

interface PlaceContext extends CollectContext {
  readonly book: PhraseBook | null;
}

async function placeResults(
  reports: readonly IngestedReport[],
  context: PlaceContext,
  texts: SourceTexts,
): Promise<readonly PlacedResult[]> {
  const placed: PlacedResult[] = [];
  const locatorFor = await createLocators(context, texts);
  for (const results of splitRuns(reports)) {
    const [first] = results;
    if (first === undefined) continue;
    const names = results.flatMap(({ location }) => location?.uri ?? []);
    const locator = await locatorFor(first, names);
    for (const result of results)
      placed.push({ result, locator, ...(await locator.locate(result.location)) });
  }
  return placed;
}

/** Results by run, and by scanned commit within one. */
function splitRuns(reports: readonly IngestedReport[]): Iterable<readonly RawResult[]> {
  const runs = new Map<string, RawResult[]>();
  for (const { results } of reports) {
    for (const item of results) {
      if (item.kind !== 'result') continue;
      const { ref, scannedRevision } = item.result;
      const key = `${ref.input}:${ref.run}:${scannedRevision ?? ''}`;
      const run = runs.get(key);
      if (run === undefined) runs.set(key, [item.result]);
      else run.push(item.result);
    }
  }
  return runs.values();
}

/** What all results of a run share. */
type RunFacts = Pick<RawResult, 'scannedRevision' | 'columnKind'>;

/** Locators by scanned commit: the diff to head and the file list of that commit are worked out once. */
async function createLocators(
  context: PlaceContext,
  texts: SourceTexts,
): Promise<(run: RunFacts, names: readonly string[]) => Promise<Locator>> {
  const headFiles = await context.workspace.files();
  const map = createPathMap(context.pathMap);
  const commits = new Map<string | null, { headMap: HeadMap; index: ReturnType<typeof createFileIndex> }>();
  return async ({ scannedRevision: revision, columnKind }, names) => {
    let commit = commits.get(revision);
    if (commit === undefined) {
      const headMap = createHeadMap(await context.lineMapFor(revision));
      commit = { headMap, index: createFileIndex(headMap.scannedFiles(headFiles)) };
      commits.set(revision, commit);
    }
    return createLocator({
      resolvePath: createPathResolver({ index: commit.index, map, folder: context.folder }, names),
      headMap: commit.headMap,
      texts,
      columnKind,
      book: context.book,
    });
  };
}
