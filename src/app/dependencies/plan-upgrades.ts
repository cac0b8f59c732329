// Which version leaves the vulnerabilities of a package behind, and the manifest line that asks for it, proved like any patch.
import type { Upgrade } from '#domain/dependency.ts';
import type { Finding } from '#domain/finding.ts';
import type { Patch } from '#domain/patch.ts';
import type { Policy } from '#domain/policy.ts';
import type { DependencyProject } from '#domain/project.ts';
import type { PatchedFinding } from '#domain/verdict.ts';
import { ecosystemFamily } from '../../dependencies/find-project.ts';
import { choosePlan, type KnownVulnerability } from '../../upgrade/choose-plan.ts';
import { mendManifest } from '../../upgrade/mend-manifest.ts';
import { normaliseName } from '../../versions/normalise-name.ts';
import type { World } from '../world.ts';
import type { AffectedLook } from './affected-look.ts';

export interface Upgrades {
  /** Null for a licence, and where the package's project is not known. */
  planOf(finding: Finding): Upgrade | null;
  /** All findings in the order given; those about dependencies that are not dismissed with their patch. */
  patch(findings: readonly PatchedFinding[]): Promise<readonly PatchedFinding[]>;
}

export interface UpgradeContext {
  readonly projects: readonly DependencyProject[];
  readonly world: Pick<World, 'workspace' | 'signal' | 'breathe'>;
  readonly language: Policy['language'];
  readonly known: AffectedLook;
  /** Everything that is published about the finding's package, at any version. */
  published(finding: Finding): readonly KnownVulnerability[];
}

export function createUpgrades(findings: readonly Finding[], context: UpgradeContext): Upgrades {
  const byPackage = Map.groupBy(findings, packageKey);
  const knownFor = createKnown(byPackage, context);
  const plans = new Map<string, Upgrade | null>();
  const planOf = (finding: Finding): Upgrade | null => {
    const { dependency } = finding;
    if (dependency?.vulnerability == null) return null;
    const made = plans.get(finding.id);
    if (made !== undefined) return made;
    const plan = choosePlan({
      dependency,
      project: projectOf(finding, context.projects),
      projects: context.projects,
      known: knownFor(finding),
      language: context.language,
    });
    // What is published about other versions was never here to be left behind.
    const here = new Set(
      (byPackage.get(packageKey(finding)) ?? []).map((one) => one.dependency?.vulnerability?.id),
    );
    const told = { ...plan, leaves: plan.leaves.filter((id) => here.has(id)) };
    plans.set(finding.id, told);
    return told;
  };
  return { planOf, patch: (all) => patchAll(all, { planOf, knownFor }, context) };
}

type KnownFor = (finding: Finding) => readonly KnownVulnerability[];

/** All vulnerabilities of a finding's package: those that were reported, and those that an upgrade could run into. */
function createKnown(byPackage: ReadonlyMap<string, readonly Finding[]>, context: UpgradeContext): KnownFor {
  const kept = new Map<string, readonly KnownVulnerability[]>();
  return (finding) => {
    const key = packageKey(finding);
    const before = kept.get(key);
    if (before !== undefined) return before;
    const reported = byPackage.get(key) ?? [];
    const names = new Set(
      reported.flatMap(({ dependency }) => {
        const { id = null, aliases = [] } = dependency?.vulnerability ?? {};
        return id === null ? [] : [id, ...aliases];
      }),
    );
    const known = [
      ...reported.flatMap((one) => knownOf(one, context.known)),
      ...context.published(finding).filter(({ id }) => !names.has(id)),
    ];
    kept.set(key, known);
    return known;
  };
}

function packageKey({ dependency }: Finding): string {
  const { project = null, package: named } = dependency ?? {};
  const family = named?.ecosystem == null ? '' : ecosystemFamily(named.ecosystem);
  return JSON.stringify([project, family, normaliseName(family, named?.name ?? '')]);
}

function projectOf(
  { dependency }: Finding,
  projects: readonly DependencyProject[],
): DependencyProject | null {
  const { project = null, package: named } = dependency ?? {};
  if (project === null || named?.ecosystem == null) return null;
  const family = ecosystemFamily(named.ecosystem);
  return projects.find((one) => one.folder === project && one.ecosystem === family) ?? null;
}

function knownOf(finding: Finding, look: AffectedLook): KnownVulnerability[] {
  const { vulnerability } = finding.dependency ?? {};
  if (vulnerability == null) return [];
  const affected = look(finding);
  const { id, fixedIn } = vulnerability;
  return affected.length === 0
    ? [{ id, fixedIn, affected: null }]
    : affected.map((one) => ({ id, fixedIn, affected: one }));
}

async function patchAll(
  findings: readonly PatchedFinding[],
  parts: { readonly planOf: Upgrades['planOf']; readonly knownFor: KnownFor },
  context: UpgradeContext,
): Promise<readonly PatchedFinding[]> {
  const patched: PatchedFinding[] = [];
  for (const finding of findings) {
    const patch = context.world.signal.aborted ? null : await patchOf(finding, parts, context);
    patched.push(patch === null ? finding : { ...finding, patch });
  }
  return patched;
}

async function patchOf(
  finding: PatchedFinding,
  { planOf, knownFor }: { readonly planOf: Upgrades['planOf']; readonly knownFor: KnownFor },
  { projects, world, language }: UpgradeContext,
): Promise<Patch | null> {
  if (finding.kind !== 'sca' || !finding.inScope || finding.verdict?.label === 'false_positive') return null;
  const [plan, project] = [planOf(finding), projectOf(finding, projects)];
  if (plan === null || plan.kind === 'none' || project === null || finding.dependency === undefined)
    return null;
  await world.breathe();
  return mendManifest({
    plan,
    project,
    dependency: finding.dependency,
    workspace: world.workspace,
    known: knownFor(finding),
    language,
  });
}
