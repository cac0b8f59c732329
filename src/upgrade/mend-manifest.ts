// A plan as a patch that was proved: the manifest is read as it stands, edited, and read again.
import type { DependencyRecord, Upgrade } from '#domain/dependency.ts';
import type { Patch } from '#domain/patch.ts';
import type { DependencyProject } from '#domain/project.ts';
import type { Workspace } from '#ports/workspace.ts';
import { editManifest } from './edit-manifest.ts';
import { editTargetOf } from './edit-target.ts';
import { exactText, sha256 } from './exact-text.ts';
import { hasStill, type KnownVulnerability } from './known-vulnerability.ts';
import { proveUpgrade } from './prove-upgrade.ts';

export interface MendQuestion {
  readonly plan: Upgrade;
  readonly project: DependencyProject;
  readonly dependency: DependencyRecord;
  readonly workspace: Workspace;
  readonly language: 'en' | 'zh-CN';
  /** What the plan was made with; with it, what the new constraint admits is looked at for each of them. */
  readonly known?: readonly KnownVulnerability[];
}

/** Null when no manifest has to be edited, none can be, or the edit does not hold. */
export async function mendManifest(question: MendQuestion): Promise<Patch | null> {
  const { plan, project, workspace, language } = question;
  const target = editTargetOf(plan, project);
  const bytes = target === null ? null : await workspace.readBytes(target.path);
  const before = bytes === null ? null : exactText(bytes);
  if (target === null || bytes === null || before === null || plan.package === null || plan.to === null)
    return null;
  const edit = editManifest(plan, project, new Map([[target.path, before]]));
  if (edit === null) return null;
  const { path, edits } = edit;
  const { ecosystem } = project;
  const expected = { ecosystem, name: plan.package, to: plan.to, affected: affectedVersions(question) };
  const proof = await proveUpgrade({ path, before, edits, expected, workspace, language });
  if (proof.kind === 'refused') return null;
  return {
    path,
    origin: 'upgrade',
    tool: null,
    description: null,
    edits,
    before: sha256(bytes),
    after: sha256(proof.after),
    checks: proof.checks,
  };
}

/** Those that are installed, and those that advisories list one by one or begin a range with. */
function affectedVersions({ dependency, project, known = [], plan }: MendQuestion): readonly string[] {
  const told = known.flatMap(({ affected }) => [
    ...(affected?.versions ?? []),
    ...(affected?.ranges ?? []).flatMap(({ events }) => events.flatMap(({ introduced }) => introduced ?? [])),
  ]);
  const left = known.filter(({ id }) => plan.leaves.includes(id));
  const listed = [...new Set(told)]
    .slice(0, 2_000)
    .filter((version) => version !== '0' && left.some((one) => hasStill(project.ecosystem, one, version)));
  return [...new Set([...dependency.versions, ...listed])];
}
