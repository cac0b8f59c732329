// Proves an upgrade again that was read from a file which anybody may have written: nothing it says of itself is believed.
import type { DependencyRecord } from '#domain/dependency.ts';
import type { Patch, PatchCheck } from '#domain/patch.ts';
import { phrase, say } from '#domain/phrase.ts';
import type { DependencyProject } from '#domain/project.ts';
import type { Workspace } from '#ports/workspace.ts';
import { readProjects } from '../manifests/read-projects.ts';
import { versionOrder } from '../versions/version-order.ts';
import { sameName } from './brought-in-by.ts';
import { exactText, sha256 } from './exact-text.ts';
import { UPGRADE_PHRASES_ZH_CN } from './phrases-zh-cn.ts';
import { proveUpgrade } from './prove-upgrade.ts';

export interface ReproveUpgradeContext {
  /** The finding's own part; from the same file, so it only says what the edit has to be. */
  readonly dependency: DependencyRecord | undefined;
  /** The files at head. */
  readonly workspace: Pick<Workspace, 'files' | 'read'>;
  readonly language: 'en' | 'zh-CN';
  /** The projects of head, for whoever proves several upgrades over the same files; else they are read. */
  readonly projects?: () => Promise<readonly DependencyProject[]>;
}

export type ReprovedUpgrade =
  | {
      readonly kind: 'proved';
      readonly before: string;
      readonly after: string;
      readonly checks: readonly PatchCheck[];
    }
  /** `why` is a sentence. */
  | { readonly kind: 'refused'; readonly why: string };

/** @param file the bytes of `patch.path` at head, null when it is not there or may not be read */
export async function reproveUpgrade(
  patch: Patch,
  file: Uint8Array | null,
  { dependency, workspace, language, projects }: ReproveUpgradeContext,
): Promise<ReprovedUpgrade> {
  const book = language === 'zh-CN' ? UPGRADE_PHRASES_ZH_CN : null;
  const refused = (why: ReturnType<typeof phrase>) => ({ kind: 'refused', why: say(why, book) }) as const;
  const before = file === null ? null : exactText(file);
  if (file === null || before === null)
    return refused(phrase`The file of the upgrade is not there at head, or is no text.`);
  if (sha256(file) !== patch.before)
    return refused(phrase`The file at head is not the one that the upgrade was made for.`);
  const { package: named, versions, upgrade } = dependency ?? {};
  const ecosystem = named?.ecosystem?.split(':', 1)[0] ?? '';
  if (named === undefined || upgrade == null || upgrade.package === null || upgrade.to === null)
    return refused(phrase`The finding has no upgrade.`);
  if (!sameName(ecosystem, upgrade.package, named.name))
    return refused(phrase`The upgrade is of another package than the finding.`);
  const all = await (projects?.() ?? readProjects(workspace, null));
  const held = lockedVersions(ecosystem, named.name, all);
  if (held?.length === 0) return refused(phrase`The upgrade is of another package than the finding.`);
  const order = versionOrder(ecosystem);
  const { to } = upgrade;
  if (held?.every((version) => order !== null && order.compare(version, to) >= 0) === true)
    return refused(phrase`The edit lowers the version.`);
  const expected = { ecosystem, name: named.name, to: upgrade.to, affected: versions ?? [] };
  const { path, edits } = patch;
  const proof = await proveUpgrade({ path, before, edits, expected, workspace, language });
  if (proof.kind === 'refused') return { kind: 'refused', why: proof.why };
  if (sha256(proof.after) !== patch.after)
    return refused(phrase`The upgrade does not lead to the file that it promises.`);
  return { kind: 'proved', before, after: proof.after, checks: proof.checks };
}

/** What the lock files of head have of the package; null where there is none. The finding may name any package and any version. */
function lockedVersions(
  ecosystem: string,
  name: string,
  projects: readonly DependencyProject[],
): readonly string[] | null {
  const locked = projects.filter((project) => project.ecosystem === ecosystem && project.hasLock);
  if (locked.length === 0) return null;
  return locked.flatMap(({ packages }) =>
    packages.filter((one) => sameName(ecosystem, one.name, name)).map(({ version }) => version),
  );
}
