// Builds findings with fixes for tests of the patch room: a fix is said as "this text becomes that text".
import { PackageAssets } from '#adapters/local/package-assets.ts';
import type { ProposedFix } from '#domain/finding.ts';
import type { ReviewDiff, ReviewFile } from '#domain/review-diff.ts';
import type { JudgedFinding, PatchedFinding } from '#domain/verdict.ts';
import type { Workspace } from '#ports/workspace.ts';
import { patchFindings } from '../../src/app/patch-findings.ts';
import { aJudgedFinding, aPolicy } from '../doubles/judged-finding.ts';
import { createMemoryWorkspace } from '../doubles/memory-workspace.ts';
import { createMemoryWorld } from '../doubles/memory-world.ts';

export const assets = new PackageAssets();

/** From one text to another, at its first place; '' stands for the very start of the file. */
export type Swap = readonly [from: string, to: string];

function position(text: string, offset: number): { readonly line: number; readonly column: number } {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}

export function fixOf(path: string, text: string, swaps: readonly Swap[]): ProposedFix {
  return {
    tool: 'scanner',
    description: 'Mends it',
    replacements: swaps.map(([from, to]) => {
      const offset = text.indexOf(from);
      if (offset < 0) throw new Error(`not in the text: ${from}`);
      const start = position(text, offset);
      const end = position(text, offset + from.length);
      return {
        insertedText: to,
        location: {
          ...{
            path,
            startLine: start.line,
            startColumn: start.column,
            endLine: end.line,
            endColumn: end.column,
          },
          ...{ resolved: true, why: null },
        },
      };
    }),
  };
}

export interface FixCase {
  readonly path: string;
  readonly text: string;
  readonly swaps: readonly Swap[];
  readonly cwe?: readonly number[];
  readonly reviewDiff?: ReviewDiff | null;
  readonly line?: number;
  readonly workspace?: Workspace;
  readonly language?: 'en' | 'zh-CN';
}

export function findingWith({ path, text, swaps, cwe, line }: FixCase): JudgedFinding {
  const fix = fixOf(path, text, swaps);
  const at = line ?? fix.replacements[0]?.location.startLine ?? 1;
  return aJudgedFinding({
    cwe: cwe ?? [20],
    location: {
      path,
      startLine: at,
      startColumn: null,
      endLine: at,
      endColumn: null,
      resolved: true,
      why: null,
    },
    fixes: [fix],
  });
}

/** A change that shows lines `from` to `to` of the file, all of them added. */
export function diffShowing(path: string, from: number, to: number): ReviewDiff {
  const newLines = to - from + 1;
  const file: ReviewFile = {
    ...{ status: 'modified', oldPath: path, newPath: path },
    hunks: [
      {
        oldStart: from,
        oldLines: 0,
        newStart: from,
        newLines,
        marks: '+'.repeat(newLines),
        newlineMissing: false,
      },
    ],
  };
  return { files: [file], complete: true };
}

export async function patchAll(
  findings: readonly JudgedFinding[],
  workspace: Workspace,
  reviewDiff: ReviewDiff | null = null,
  language: 'en' | 'zh-CN' = 'en',
): Promise<readonly PatchedFinding[]> {
  const world = { ...createMemoryWorld({}, {}), assets, workspace };
  return patchFindings(findings, { policy: aPolicy({ language }), reviewDiff, world });
}

export async function patchOne(one: FixCase): Promise<PatchedFinding> {
  const { path, text } = one;
  const shown = one.reviewDiff === undefined ? diffShowing(path, 1, text.split('\n').length) : one.reviewDiff;
  const workspace = one.workspace ?? createMemoryWorkspace({ [path]: text });
  const [patched] = await patchAll([findingWith(one)], workspace, shown, one.language);
  if (patched === undefined) throw new Error('the finding was lost');
  return patched;
}
