// The way through, top to bottom: reports in, a decision with reasons out. Writes nothing; triage.ts does.
import type { Commits, TreeDiff } from '#domain/change.ts';
import { phrase, say } from '#domain/phrase.ts';
import type { Policy, PublishingPolicy } from '#domain/policy.ts';
import type { IngestedReport } from '#domain/report.ts';
import type { ResultDocument } from '#domain/result-document.ts';
import type { ReviewDiff } from '#domain/review-diff.ts';
import { createCodeIndex } from '../code/code-index.ts';
import { compareRows } from '../findings/account-results.ts';
import { collectFindings } from '../findings/collect-findings.ts';
import { loadRuleMap } from '../findings/rule-map.ts';
import { loadWeaknessTree } from '../findings/weakness-tree.ts';
import { decide } from '../gate/decide.ts';
import { ingestReport } from '../ingest/ingest-report.ts';
import { DEFAULT_LIMITS } from '../ingest/limits.ts';
import { scopeFindings } from '../scope/scope-findings.ts';
import { compileGlobs } from '../support/glob.ts';
import type { NamedInventory } from './dependencies/dependency-context.ts';
import { openDependencyStage, withoutDependencies } from './dependencies/dependency-stage.ts';
import { describeRun } from './describe-run.ts';
import { judgeAll } from './judge-all.ts';
import { documentFindings } from './knowledge/document-findings.ts';
import { createLineMaps } from './line-maps.ts';
import type { RunBill } from './model/bill.ts';
import { chooseModel } from './model/choose-model.ts';
import { type ModelStage, runModelStage } from './model/model-stage.ts';
import { patchFindings } from './patch-findings.ts';
import { phraseBookOf } from './phrase-book.ts';
import { readBaseline } from './read-baseline.ts';
import { readPolicy } from './read-policy.ts';
import type { RunRequest } from './run-request.ts';
import { sayRefusals } from './say-refusals.ts';
import { findingsToMend } from './shown-findings.ts';
import { asCutShort, reportNotices, unfinishedReasons } from './unfinished.ts';
import { unresolvedNotices } from './unresolved-notices.ts';
import type { World } from './world.ts';

const NO_COMMITS: Commits = { baseTip: null, mergeBase: null, head: null };

export interface RunResult {
  readonly document: ResultDocument;
  /** What is to be said on the change request, and how. */
  readonly publishing: PublishingPolicy;
  /** When head was committed; null for a working tree. */
  readonly headTime: string | null;
  /** What asking a model cost in this run; null when none was asked. */
  readonly bill: RunBill | null;
  /** What was asked for instead of a model: its prompts as files, what it would cost. Finished sentences; empty when neither was. */
  readonly preview: readonly string[];
  /** The bills of materials that came in. */
  readonly inventories: readonly NamedInventory[];
}

export async function run(request: RunRequest, outside: World): Promise<RunResult> {
  const commits = (await outside.changes?.commits()) ?? NO_COMMITS;
  const diff = (await outside.changes?.diff()) ?? null;
  const binding = await readPolicy(request, outside, { baseTip: commits.baseTip, diff });
  const policy = { ...binding.policy, language: request.language ?? binding.policy.language };
  const book = phraseBookOf(policy.language);
  const world: World = { ...outside, workspace: sayRefusals(outside.workspace, book) };
  const accepted = await readBaseline(request, world, { mergeBase: commits.mergeBase, diff, book });

  const weaknesses = await loadWeaknessTree(world.assets);
  const isKindOf = (cwe: number, ancestor: number) =>
    cwe === ancestor || weaknesses.isAncestor(ancestor, cwe);
  const read = await readReports(world, policy.language);
  const code = createCodeIndex(world.workspace, world.assets);
  const dependencies = await openDependencyStage(read, { request, policy, commits, diff, code, world });
  const { reports } = dependencies;
  const lineMaps = createLineMaps(world.changes, request.scannedRevision, book);
  const collected = await collectFindings(reports.map(withoutDependencies), {
    workspace: world.workspace,
    pathMap: request.pathMap,
    folder: world.folder,
    weaknesses,
    ruleMap: await loadRuleMap(world.assets),
    isIgnored: compileGlobs(policy.ignore),
    severityOverrides: policy.severityOverrides,
    language: policy.language,
    basePath: createBaseNames(diff),
    lineMapFor: lineMaps.lineMapFor,
  });

  const scope =
    request.scope ?? policy.scope ?? (diff !== null || accepted.baseline !== null ? 'new' : 'all');
  const scoped = await scopeFindings([...collected.findings, ...dependencies.findings], {
    diff,
    baseline: accepted.baseline,
    asked: scope,
    functionAt: (path, line) => code.functionAt(path, line),
    lineText: createLineReader(world.workspace),
    scopeDependency: dependencies.ruleScope,
    acceptExternalSuppressions: policy.suppressions.acceptExternal,
    language: policy.language,
  });
  const model = chooseModel(request, policy, world.models.variables);
  const judged = await judgeAll(scoped, dependencies, {
    ...{ code, policy, isKindOf, world, keep: model.address !== null },
  });
  const asked = await runModelStage(judged, model, {
    ...{ request, policy, commits, code, world, isKindOf },
    switchedOff: new Set(request.switchedOff),
  });
  const documented = await documentFindings(asked.findings, { request, policy, commits, world });
  const reviewDiff = await reviewDiffOf(asked, world, commits);
  const today = new Date(world.clock.now()).toISOString().slice(0, 10);
  const patched = await patchFindings(documented, {
    ...{ policy, reviewDiff, world },
    ...(asked.ask === undefined ? {} : { ask: asked.ask, onAsking: asked.onAsking }),
    about:
      asked.ask === undefined
        ? null
        : findingsToMend(documented, policy.model.patches, {
            ...{ policy, failOn: request.failOn, today, isKindOf, reviewDiff },
          }),
  });
  const mended = await dependencies.patch(patched);
  const { report, notices: modelNotices, preview } = asked.finish();
  const gated = decide(mended, {
    policy,
    failOn: request.failOn,
    today,
    unfinished: [
      ...unfinishedReasons(reports, {
        ...{ notReached: judged.notReached, interrupted: world.signal.aborted, book },
      }),
      ...dependencies.unfinished,
    ],
    configChanged: binding.changed,
    isKindOf,
  });
  const notices = [
    ...binding.notices,
    ...accepted.notices,
    ...reportNotices(reports, book),
    ...dependencies.notices,
    ...lineMaps.notices(),
    ...unresolvedNotices(collected.unresolved, book),
    ...modelNotices,
    ...gated.notices,
  ];
  const document = describeRun({
    request,
    scope,
    language: policy.language,
    commits,
    origin: binding.origin,
    reports,
    rows: [...collected.rows, ...dependencies.rows].sort(compareRows),
    findings: gated.findings,
    decision: gated.decision,
    notices,
    judge: model.address === null ? 'builtin' : model.judge,
    report,
  });
  const { publishing } = policy;
  const { inventories } = dependencies;
  const headTime = commits.headTime ?? null;
  return { document, publishing, headTime, bill: report?.bill ?? null, preview, inventories };
}

/** The change as it is shown for review, where a tool or a model proposes a fix; null without a base, or for a working tree. */
async function reviewDiffOf(
  { findings, ask }: Pick<ModelStage, 'findings' | 'ask'>,
  { changes }: World,
  { mergeBase, head }: Commits,
): Promise<ReviewDiff | null> {
  const isAsked = ask !== undefined || findings.some(({ fixes }) => fixes.length > 0);
  if (!isAsked || changes === null || mergeBase === null || head === null) return null;
  return changes.reviewDiff(mergeBase, head);
}

async function readReports(world: World, language: Policy['language']): Promise<readonly IngestedReport[]> {
  const opened = await world.reports.open();
  const progress = world.log.progress(say(phrase`Reading reports`, phraseBookOf(language)), opened.length);
  const reports: IngestedReport[] = [];
  for (const [input, report] of opened.entries()) {
    const read = await ingestReport(report, input, DEFAULT_LIMITS, language);
    reports.push(world.signal.aborted ? asCutShort(read, phraseBookOf(language)) : read);
    progress.update(input + 1);
  }
  progress.finish();
  return reports;
}

/** The name at base of a path at head; a copy is a new file. */
function createBaseNames(diff: TreeDiff | null): (path: string) => string {
  const renamed = (diff?.files ?? []).filter((file) => file.status === 'renamed');
  const names = new Map(renamed.map((file) => [file.newPath, file.oldPath]));
  return (path) => names.get(path) ?? path;
}

/** Lines of the sources, each file split once for as long as its lines are asked for. */
function createLineReader(
  workspace: World['workspace'],
): (path: string, line: number) => Promise<string | null> {
  let current: { path: string; lines: readonly string[] } | null = null;
  return async (path, line) => {
    if (current?.path !== path) {
      const outcome = await workspace.read(path);
      current = { path, lines: outcome.kind === 'text' ? outcome.text.split(/\r\n|\n|\r/) : [] };
    }
    return current.lines[line - 1] ?? null;
  };
}
