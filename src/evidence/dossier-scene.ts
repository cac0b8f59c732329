// What every slice of a dossier starts from: the finding's file, the function around the place, and the names that matter there.
import type { Case } from '#domain/evidence.ts';
import { markOutside } from '#support/mark-outside.ts';
import type { CodeIndex } from '../code/code-index.ts';
import { type EnclosingFunction, enclosingFunction } from '../code/enclosing-function.ts';
import type { RepositoryIndex } from '../code/repository-index.ts';
import type { SourceUnit } from '../code/source-unit.ts';
import { type CallAt, type SyntaxAt, syntaxAt } from '../code/syntax-at.ts';
import { namesOfPlace } from './names-of-place.ts';

/** "function `find`", or "a function without a name". */
export function functionTitle(name: string): string {
  return name === '' ? 'a function without a name' : `function ${markOutside(name, 60)}`;
}

export interface DossierScene {
  readonly theCase: Case;
  readonly code: CodeIndex;
  readonly repository: RepositoryIndex;
  readonly path: string;
  /** The reported lines, within the file. */
  readonly startLine: number;
  readonly endLine: number;
  readonly lines: readonly string[];
  /** Null where the file is not understood. */
  readonly unit: SourceUnit | null;
  /** Null outside of any function. */
  readonly around: EnclosingFunction | null;
  /** What stands in that function, or at the place when there is none. */
  readonly syntax: SyntaxAt | null;
  /** Variables, fields and constants that the place uses, and those that they are made of in the function. */
  readonly names: ReadonlySet<string>;
  /** Names of the guards before the place that are none of these. */
  readonly guardNames: ReadonlySet<string>;
  /** Calls in those guards. */
  readonly guardCalls: readonly CallAt[];
  /** Calls at the place, and those whose results get there through such names. */
  readonly calls: readonly CallAt[];
}

/** Lines of a file, understood or not; null when it cannot be read. */
export async function linesOf(
  path: string,
  { code, repository }: Pick<DossierScene, 'code' | 'repository'>,
): Promise<readonly string[] | null> {
  const unit = await code.unit(path);
  return unit.kind === 'unit' ? unit.lines : repository.lines(path);
}

/** Null when the place is not in the repository. */
export async function openScene(
  theCase: Case,
  context: Pick<DossierScene, 'code' | 'repository'>,
): Promise<DossierScene | null> {
  const { location } = theCase.finding;
  if (!location.resolved) return null;
  const lines = await linesOf(location.path, context);
  if (lines === null) return null;
  const read = await context.code.unit(location.path);
  const unit = read.kind === 'unit' ? read : null;
  const startLine = Math.min(Math.max(location.startLine, 1), lines.length);
  const endLine = Math.min(Math.max(location.endLine, startLine), lines.length, startLine + 30);
  const around = unit === null ? null : enclosingFunction(unit, startLine, endLine);
  const syntax =
    unit === null
      ? null
      : syntaxAt(unit, around?.span.line ?? startLine - 20, around?.span.endLine ?? endLine);
  return {
    theCase,
    ...context,
    path: location.path,
    startLine,
    endLine,
    lines,
    unit,
    around,
    syntax,
    ...namesOfPlace(syntax, startLine, endLine),
  };
}
