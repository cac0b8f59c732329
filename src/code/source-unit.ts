// One source file, understood as far as syntax goes: what the other rooms ask of a file.
import type { Phrase } from '../domain/phrase.ts';
import type {
  Argument,
  CallExpression,
  ClassDefinition,
  Expression,
  FunctionDefinition,
  Import,
  Module,
  Span,
  Statement,
} from './ir.ts';
import type { Language } from './languages.ts';
import { walkStatements } from './walk-ir.ts';

/** Why a file is not understood. */
export interface UnitFailure {
  readonly kind: 'failure';
  readonly reason: 'missing' | 'unknown language' | 'too large' | 'not parsed';
  /** One sentence. */
  readonly why: Phrase;
}

/** A stretch of lines that the grammar did not understand. */
export interface LineRange {
  readonly startLine: number;
  readonly endLine: number;
}

export interface LoweredFile {
  readonly module: Module;
  readonly functions: readonly FunctionDefinition[];
  readonly classes: readonly ClassDefinition[];
  readonly errors: readonly LineRange[];
  /** Offsets of comments, ascending. */
  readonly comments: readonly { readonly start: number; readonly end: number }[];
}

/** A call with the names of its callee as this file's imports resolve them. */
export interface CallSite {
  readonly call: CallExpression;
  /** As written, without white space. */
  readonly callee: string;
  /** Resolved through imports, or null when its root is no imported name. */
  readonly path: string | null;
  readonly receiver: Expression | null;
  readonly arguments: readonly Argument[];
}

export class SourceUnit {
  readonly kind = 'unit';
  readonly path: string;
  readonly language: Language;
  readonly text: string;
  readonly lines: readonly string[];
  readonly module: Module;
  readonly functions: readonly FunctionDefinition[];
  readonly classes: readonly ClassDefinition[];
  readonly errors: readonly LineRange[];
  readonly comments: LoweredFile['comments'];
  /** What runs when the file is loaded, as a function. */
  readonly topLevel: FunctionDefinition;
  readonly #imports: ReadonlyMap<string, Import>;
  #calls: readonly CallExpression[] | null = null;

  constructor(path: string, language: Language, text: string, lowered: LoweredFile) {
    this.path = path;
    this.language = language;
    this.text = text;
    this.lines = text.split(/\r?\n/);
    this.module = lowered.module;
    this.functions = [...lowered.functions].sort(
      (a, b) => a.span.start - b.span.start || b.span.end - a.span.end,
    );
    this.classes = lowered.classes;
    this.errors = lowered.errors;
    this.comments = lowered.comments;
    this.#imports = new Map(lowered.module.imports.map((entry) => [entry.local, entry]));
    this.topLevel = moduleFunction(text, this.lines, lowered.module.body);
  }

  get imports(): readonly Import[] {
    return this.module.imports;
  }

  importOf(local: string): Import | null {
    return this.#imports.get(local) ?? null;
  }

  /** The innermost function that holds all of the lines; lambdas count only when `lambdas` is true. */
  functionAt(startLine: number, endLine = startLine, lambdas = true): FunctionDefinition | null {
    let found: FunctionDefinition | null = null;
    for (const candidate of this.functions) {
      const { span } = candidate;
      if (span.line > startLine || span.endLine < endLine) continue;
      if (!lambdas && candidate.kind === 'lambda') continue;
      if (found === null || span.end - span.start <= found.span.end - found.span.start) found = candidate;
    }
    return found;
  }

  /** Calls that touch the lines, in source order, outer ones first. */
  callsOn(startLine: number, endLine = startLine): readonly CallSite[] {
    this.#calls ??= collectCalls(this.module.body, this.functions);
    return this.#calls
      .filter(({ span }) => span.line <= endLine && span.endLine >= startLine)
      .map((call) => ({
        call,
        callee: this.textOf(call.callee.span).replace(/\s+/g, ''),
        path: this.resolvePath(call.callee),
        receiver: call.callee.kind === 'member' ? call.callee.object : null,
        arguments: call.arguments,
      }));
  }

  /** The import path of a name or member chain (`sp.run` → `subprocess.run`), or null when its root is not imported. */
  resolvePath(expression: Expression): string | null {
    if (expression.kind === 'name') return this.#imports.get(expression.name)?.path ?? null;
    if (expression.kind !== 'member') return null;
    const root = this.resolvePath(expression.object);
    return root === null ? null : `${root}.${expression.name}`;
  }

  textOf(span: Span): string {
    return this.text.slice(span.start, span.end);
  }

  hasErrorBetween(startLine: number, endLine: number): boolean {
    return this.errors.some((range) => range.startLine <= endLine && range.endLine >= startLine);
  }
}

function collectCalls(
  body: readonly Statement[],
  functions: readonly FunctionDefinition[],
): CallExpression[] {
  const calls = new Set<CallExpression>();
  const visitor = {
    expression: (node: Expression) => {
      if (node.kind === 'call') calls.add(node);
    },
  };
  walkStatements(body, visitor);
  for (const definition of functions) walkStatements(definition.body, visitor);
  return [...calls].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
}

function moduleFunction(
  text: string,
  lines: readonly string[],
  body: readonly Statement[],
): FunctionDefinition {
  return {
    name: '',
    kind: 'module',
    parameters: [],
    body,
    annotations: [],
    ownsAssigned: true,
    span: {
      start: 0,
      end: text.length,
      line: 1,
      column: 1,
      endLine: lines.length,
      endColumn: (lines.at(-1)?.length ?? 0) + 1,
    },
  };
}
