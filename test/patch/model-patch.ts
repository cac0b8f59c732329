// Asks a scripted model for patches in tests of the patch room: an edit is said as "this text becomes that text".
import type { PatchRefusal } from '#domain/patch.ts';
import type { ReviewDiff } from '#domain/review-diff.ts';
import type { JudgedFinding, PatchedFinding } from '#domain/verdict.ts';
import type { Workspace } from '#ports/workspace.ts';
import { patchFindings } from '../../src/app/patch-findings.ts';
import type { AskForPatch, PatchIdea } from '../../src/patch/ask-for-patches.ts';
import type { ModelEdit } from '../../src/patch/patch-answer.ts';
import { aJudgedFinding, aPolicy } from '../doubles/judged-finding.ts';
import { createMemoryWorkspace } from '../doubles/memory-workspace.ts';
import { createMemoryWorld } from '../doubles/memory-world.ts';
import { assets, diffShowing } from './scanner-fix.ts';

export const MODEL = 'openai-compatible/tiny';
export const NONE: PatchIdea = { kind: 'none' };

export interface ModelCase {
  readonly name: string;
  readonly path: string;
  readonly text: string;
  readonly swaps: readonly (readonly [old: string, now: string])[];
  /** The file that the edits name; the finding's own when it is left out. */
  readonly file?: string;
  readonly why?: string;
  /** The finding's line; that of the first old text when it is left out. */
  readonly line?: number;
  readonly cwe?: readonly number[];
  readonly reviewDiff?: ReviewDiff | null;
  readonly workspace?: Workspace;
}

function editsOf({ path, file, swaps }: Pick<ModelCase, 'path' | 'file' | 'swaps'>): readonly ModelEdit[] {
  return swaps.map(([old, now]) => ({ file: file ?? path, old, new: now }));
}

export function ideaOf(one: Pick<ModelCase, 'path' | 'file' | 'swaps' | 'why'>): PatchIdea {
  return { kind: 'edits', edits: editsOf(one), why: one.why ?? 'It mends the weakness.', model: MODEL };
}

export function findingAt(path: string, line: number, over: Partial<JudgedFinding> = {}): JudgedFinding {
  const place = { startLine: line, endLine: line, startColumn: null, endColumn: null };
  return aJudgedFinding({ cwe: [20], location: { path, ...place, resolved: true, why: null }, ...over });
}

export async function patchWith(
  findings: readonly JudgedFinding[],
  ask: AskForPatch,
  options: {
    readonly workspace: Workspace;
    readonly reviewDiff?: ReviewDiff | null;
    readonly language?: 'en' | 'zh-CN';
    readonly signal?: AbortSignal;
  },
): Promise<readonly PatchedFinding[]> {
  const { workspace, reviewDiff = null, language = 'en', signal } = options;
  const made = createMemoryWorld({}, {});
  const world = { ...made, assets, workspace, signal: signal ?? made.signal };
  return patchFindings(findings, { policy: aPolicy({ language }), reviewDiff, world, ask });
}

/** What becomes of the first idea; the second time the model has none. `asked` holds the reasons of each time. */
export async function tryCase(
  one: ModelCase,
): Promise<{ readonly patched: PatchedFinding; readonly asked: readonly (readonly PatchRefusal[])[] }> {
  const { path, text } = one;
  const first = text.replaceAll('\r\n', '\n').indexOf(one.swaps[0]?.[0] ?? '');
  const line = one.line ?? text.replaceAll('\r\n', '\n').slice(0, Math.max(first, 0)).split('\n').length;
  const asked: (readonly PatchRefusal[])[] = [];
  const [patched] = await patchWith(
    [findingAt(path, line, { cwe: one.cwe ?? [20] })],
    async (_finding, refused) => {
      asked.push(refused);
      return refused.length === 0 ? ideaOf(one) : NONE;
    },
    {
      workspace: one.workspace ?? createMemoryWorkspace({ [path]: text }),
      reviewDiff:
        one.reviewDiff === undefined ? diffShowing(path, 1, text.split('\n').length) : one.reviewDiff,
    },
  );
  if (patched === undefined) throw new Error('the finding was lost');
  return { patched, asked };
}
