// Composes the stage of dependencies: projects, advisories and decisions are read once, then findings made, judged and mended.
import type { Finding } from '#domain/finding.ts';
import type { PackageRef } from '#domain/package.ts';
import { say } from '#domain/phrase.ts';
import type { DependencyProject } from '#domain/project.ts';
import type { IngestedReport } from '#domain/report.ts';
import { scoreOf } from '../../advisories/score-of.ts';
import { collectDependencyFindings } from '../../dependencies/collect-dependency-findings.ts';
import { ecosystemFamily } from '../../dependencies/find-project.ts';
import { dependencyResults } from '../../dependencies/group-dependencies.ts';
import { createTwins } from '../../dependencies/other-projects.ts';
import { DEPENDENCIES_PHRASES_ZH_CN } from '../../dependencies/phrases-zh-cn.ts';
import {
  type DependencyScopeContext,
  MANIFEST,
  scopeDependency,
} from '../../dependencies/scope-dependency.ts';
import { createSeverityRule } from '../../findings/severity.ts';
import { loadWeaknessTree } from '../../findings/weakness-tree.ts';
import { MANIFESTS_PHRASES_ZH_CN } from '../../manifests/phrases-zh-cn.ts';
import { readProjects } from '../../manifests/read-projects.ts';
import { createReachability } from '../../reachability/create-reachability.ts';
import { loadSymbolRules } from '../../reachability/load-symbol-rules.ts';
import { compileGlobs } from '../../support/glob.ts';
import { loadCalibration } from '../../triage/calibration.ts';
import { phraseBookOf } from '../phrase-book.ts';
import { type AffectedLook, createAffectedLook, createPublished, createSureLook } from './affected-look.ts';
import { type AskedAdvisories, askAdvisories } from './ask-advisories.ts';
import { checkAffected } from './check-affected.ts';
import { claimedNames, confirmedNames } from './confirmed-names.ts';
import type { DependencyContext, DependencyStage } from './dependency-context.ts';
import { judgeDependencies } from './judge-dependencies.ts';
import { matchInventory } from './match-inventories.ts';
import { createUpgrades } from './plan-upgrades.ts';
import { type Feeds, readFeeds } from './read-feeds.ts';
import { refuseOwnAdvisories } from './refuse-own-advisories.ts';
import { refuseOwnDecisions } from './refuse-own-decisions.ts';
import { decisionDocuments, ruleDecision } from './rule-decisions.ts';
import { tellProject } from './tell-project.ts';
import { unsureNotices } from './unsure-versions.ts';

/** What counts for several projects is the last of these. */
const SCOPE_ORDER = ['existing', 'changed', 'new'];

export async function openDependencies(
  reports: readonly IngestedReport[],
  context: DependencyContext,
): Promise<DependencyStage> {
  const { world, policy, request } = context;
  const appBook = phraseBookOf(policy.language);
  const book = policy.language === 'zh-CN' ? DEPENDENCIES_PHRASES_ZH_CN : null;
  const feeds = await readFeeds(request, world, appBook);
  const gapBook = policy.language === 'zh-CN' ? MANIFESTS_PHRASES_ZH_CN : null;
  const projects = await readProjects(world.workspace, gapBook);
  const asked = await askAdvisories(reports, packagesOf(reports), context, appBook);
  const matching = { index: asked.index, source: asked.source, licences: policy.dependencies.licences };
  const grown = reports.map((report) =>
    tellProject(matchInventory(report, { ...matching, book: appBook }), request, world.folder),
  );
  const files = new Set(await world.workspace.files());
  const severityOf = createSeverityRule(policy.severityOverrides);
  const collected = collectDependencyFindings(dependencyResults(grown), {
    ...{ projects, book, aliases: asked.index?.aliases ?? [], scoreOf },
    epssOf: (names) => feeds.epss?.of(names) ?? null,
    isKev: (names) => feeds.kev?.has(names) ?? null,
    severityOf: (result, path) => severityOf({ result, cwe: result.cwe, path }),
    isIgnored: compileGlobs(policy.ignore),
    hasFile: (path) => files.has(path),
  });
  const twinsOf = createTwins(collected.findings, projects, collected.isOfProject);
  const known = createAffectedLook(asked);
  const sure = createSureLook(asked, collected.isMeantBy);
  const scoping = await createScoping(projects, context, sure);
  const documents = decisionDocuments(grown, await refuseOwnDecisions(grown, context, appBook));
  const upgrades = createUpgrades(collected.findings, {
    ...{ projects, world, language: policy.language, known, published: createPublished(asked) },
  });
  return {
    ...collected,
    reports: grown,
    inventories: grown.flatMap(({ name, inventory }) =>
      inventory === undefined ? [] : [{ name, inventory }],
    ),
    unfinished: [...(await refuseOwnAdvisories(context, appBook)), ...asked.unfinished],
    notices: [...noticesOf(feeds, asked, projects), ...unsureNotices(reports, asked.index, appBook)],
    ruleScope: (finding) => {
      const rulings = [finding, ...twinsOf(finding)].map((one) => scopeDependency(one, scoping));
      const { state, why } = rulings.reduce((worst, one) =>
        SCOPE_ORDER.indexOf(one.state) > SCOPE_ORDER.indexOf(worst.state) ? one : worst,
      );
      return { state, why: say(why, book) };
    },
    judge: async (findings) => {
      const symbols = await loadSymbolRules(world.assets);
      return judgeDependencies(findings, context, {
        reachability: createReachability({
          ...{ workspace: world.workspace, code: context.code, projects, language: policy.language },
          symbols,
          isTestPath: compileGlobs(policy.policyPaths.test),
        }),
        calibration: await loadCalibration(world.assets),
        projectOf: (finding) => projectOf(finding, projects),
        twinsOf,
        namesOf: (finding) => confirmedNames(finding, { symbols, isMeantBy: collected.isMeantBy }),
        claimedNamesOf: (finding) => claimedNames(finding, { symbols, isMeantBy: collected.isMeantBy }),
        affected: (finding) => checkAffected(finding, { known, sure }),
        decisionOn: (finding) =>
          ruleDecision(finding, documents, (names) => collected.isMeantBy(finding, names), appBook),
        upgradeOf: (finding) => upgrades.planOf(finding),
        isKindOf: await createKinds(context),
        book,
      });
    },
    patch: (findings) => upgrades.patch(findings),
  };
}

async function createScoping(
  projects: readonly DependencyProject[],
  { world, commits, diff }: DependencyContext,
  affectedBy: AffectedLook,
): Promise<DependencyScopeContext> {
  const touched = (diff?.files ?? []).flatMap(({ oldPath, newPath }) =>
    [newPath, oldPath].flatMap((path) => path ?? []),
  );
  const names = new Set(touched);
  const base = commits.mergeBase;
  const isManifest =
    touched.some((path) => MANIFEST.test(path)) ||
    projects.some(({ files }) => files.some((file) => names.has(file)));
  const before =
    world.changes === null || base === null || !isManifest
      ? projects
      : await readProjects(world.changes.at(base));
  return {
    before,
    touched: [...names].sort(),
    isTouched: (path) => names.has(path),
    affectedBy,
    baseFolder: (folder) => folder,
  };
}

function projectOf(
  { dependency }: Finding,
  projects: readonly DependencyProject[],
): DependencyProject | null {
  const { project: folder = null, package: named } = dependency ?? {};
  if (folder === null || named?.ecosystem == null) return null;
  const family = ecosystemFamily(named.ecosystem);
  return projects.find((one) => one.folder === folder && one.ecosystem === family) ?? null;
}

/** Every package that a report speaks of, once. */
function packagesOf(reports: readonly IngestedReport[]): readonly PackageRef[] {
  const all = reports.flatMap(({ inventory, results }): readonly PackageRef[] => [
    ...(inventory?.components ?? []),
    ...results.flatMap((item) =>
      item.kind === 'result' && item.result.dependency !== undefined ? [item.result.dependency.package] : [],
    ),
  ]);
  const byName = new Map(
    all.map(({ ecosystem, name, version, purl }) => [
      JSON.stringify([ecosystem, name, version]),
      { ecosystem, name, version, purl },
    ]),
  );
  return [...byName.values()];
}

function noticesOf(feeds: Feeds, asked: AskedAdvisories, projects: readonly DependencyProject[]) {
  const gaps = [...new Set(projects.flatMap((project) => project.gaps))];
  return [...feeds.notices, ...asked.notices, ...gaps.map((text) => ({ code: 'manifest-gap', text }))];
}

async function createKinds({
  world,
}: DependencyContext): Promise<(cwe: number, ancestor: number) => boolean> {
  const tree = await loadWeaknessTree(world.assets);
  return (cwe, ancestor) => cwe === ancestor || tree.isAncestor(ancestor, cwe);
}
