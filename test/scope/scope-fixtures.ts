// Findings and contexts for the tests of this room.
import type { ChangedFile, Hunk } from '#domain/change.ts';
import type { Finding } from '#domain/finding.ts';
import type { FindingLocation } from '#domain/location.ts';
import type { RawSuppression } from '#domain/report.ts';
import type { ScopeContext } from '#scope/scope-findings.ts';

export const hunk = (oldStart: number, oldLines: number, newStart: number, newLines: number): Hunk => ({
  oldStart,
  oldLines,
  newStart,
  newLines,
});

export function changedFile(
  path: string,
  hunks: readonly Hunk[],
  over: Partial<ChangedFile> = {},
): ChangedFile {
  return { status: 'modified', oldPath: path, newPath: path, binary: false, hunks, ...over };
}

export function at(path: string, startLine: number, endLine = startLine): FindingLocation {
  return { path, startLine, startColumn: null, endLine, endColumn: null, resolved: true, why: null };
}

export function makeFinding(location: FindingLocation, over: Partial<Finding> = {}): Finding {
  const id = `${location.path}:${location.startLine}`;
  return {
    id,
    fingerprints: { 'assay/v1': `content of ${id}`, 'assayPath/v1': `place of ${id}` },
    kind: 'sast',
    ruleId: 'rule',
    tools: [],
    cwe: [89],
    severity: 'high',
    message: 'message',
    location,
    flow: [],
    related: [],
    suppressions: [],
    baselineState: null,
    fixes: [],
    ...over,
  };
}

export function inSource(over: Partial<RawSuppression> = {}): RawSuppression {
  return { kind: 'inSource', status: 'accepted', justification: null, location: null, ...over };
}

/** A context with a base. Functions are `[path, startLine, endLine]`; texts are whole files of head. */
export function makeContext(
  files: readonly ChangedFile[] | null,
  over: Partial<ScopeContext> & {
    readonly functions?: readonly (readonly [path: string, startLine: number, endLine: number])[];
    readonly texts?: Readonly<Record<string, string>>;
  } = {},
): ScopeContext {
  const { functions = [], texts = {}, ...rest } = over;
  return {
    diff: files === null ? null : { files },
    baseline: null,
    asked: 'new',
    functionAt: async (path, line) => {
      const around = functions.filter(([name, start, end]) => name === path && start <= line && line <= end);
      const innermost = around.at(-1);
      return innermost === undefined ? null : { startLine: innermost[1], endLine: innermost[2] };
    },
    lineText: async (path, line) => texts[path]?.split('\n')[line - 1] ?? null,
    acceptExternalSuppressions: false,
    language: 'en',
    ...rest,
  };
}
