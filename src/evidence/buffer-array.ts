// Which array a name stands for at a place, and how large it is, when the file says so beyond doubt.
import type { FunctionDefinition, Span, Statement } from '../code/ir.ts';
import type { SourceUnit } from '../code/source-unit.ts';
import { partsOfStatement, walkStatements } from '../code/walk-ir.ts';
import { measureLiteral } from './buffer-literal.ts';
import { codeOf, evaluateSize, type Size } from './buffer-size.ts';

/** An array variable whose storage is the variable itself. */
export interface BufferArray {
  readonly name: string;
  readonly span: Span;
  /** Elements take one byte: `char` and its relatives. */
  readonly isBytes: boolean;
  /** In bytes; null when the size is not known or elements are no bytes. `sizeof` still gives it. */
  readonly size: number | null;
  /** The declaration, and the macros its size comes from. */
  readonly spans: readonly Span[];
  /** Its size as written, for the reader. */
  readonly extent: string;
  /** Its first content, as written; null when there is none. */
  readonly initial: string | null;
}

const BYTE_TYPES: ReadonlySet<string> = new Set([
  'char',
  'unsigned char',
  'signed char',
  'const char',
  'const unsigned char',
  'const signed char',
  'uint8_t',
  'int8_t',
]);

interface Declared {
  readonly statement: Extract<Statement, { kind: 'declare' }>;
  /** Where the name is known: its block. */
  readonly region: Span;
}

/** The array that `name` is at `at`; null unless exactly one declaration can be meant, and it is a plain array. */
export function findArray(
  unit: SourceUnit,
  within: FunctionDefinition,
  name: string,
  at: Span,
): BufferArray | null {
  if (unit.module.macros.includes(name) || isDeclaredByMacro(unit, within, name)) return null;
  const declared = visibleDeclaration(unit, within, name, at);
  return declared === null ? null : readArray(unit, declared.statement);
}

/** Whether a function or the file declares a variable of that name: then it is no function of a library. */
export function isVariable(unit: SourceUnit, within: FunctionDefinition, name: string): boolean {
  return allDeclarations(within.body, name) > 0 || allDeclarations(unit.module.body, name) > 0;
}

/** The arrays declared on the lines, in a function. */
export function arraysAt(
  unit: SourceUnit,
  within: FunctionDefinition,
  startLine: number,
  endLine: number,
): readonly BufferArray[] {
  return declarationsIn(within.body, within.span).flatMap(({ statement, region }) => {
    const { line } = statement.span;
    if (!statement.isArray || line < startLine || line > endLine) return [];
    const after = { ...region, start: Math.max(region.end - 1, statement.span.end) };
    const array = findArray(unit, within, statement.name, after);
    return array === null ? [] : [array];
  });
}

/** The one declaration of a name that a place in the function can mean. */
export function visibleDeclaration(
  unit: SourceUnit,
  within: FunctionDefinition,
  name: string,
  at: Span,
): Declared | null {
  if (within.kind === 'module' || within.parameters.some((parameter) => parameter.name === name)) return null;
  if (isNamedOtherwise(unit, within, name)) return null;
  const local = allDeclarations(within.body, name);
  const [only] = declarationsIn(within.body, within.span).filter(({ statement }) => statement.name === name);
  if (local > 0) {
    if (local > 1 || only === undefined) return null;
    const isVisible =
      only.statement.span.end <= at.start && only.region.start <= at.start && at.start < only.region.end;
    return isVisible ? only : null;
  }
  return fileDeclaration(unit, within, name, at);
}

/** Arrays of the file itself: declared once, at its top, and never in an `#if`. C++ has namespaces and fields between. */
function fileDeclaration(
  unit: SourceUnit,
  within: FunctionDefinition,
  name: string,
  at: Span,
): Declared | null {
  if (unit.language !== 'c' || within.kind !== 'function' || unit.errors.length > 0) return null;
  const header = codeOf(unit).slice(within.span.start, within.span.end).split('{', 1)[0] ?? '';
  if (hasWord(header, name) || allDeclarations(unit.module.body, name) !== 1) return null;
  const statement = unit.module.body.find(
    (candidate) => candidate.kind === 'declare' && candidate.name === name,
  );
  return statement?.kind === 'declare' && statement.span.end <= at.start
    ? { statement, region: unit.topLevel.span }
    : null;
}

function readArray(unit: SourceUnit, statement: Declared['statement']): BufferArray | null {
  const { name, span, type } = statement;
  const code = codeOf(unit);
  if (!statement.isArray || /\b(extern|typedef|__attribute__|alignas)\b/.test(prefixOf(code, span.start)))
    return null;
  const match = /^([A-Za-z_]\w*)\s*\[([^[\]]*)\]\s*(?:=([\s\S]*))?$/.exec(code.slice(span.start, span.end));
  if (match === null || match[1] !== name) return null;
  const [, , extent = '', initial = null] = match;
  const isBytes =
    type !== null &&
    BYTE_TYPES.has(type) &&
    !unit.module.macros.some((macro) => type.split(' ').includes(macro));
  const known: Size | null =
    extent.trim() === '' ? initialSize(initial) : evaluateSize(unit, extent, span, () => null);
  if (extent.trim() === '' && initial === null) return null;
  return {
    name,
    span,
    isBytes,
    size: isBytes && known !== null && known.value > 0 ? known.value : null,
    spans: [span, ...(known?.spans ?? [])],
    extent: extent.trim(),
    initial: initial?.trim() ?? null,
  };
}

/** `char x[] = "abc"` has the literal's bytes and its zero. */
function initialSize(initial: string | null): Size | null {
  const measured = initial === null ? null : measureLiteral(initial.trim());
  return measured === null || measured.most !== measured.least
    ? null
    : { value: measured.least + 1, spans: [] };
}

function prefixOf(code: string, start: number): string {
  return /[^;{}]*$/.exec(code.slice(Math.max(0, start - 400), start))?.[0] ?? '';
}

/** Declarations with their blocks; those of nested functions are not among them. */
function declarationsIn(statements: readonly Statement[], region: Span): readonly Declared[] {
  return statements.flatMap((statement): readonly Declared[] => {
    if (statement.kind === 'declare') return [{ statement, region }];
    if (statement.kind === 'function' || statement.kind === 'class') return [];
    return declarationsIn(partsOfStatement(statement).statements, statement.span);
  });
}

/** How often a name is declared below: as a variable, parameter, loop or catch variable, in nested functions too. */
function allDeclarations(body: readonly Statement[], name: string): number {
  let count = 0;
  walkStatements(body, {
    statement(statement) {
      // `auto [a, b]` declares several names.
      if (statement.kind === 'declare' && (statement.name === name || isAmong(statement.name, name))) count++;
      if (
        statement.kind === 'foreach' &&
        statement.targets.some((one) => one.kind === 'name' && one.name === name)
      )
        count++;
      if (statement.kind === 'try' && statement.catches.some((one) => one.name === name)) count++;
    },
    expression(node) {
      if (node.kind === 'lambda' && node.definition.parameters.some((one) => one.name === name)) count++;
    },
    // At the top of a file, what functions declare is their own.
    function: (definition) => definition.kind === 'lambda',
  });
  return count;
}

/** Local types, prototypes, enumerations and what was not understood may give the name another meaning. */
function isNamedOtherwise(unit: SourceUnit, within: FunctionDefinition, name: string): boolean {
  let found = false;
  const code = codeOf(unit);
  const mentions = (span: Span): boolean => hasWord(code.slice(span.start, span.end), name);
  walkStatements(within.body, {
    statement(statement) {
      if (statement.kind === 'nothing' && statement.what === 'type' && mentions(statement.span)) found = true;
      if (statement.kind === 'unknown' && mentions(statement.span)) found = true;
      if (statement.kind === 'function' || statement.kind === 'class') found ||= mentions(statement.span);
      // `text * name;` may be a declaration.
      const inner = statement.kind === 'expression' ? statement.expression : null;
      if (inner?.kind === 'binary' && inner.right.kind === 'name' && inner.right.name === name) found = true;
    },
  });
  return found;
}

/** `DECLARE(name)`: what a macro makes of the name is not known. */
function isDeclaredByMacro(unit: SourceUnit, within: FunctionDefinition, name: string): boolean {
  let found = false;
  walkStatements(within.body, {
    expression(node) {
      if (node.kind !== 'call' || node.callee.kind !== 'name') return;
      const callee = node.callee.name;
      const isMacro = unit.module.macros.includes(callee) || /^[A-Z_][A-Z0-9_]*$/.test(callee);
      if (isMacro && hasWord(unit.textOf(node.span), name)) found = true;
    },
  });
  return found;
}

function isAmong(declared: string, name: string): boolean {
  return !/^\w+$/.test(declared) && hasWord(declared, name);
}

function hasWord(text: string, name: string): boolean {
  return new RegExp(`\\b${name.replace(/\$/g, '\\$')}\\b`).test(text);
}
