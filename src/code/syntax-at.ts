// Says what stands at some lines of a file, as syntax and not as text: the ground on which a claim about code is checked.
import { type ConditionAt, describeCondition } from './condition-at.ts';
import { countBindings, mayBindAnyName } from './evaluate/loose-names.ts';
import type { CallExpression, Constant, FunctionDefinition, Span } from './ir.ts';
import { TRAITS } from './languages.ts';
import { type PlainLines, plainLines } from './plain-lines.ts';
import { isLiteral, lastOf, literalOf, nameOf, namesIn } from './read-expression.ts';
import type { SourceUnit } from './source-unit.ts';
import { type Collected, collectSyntax } from './syntax-of-file.ts';
import { type Exit, exitOfCall } from './way-out.ts';

/** One argument of a call. `names` are the variables and member chains in it, as written: `q`, `request.args`, `$id` (PHP). */
export interface ArgumentAt {
  /** Keyword of a named argument, else null. */
  readonly name: string | null;
  readonly text: string;
  readonly names: readonly string[];
  readonly isLiteral: boolean;
  readonly span: Span;
}

export interface CallAt {
  /** As written, without white space: `Jsoup.clean`. */
  readonly callee: string;
  /** The last name of the callee: `clean`. */
  readonly name: string;
  /** Resolved through imports (`org.jsoup.Jsoup.clean`), or null when its root is no imported name. */
  readonly path: string | null;
  readonly isNew: boolean;
  /** What stands before the last name, as written (`Jsoup`, `query`); null for a plain call. */
  readonly receiver: string | null;
  readonly arguments: readonly ArgumentAt[];
  /** The variable, or member chain, that gets exactly the call's result; null when nothing does. */
  readonly assignedTo: string | null;
  readonly span: Span;
  /** The innermost function around it, lambdas included; the file itself (`kind` `module`) outside of any. */
  readonly within: FunctionDefinition;
  readonly node: CallExpression;
}

export interface LiteralAt {
  readonly constant: Constant;
  readonly text: string;
  readonly span: Span;
}

/** A name that gets a value at its declaration, or by a plain assignment, at these lines. */
export interface ConstantAt {
  /** As written: `LIMIT`, `self.limit`, `$limit`. */
  readonly name: string;
  /** The value, when it is one literal. */
  readonly value: Constant | null;
  /** The value as written; null without one. */
  readonly text: string | null;
  /** The value is made of literals only: one, or a list, table or text of them. */
  readonly isLiteral: boolean;
  /** Declared `const`, `final`, `readonly` or the like. */
  readonly isConstant: boolean;
  /** Something else in the file may give the name another value: false only when nothing looks like it. */
  readonly isReassigned: boolean;
  /** Code of other files may give it another value: a field that is neither constant nor private. */
  readonly isOpen: boolean;
  /** A field of a class. */
  readonly isField: boolean;
  readonly span: Span;
  readonly within: FunctionDefinition;
}

/** A statement, or a call that never returns, that leaves the code around it. */
export interface ExitAt {
  readonly kind: Exit;
  readonly text: string;
  /** The value that is returned or thrown, as written. */
  readonly value: string | null;
  readonly span: Span;
  readonly within: FunctionDefinition;
}

/** Everything in source order, outer nodes before the nodes inside them. */
export interface SyntaxAt extends PlainLines {
  /** Calls, conditions, … that touch the lines; conditions also when only what they decide about does not: the condition itself must. */
  readonly calls: readonly CallAt[];
  readonly conditions: readonly ConditionAt[];
  readonly literals: readonly LiteralAt[];
  readonly constants: readonly ConstantAt[];
  readonly exits: readonly ExitAt[];
  /** The grammar did not understand some of these lines: nothing may be concluded from what is missing. */
  readonly hasError: boolean;
}

/** What stands at the lines (1-based, inclusive; clamped to the file). Costs one walk of the file, the first time. */
export function syntaxAt(unit: SourceUnit, startLine: number, endLine: number): SyntaxAt {
  const all = collectSyntax(unit);
  const touches = ({ span }: { readonly span: Span }): boolean =>
    span.line <= endLine && span.endLine >= startLine;
  return {
    calls: all.calls.filter(({ node }) => touches(node)).map((entry) => describeCall(unit, entry)),
    conditions: all.conditions
      .filter(({ head }) => touches({ span: head }))
      .flatMap((entry) => describeCondition(unit, entry)),
    literals: all.literals
      .filter(touches)
      .map(({ constant, span }) => ({ constant, text: unit.textOf(span), span })),
    constants: all.bindings.filter(touches).map((entry) => describeConstant(unit, entry)),
    exits: [
      ...all.exits
        .filter(({ node }) => touches(node))
        .map(({ node, within }) => describeExit(unit, node, within)),
      ...all.calls.filter(({ node }) => touches(node)).flatMap((entry) => describeExitCall(unit, entry)),
    ].sort((a, b) => a.span.start - b.span.start),
    ...plainLines(unit, startLine, endLine),
    hasError: unit.hasErrorBetween(startLine, endLine),
  };
}

function describeCall(unit: SourceUnit, { node, within, assignedTo }: Collected['calls'][number]): CallAt {
  const callee = unit.textOf(node.callee.span).replace(/\s+/g, '');
  const isMember = node.callee.kind === 'member';
  return {
    callee,
    name: node.callee.kind === 'name' || node.callee.kind === 'member' ? node.callee.name : callee,
    path: unit.resolvePath(node.callee),
    isNew: node.isNew,
    receiver: isMember ? unit.textOf(node.callee.object.span).replace(/\s+/g, '') : null,
    arguments: node.arguments.map(({ name, value }) => ({
      name,
      text: unit.textOf(value.span),
      names: namesIn(value),
      isLiteral: isLiteral(value),
      span: value.span,
    })),
    assignedTo: assignedTo === null ? null : nameOf(assignedTo),
    span: node.span,
    within,
    node,
  };
}

function describeConstant(unit: SourceUnit, entry: Collected['bindings'][number]): ConstantAt {
  const { target, value, within } = entry;
  const catalog = TRAITS[unit.language].catalog;
  const isMember = entry.isField || target.includes('.');
  const last = lastOf(target);
  return {
    name: target,
    value: value === null ? null : literalOf(value),
    text: value === null ? null : unit.textOf(value.span),
    isLiteral: value !== null && isLiteral(value),
    isConstant: entry.isConstant,
    // Asked late: it looks through the whole text.
    get isReassigned() {
      if (entry.isConstant) return false;
      const writes = collectSyntax(unit).writes.get(last) ?? 0;
      return writes > 1 || countBindings(unit, last) > 1 || mayBindAnyName(unit, catalog, isMember);
    },
    isOpen: isMember && !entry.isConstant && !entry.isPrivate,
    isField: entry.isField,
    span: entry.span,
    within,
  };
}

function describeExit(
  unit: SourceUnit,
  node: Collected['exits'][number]['node'],
  within: FunctionDefinition,
): ExitAt {
  const value = node.kind === 'return' || node.kind === 'throw' ? node.value : null;
  return {
    kind: node.kind,
    text: unit.textOf(node.span),
    value: value === null ? null : unit.textOf(value.span),
    span: node.span,
    within,
  };
}

function describeExitCall(unit: SourceUnit, { node, within }: Collected['calls'][number]): readonly ExitAt[] {
  const kind = exitOfCall(unit, node);
  return kind === null ? [] : [{ kind, text: unit.textOf(node.span), value: null, span: node.span, within }];
}
