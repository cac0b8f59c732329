// The proved patches as files that `git apply` takes, one for all findings with the same: patches/<id of the first>.patch in the output folder.
import { createHash } from 'node:crypto';
import { applyEdits, editProblem } from '#domain/apply-edits.ts';
import type { Patch } from '#domain/patch.ts';
import { PATCH_FOLDER } from '#domain/patch-file.ts';
import type { ResultDocument } from '#domain/result-document.ts';
import { unifiedDiff } from '../patch/unified-diff.ts';
import type { World } from './world.ts';

export interface PreparedPatches {
  /** With the file of each patch that has one. */
  readonly document: ResultDocument;
  /** Texts by name, in the order of the findings. */
  readonly files: ReadonlyMap<string, string>;
}

const IDS_A_LINE = 4;

/** A patch that shows a secret is left out: its file would carry it further. */
export async function preparePatches(
  document: ResultDocument,
  world: Pick<World, 'workspace' | 'redact'>,
): Promise<PreparedPatches> {
  const groups = Map.groupBy(
    document.findings.filter(({ patch }) => patch !== null),
    ({ patch }) => JSON.stringify([patch?.path, patch?.before, patch?.after]),
  );
  const files = new Map<string, string>();
  const names = new Map<string, string>();
  for (const members of groups.values()) {
    const [first] = members;
    const text = first?.patch == null ? null : await diffOf(first.patch, world.workspace);
    if (first === undefined || text === null || world.redact(text) !== text) continue;
    const name = `${PATCH_FOLDER}/${first.id}.patch`;
    files.set(name, headOf(members.map(({ id }) => id)) + text);
    for (const { id } of members) names.set(id, name);
  }
  const findings = document.findings.map((finding) => {
    const file = names.get(finding.id);
    return finding.patch === null || file === undefined
      ? finding
      : { ...finding, patch: { ...finding.patch, file } };
  });
  return { document: { ...document, findings }, files };
}

/** Names of the files written. */
export async function writePatches(
  { files }: Pick<PreparedPatches, 'files'>,
  { output }: Pick<World, 'output'>,
): Promise<readonly string[]> {
  for (const [name, text] of files) await output.write(name, text);
  return [...files.keys()];
}

/** What stands before the first `diff` line is read by nobody but people. */
function headOf(ids: readonly string[]): string {
  if (ids.length < 2) return '';
  const lines = ids.flatMap((_, at) =>
    at % IDS_A_LINE === 0 ? [`  ${ids.slice(at, at + IDS_A_LINE).join(' ')}`] : [],
  );
  return `For ${ids.length} findings:\n${lines.join('\n')}\n\n`;
}

async function diffOf(patch: Patch, workspace: World['workspace']): Promise<string | null> {
  const bytes = await workspace.readBytes(patch.path);
  if (bytes === null) return null;
  const before = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  if (editProblem(before, patch.edits) !== null) return null;
  const after = applyEdits(before, patch.edits);
  const isProved = createHash('sha256').update(after).digest('hex') === patch.after;
  return isProved ? unifiedDiff(patch.path, before, after) : null;
}
