// Calls that keep the last segment of a path (`basename`): how far they answer for a path that somebody else chooses.
//
// What comes out holds no separator of the machine that it runs on, but it may be `..` (Python, Node, PHP, Ruby, Go, Java and C# all
// give `..` for `/..`). So a path leaves its folder by one step at most, and names a folder then. That is harmless only where the
// segment is the last one below something, with nothing behind it that would walk on from `..`, and where the path is opened as a file:
// opening a folder as a file fails. Listing, walking, deleting trees, unpacking and renaming take folders.
import type { CallExpression, Expression } from '../../code/ir.ts';
import { TRAITS } from '../../code/languages.ts';
import type { SourceUnit } from '../../code/source-unit.ts';
import { collectSyntax } from '../../code/syntax-of-file.ts';
import { pathOf } from './known-sanitizers.ts';
import type { CodePlace } from './place-values.ts';

/**
 * By the names of `LanguageTraits.catalog`. Not here: `path.posix.basename` and `path.win32.basename` (Node), `posixpath` and `ntpath`
 * (Python) cut at the separators of one system, wherever they run; names of archive entries carry those of the system that packed them.
 */
const CALLS: Readonly<Record<string, RegExp>> = {
  python: /^os\.path\.basename$/,
  javascript: /^path\.basename$/,
  java: /^org\.apache\.commons\.io\.FilenameUtils\.getName$/,
  php: /^basename$/,
  ruby: /^File\.basename$/,
  go: /^path\/filepath\.Base$/,
  csharp: /^(System\.IO\.)?Path\.GetFileName$/,
};

const PATH_WEAKNESSES: ReadonlySet<number> = new Set([22, 23, 24, 35, 36, 73]);

/** Whether the call keeps the last segment, and paths are all that the finding is about. */
export function keepsLastSegment(unit: SourceUnit, call: CallExpression, cwe: readonly number[]): boolean {
  if (cwe.length === 0 || !cwe.every((one) => PATH_WEAKNESSES.has(one))) return false;
  const path = pathOf(unit, call);
  const { catalog } = TRAITS[unit.language];
  if (path !== null && CALLS[catalog]?.test(path) === true) return true;
  return catalog === 'java' && isNameOfFile(unit, call);
}

/** `new File(x).getName()`. */
function isNameOfFile(unit: SourceUnit, { callee, arguments: given }: CallExpression): boolean {
  if (callee.kind !== 'member' || callee.name !== 'getName' || given.length > 0) return false;
  const { object } = callee;
  return object.kind === 'call' && object.isNew && pathOf(unit, object) === 'java.io.File';
}

/** Where a part stands in the path, or other text, that is made with it. */
export interface Standing {
  /** Something stands before it: a folder. */
  readonly isBelow: boolean;
  /** Something stands behind it, or may, that a folder can be left by. */
  readonly isFollowed: boolean;
}

export const ALONE: Standing = { isBelow: false, isFollowed: false };
/** Nothing is known of where it will stand. */
export const ANYWHERE: Standing = { isBelow: false, isFollowed: true };

/** Where the parts of a text stand that are put together in this order. */
export function standingsOf(
  parts: readonly Expression[],
  around: Standing,
  join: 'text' | 'path',
): readonly Standing[] {
  return parts.map((_, index) => ({
    isBelow: around.isBelow || parts.slice(0, index).some((before) => textOf(before) !== ''),
    isFollowed:
      around.isFollowed ||
      parts.slice(index + 1).some((after) => join === 'path' || /[/\\]/.test(textOf(after) ?? '/')),
  }));
}

function textOf(node: Expression): string | null {
  return node.kind === 'constant' && node.constant.kind === 'string' ? node.constant.value : null;
}

/** Calls that do with a path what only a file lets be done with it. Go's and C#'s `Open` are not here: the first takes folders, too. */
const FILE_CALLS =
  /^(open|fopen|openSync|open[A-Z]\w*File|read_?[fF]ile(Sync)?|write_?[fF]ile(Sync)?|appendFile(Sync)?|create(Read|Write)Stream|unlink(Sync)?|remove|sendFile|send_file|File(Input|Output)Stream|File(Reader|Writer)|RandomAccessFile|new(Input|Output)Stream|newBuffered(Reader|Writer)|readAll(Bytes|Lines)|readString|writeString|(Read|Write|Append)(All)?(File|Text|Bytes|Lines)|OpenRead|OpenWrite|OpenText|Create|file_get_contents|file_put_contents|readfile|include|include_once|require|require_once|read|binread|write|binwrite)$/;

/** Whether every call at the place that takes one of its values opens a file with it. */
export function opensFiles({ unit, values }: CodePlace): boolean {
  const takers = (values ?? []).map((value) =>
    collectSyntax(unit).calls.find(({ node }) =>
      node.arguments.some(
        ({ value: { span } }) => span.start === value.span.start && span.end === value.span.end,
      ),
    ),
  );
  return takers.every((taker) => {
    if (taker === undefined || pathOf(unit, taker.node) === null) return false;
    const { callee } = taker.node;
    return (callee.kind === 'name' || callee.kind === 'member') && FILE_CALLS.test(callee.name);
  });
}
