// Parses one file and lowers it; the syntax tree is freed before anybody sees the result.
import type { Node, Parser } from 'web-tree-sitter';
import type { Language } from '../languages.ts';
import type { LineRange, LoweredFile } from '../source-unit.ts';
import { C } from './c.ts';
import { CSHARP } from './csharp.ts';
import { GO } from './go.ts';
import { JAVA } from './java.ts';
import { JAVASCRIPT } from './javascript.ts';
import { codeChildren, isComment, Lowerer, type LoweringTables } from './lowerer.ts';
import { PHP } from './php.ts';
import { PYTHON } from './python.ts';
import { RUBY } from './ruby.ts';

const TABLES: Readonly<Record<Language, LoweringTables>> = {
  java: JAVA,
  javascript: JAVASCRIPT,
  typescript: JAVASCRIPT,
  tsx: JAVASCRIPT,
  python: PYTHON,
  go: GO,
  c: C,
  cpp: C,
  php: PHP,
  ruby: RUBY,
  csharp: CSHARP,
};

/** The parser reports progress every hundred or so steps; counting reports instead of time keeps results the same on every machine. */
const MAX_PROGRESS_REPORTS = 2_000_000;

/** Null when the parser gave up. */
export function lowerFile(parser: Parser, language: Language, text: string): LoweredFile | null {
  let reports = 0;
  const tree = parser.parse(text, null, { progressCallback: () => ++reports > MAX_PROGRESS_REPORTS });
  if (tree === null) {
    parser.reset();
    return null;
  }
  try {
    const root = tree.rootNode;
    const lowerer = new Lowerer(TABLES[language]);
    const body = lowerer.statements(codeChildren(root));
    const marks = { errors: [] as LineRange[], comments: [] as { start: number; end: number }[] };
    collectMarks(root, marks, root.hasError, 0);
    return {
      module: { imports: lowerer.imports, stars: lowerer.stars, macros: lowerer.macros, body },
      functions: lowerer.functions,
      classes: lowerer.classes,
      ...marks,
    };
  } finally {
    tree.delete();
  }
}

function collectMarks(
  node: Node,
  marks: { errors: LineRange[]; comments: { start: number; end: number }[] },
  withErrors: boolean,
  depth: number,
): void {
  if (depth > 400) {
    marks.errors.push({ startLine: node.startPosition.row + 1, endLine: node.endPosition.row + 1 });
    return;
  }
  for (const child of withErrors && node.hasError ? node.children : node.namedChildren) {
    if (isComment(child)) marks.comments.push({ start: child.startIndex, end: child.endIndex });
    else if (child.isError || child.isMissing) {
      marks.errors.push({ startLine: child.startPosition.row + 1, endLine: child.endPosition.row + 1 });
    }
    if (child.childCount > 0) collectMarks(child, marks, withErrors, depth + 1);
  }
}
