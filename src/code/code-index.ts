// The run's understanding of its source files: each is read and parsed when somebody first asks for it, and once as long as it is kept.
import { type Phrase, phrase } from '../domain/phrase.ts';
import type { Assets } from '../ports/assets.ts';
import type { Workspace } from '../ports/workspace.ts';
import { RepositoryResources } from './config/resources.ts';
import { GrammarLoader } from './grammar-loader.ts';
import { detectLanguage, type Language } from './languages.ts';
import { lowerFile } from './lower/lower-file.ts';
import { filesByName, mayExtend, RepositoryProgram } from './program.ts';
import { familyOf, REPOSITORY_LIMITS, RepositoryFiles } from './repository-files.ts';
import { SourceUnit, type UnitFailure } from './source-unit.ts';

const MAX_BYTES = 2 * 1024 * 1024;
const MAX_LINE_LENGTH = 50_000;
/** Source text kept understood at a time, in UTF-16 code units: its IR takes about ten times that in memory. */
const KEPT_TEXT = 48 * 1024 * 1024;

export interface CodeIndex {
  unit(path: string): Promise<SourceUnit | UnitFailure>;
  /** What evaluations may look into besides the file at hand. */
  program(): Promise<RepositoryProgram>;
  /** The innermost named function around a line, or null outside of one or where the file is not understood. */
  functionAt(
    path: string,
    line: number,
  ): Promise<{ readonly startLine: number; readonly endLine: number } | null>;
}

export function createCodeIndex(workspace: Workspace, assets: Assets): CodeIndex {
  const grammars = new GrammarLoader(assets);
  const units = new Map<string, Promise<SourceUnit | UnitFailure>>();
  const kept = new Map<string, number>();
  let keptText = 0;
  const keep = (path: string, found: SourceUnit | UnitFailure): SourceUnit | UnitFailure => {
    kept.set(path, found.kind === 'unit' ? found.text.length : 0);
    keptText += kept.get(path) ?? 0;
    for (const [oldest, length] of kept) {
      if (keptText <= KEPT_TEXT || oldest === path) break;
      kept.delete(oldest);
      units.delete(oldest);
      keptText -= length;
    }
    return found;
  };
  const unit = (path: string): Promise<SourceUnit | UnitFailure> => {
    let known = units.get(path);
    if (known === undefined) {
      known = readUnit(path, workspace, grammars).then((found) => keep(path, found));
      units.set(path, known);
    }
    return known;
  };
  let program: Promise<RepositoryProgram> | null = null;
  const index: CodeIndex = {
    unit,
    program() {
      program ??= workspace.files().then((paths) => {
        const files = new RepositoryFiles(workspace, REPOSITORY_LIMITS);
        const filesExtending = async (name: string, near: string): Promise<readonly string[] | null> => {
          const family = familyOf(near);
          const pattern = mayExtend(name);
          const found: string[] = [];
          const { paths, isWhole } =
            family === null ? { paths: [], isWhole: true } : await files.filesWith(family, name);
          if (!isWhole) return null;
          for (const path of paths) {
            const read = await workspace.read(path);
            if (read.kind === 'text' && pattern.test(read.text)) found.push(path);
          }
          return found;
        };
        const resources = new RepositoryResources(paths, async (path) => {
          const read = await workspace.read(path);
          return read.kind === 'text' ? read.text : null;
        });
        return new RepositoryProgram({ unit, filesExtending }, filesByName(paths), resources);
      });
      return program;
    },
    async functionAt(path, line) {
      const found = await unit(path);
      if (found.kind === 'failure') return null;
      const definition = found.functionAt(line, line, false);
      return definition === null
        ? null
        : { startLine: definition.span.line, endLine: definition.span.endLine };
    },
  };
  return index;
}

async function readUnit(
  path: string,
  workspace: Workspace,
  grammars: GrammarLoader,
): Promise<SourceUnit | UnitFailure> {
  const read = await workspace.read(path);
  if (read.kind === 'missing') return failure('missing', phrase`The file is not in the repository.`);
  if (read.kind === 'refused') return failure('missing', phrase`The file was not read: ${read.why}.`);
  const language = detectLanguage(path, read.text);
  if (language === null)
    return failure('unknown language', phrase`Assay does not know the language of this file.`);
  const oversize = findOversize(read.text, read.bytes);
  if (oversize !== null) return failure('too large', oversize);
  return parseUnit(path, language, read.text, grammars);
}

async function parseUnit(
  path: string,
  language: Language,
  text: string,
  grammars: GrammarLoader,
): Promise<SourceUnit | UnitFailure> {
  const lowered = lowerFile(await grammars.parserFor(language), language, text);
  if (lowered === null) return failure('not parsed', phrase`The parser gave up on this file.`);
  return new SourceUnit(path, language, text, lowered);
}

function findOversize(text: string, bytes: number): Phrase | null {
  if (bytes > MAX_BYTES)
    return phrase`The file has ${bytes} bytes; files above ${MAX_BYTES} are not analysed.`;
  let start = 0;
  while (start < text.length) {
    const end = text.indexOf('\n', start);
    const length = (end < 0 ? text.length : end) - start;
    if (length > MAX_LINE_LENGTH)
      return phrase`A line has ${length} characters; lines above ${MAX_LINE_LENGTH} are not analysed.`;
    if (end < 0) break;
    start = end + 1;
  }
  return null;
}

function failure(reason: UnitFailure['reason'], why: Phrase): UnitFailure {
  return { kind: 'failure', reason, why };
}
