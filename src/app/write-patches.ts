// The proved patches as files that `git apply` takes: patches/<finding id>.patch in the output folder.
import { createHash } from 'node:crypto';
import { applyEdits, editProblem } from '#domain/apply-edits.ts';
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import { unifiedDiff } from '../patch/unified-diff.ts';
import type { World } from './world.ts';

/** In the output folder. */
export const PATCH_FOLDER = 'patches';

/** Names of the files written. A patch that shows a secret is left out: its file would carry it further. */
export async function writePatches(
  { findings }: ResultDocument,
  world: Pick<World, 'workspace' | 'output' | 'redact' | 'log'>,
): Promise<readonly string[]> {
  const written: string[] = [];
  for (const finding of findings) {
    const text = finding.patch === null ? null : await diffOf(finding.patch, world.workspace);
    if (text === null || world.redact(text) !== text) continue;
    const name = patchFile(finding);
    await world.output.write(name, text);
    written.push(name);
  }
  return written;
}

function patchFile({ id }: Pick<FindingRecord, 'id'>): string {
  return `${PATCH_FOLDER}/${id}.patch`;
}

async function diffOf(
  patch: NonNullable<FindingRecord['patch']>,
  workspace: World['workspace'],
): Promise<string | null> {
  const bytes = await workspace.readBytes(patch.path);
  if (bytes === null) return null;
  const before = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  if (editProblem(before, patch.edits) !== null) return null;
  const after = applyEdits(before, patch.edits);
  const isProved = createHash('sha256').update(after).digest('hex') === patch.after;
  return isProved ? unifiedDiff(patch.path, before, after) : null;
}
