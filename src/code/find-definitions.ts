// The definitions of a name in one understood file: functions, methods, classes, constants and fields.
import type { FunctionDefinition, Span } from './ir.ts';
import type { SourceUnit } from './source-unit.ts';
import { collectSyntax } from './syntax-of-file.ts';

export type DefinitionKind = 'function' | 'method' | 'class' | 'constant' | 'type';

export interface Definition {
  readonly kind: DefinitionKind;
  readonly name: string;
  /** The class it belongs to; null outside of any. */
  readonly owner: string | null;
  readonly path: string;
  /** 1-based, inclusive; annotations above a function are part of it. */
  readonly startLine: number;
  readonly endLine: number;
}

/** A name as asked for: `clean`, `Washer.clean`, `Washer::clean`, `$limit`, `this.limit`. */
export interface AskedName {
  readonly last: string;
  /** What stands before the last word: only a preference, for nobody knows types. */
  readonly owner: string | null;
}

export function askedName(name: string): AskedName {
  const words = name.split(/[.#]|::|->|\\/).filter((word) => word !== '');
  return { last: plainName(words.at(-1) ?? ''), owner: words.at(-2)?.replace(/^\$/, '') ?? null };
}

function plainName(name: string): string {
  return name.replace(/^[$@&*]+/, '').replace(/\(.*$/, '');
}

/** More only cost time: the first of them are shown. */
const MOST_IN_ONE_FILE = 50;

/** Lines that declare what the lowering does not keep: macros, types, interfaces. */
const DECLARES = String.raw`\b(?:define|type|interface|enum|struct|union|typedef|trait|record|namespace|alias|protocol|attr_\w+)\s+:?`;

export function findDefinitions(unit: SourceUnit, asked: AskedName): readonly Definition[] {
  const isSame = sameName(unit);
  const found: Definition[] = [];
  const add = (kind: DefinitionKind, span: Span, owner: string | null): void => {
    const isInside = found.some(
      ({ startLine, endLine }) => startLine <= span.line && endLine >= span.endLine,
    );
    if (span.line === 0 || isInside || found.length >= MOST_IN_ONE_FILE) return;
    found.push({ kind, name: asked.last, owner, path: unit.path, ...linesOf(unit, span) });
  };
  for (const definition of unit.functions) {
    if (definition.kind === 'lambda' || !isSame(definition.name, asked.last)) continue;
    const owner = ownerOf(unit, definition.span);
    add(owner === null ? 'function' : 'method', definition.span, owner);
  }
  for (const { name, span } of unit.classes)
    if (isSame(name, asked.last)) add('class', span, ownerOf(unit, span, name));
  for (const { target, value, span, isField, within } of collectSyntax(unit).bindings) {
    if (!isSame(plainName(target.slice(target.lastIndexOf('.') + 1)), asked.last)) continue;
    if (value?.kind === 'lambda') add('function', span, ownerOf(unit, span));
    else if (isField || isShared(unit, target, within)) add('constant', span, ownerOf(unit, span));
  }
  if (found.length === 0) addTypes(unit, asked, found);
  return found;
}

/** Names of functions and classes of PHP have no case. */
function sameName(unit: SourceUnit): (a: string, b: string) => boolean {
  if (unit.language === 'php') return (a, b) => plainName(a).toLowerCase() === b.toLowerCase();
  return (a, b) => plainName(a) === b;
}

/** More than one function can see it: what a file, a class body or an object holds. */
function isShared(unit: SourceUnit, target: string, within: FunctionDefinition): boolean {
  if (within.kind === 'module' || within.kind === 'initializer') return true;
  if (/^(this|self|\$this|@)/.test(target)) return true;
  return unit.classes.some(({ methods }) => methods.includes(within) && within.kind === 'lambda');
}

function ownerOf(unit: SourceUnit, span: Span, except?: string): string | null {
  let owner: string | null = null;
  let size = Number.POSITIVE_INFINITY;
  for (const { name, span: around } of unit.classes) {
    const isAround = around.start <= span.start && around.end >= span.end && around.end - around.start < size;
    if (!isAround || (name === except && around.start === span.start)) continue;
    owner = name;
    size = around.end - around.start;
  }
  return owner;
}

function linesOf(unit: SourceUnit, span: Span): { readonly startLine: number; readonly endLine: number } {
  let startLine = span.line;
  while (startLine > 1 && /^\s*(@\w|#\[|\[\w.*\]\s*$)/.test(unit.lines[startLine - 2] ?? '')) startLine--;
  return { startLine, endLine: endLineOf(span) };
}

/** A span that ends before the first column of a line does not touch it. */
function endLineOf(span: Span): number {
  return span.endColumn <= 1 && span.endLine > span.line ? span.endLine - 1 : span.endLine;
}

function addTypes(unit: SourceUnit, asked: AskedName, found: Definition[]): void {
  const pattern = new RegExp(`${DECLARES}${escapePattern(asked.last)}(?![\\w$])`);
  for (const [index, line] of unit.lines.entries()) {
    if (line.length > 500 || !pattern.test(line)) continue;
    found.push({
      kind: 'type',
      name: asked.last,
      owner: null,
      path: unit.path,
      startLine: index + 1,
      endLine: endOfBlock(unit.lines, index) + 1,
    });
  }
}

/** A declaration that opens a brace goes on to the line that closes it. */
function endOfBlock(lines: readonly string[], start: number): number {
  let depth = 0;
  for (let at = start; at < Math.min(lines.length, start + 40); at++) {
    const line = lines[at] ?? '';
    depth += line.split('{').length - line.split('}').length;
    if (depth <= 0 && !/\\$/.test(line)) return at;
  }
  return start;
}

export function escapePattern(text: string): string {
  return text.replace(/[^\w]/g, '\\$&');
}
