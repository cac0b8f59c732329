// A plan as the edit of one manifest: text in, edits out; whether they are any good is proved elsewhere.
import type { Upgrade } from '#domain/dependency.ts';
import type { LineEdit } from '#domain/patch.ts';
import type { DependencyProject } from '#domain/project.ts';
import { addOverride } from './add-override.ts';
import { editTargetOf } from './edit-target.ts';
import { lineEdits } from './line-edits.ts';
import { raiseRequirements } from './raise-requirement.ts';
import { isPlainVersion } from './rewrite-constraint.ts';

export interface ManifestEdit {
  readonly path: string;
  /** Never empty. */
  readonly edits: readonly LineEdit[];
}

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Null when no manifest has to be edited, or none can be: the version stands in a program, behind an address, or is shared with
 * packages of others.
 *
 * @param files exact texts by path, at least that of `editTargetOf(plan, project).path`
 */
export function editManifest(
  plan: Upgrade,
  project: DependencyProject,
  files: ReadonlyMap<string, string>,
): ManifestEdit | null {
  const target = editTargetOf(plan, project);
  const { package: name, to } = plan;
  const text = target === null ? undefined : files.get(target.path);
  if (target === null || text === undefined || name === null || to === null) return null;
  if (!isPlainVersion(project.ecosystem, to)) return null;
  const mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
  const plain = text.slice(mark.length);
  const after =
    target.kind === 'raise'
      ? raiseRequirements(project.ecosystem, plain, target.requirements, to)
      : addOverride(target, plain, name, to);
  if (after === null || after === plain) return null;
  return { path: target.path, edits: lineEdits(text, mark + after) };
}
