// Says what stands at some lines of a file, as syntax and not as text: the ground on which a claim about code is checked.
import { countBindings, mayBindAnyName } from './evaluate/loose-names.ts';
import type { CallExpression, Constant, Expression, FunctionDefinition, Span, Statement } from './ir.ts';
import { TRAITS } from './languages.ts';
import { isLiteral, lastOf, literalOf, nameOf, namesIn } from './read-expression.ts';
import type { SourceUnit } from './source-unit.ts';
import { type Collected, collectSyntax } from './syntax-of-file.ts';
import { type Exit, exitOf, exitOfCall } from './way-out.ts';

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

/** A stretch of code that a condition decides about. `leaves`: how every way through it ends, null when it may run to its end. */
export interface Branch {
  readonly span: Span;
  readonly leaves: Exit | null;
}

export interface CaseAt extends Branch {
  /** The labels as written; null for the default case. */
  readonly labels: readonly string[] | null;
  /** All labels are literals. */
  readonly isLiteral: boolean;
}

export type ConditionKind = 'if' | 'loop' | 'ternary' | 'and' | 'or' | 'assert' | 'switch';

/** `and`, `or`: the left side of `a && b`, `a || b`, which decides whether `b` runs. */
export interface ConditionAt {
  readonly kind: ConditionKind;
  /** The condition as written; the subject of a switch. */
  readonly text: string;
  readonly names: readonly string[];
  /** Of the condition alone. */
  readonly span: Span;
  /** Of the statement or expression that it belongs to. */
  readonly whole: Span;
  /** What runs only when the condition holds: null for `or`, `assert` and `switch`. */
  readonly guarded: Branch | null;
  /** What runs only when it does not. */
  readonly otherwise: Branch | null;
  /** Of a switch, else empty. */
  readonly cases: readonly CaseAt[];
  readonly within: FunctionDefinition;
  /** The condition; a switch without a subject has none. */
  readonly node: Expression | null;
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
export interface SyntaxAt {
  /** Calls, conditions, … that touch the lines; conditions also when only what they decide about does not: the condition itself must. */
  readonly calls: readonly CallAt[];
  readonly conditions: readonly ConditionAt[];
  readonly literals: readonly LiteralAt[];
  readonly constants: readonly ConstantAt[];
  readonly exits: readonly ExitAt[];
  /** 1-based lines that hold nothing but comments. */
  readonly commentLines: readonly number[];
  readonly blankLines: readonly number[];
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

function branch(unit: SourceUnit, statement: Statement | null): Branch | null {
  return statement === null || statement.span.line === 0
    ? null
    : { span: statement.span, leaves: exitOf(unit, [statement]) };
}

const running = (span: Span): Branch => ({ span, leaves: null });

function describeCondition(
  unit: SourceUnit,
  { node, within }: Collected['conditions'][number],
): readonly ConditionAt[] {
  const about = (
    kind: ConditionKind,
    condition: Expression | null,
    parts: Partial<ConditionAt>,
  ): ConditionAt[] => [
    {
      kind,
      text: condition === null ? '' : unit.textOf(condition.span),
      names: condition === null ? [] : namesIn(condition),
      span: condition?.span ?? node.span,
      whole: node.span,
      guarded: null,
      otherwise: null,
      cases: [],
      within,
      node: condition,
      ...parts,
    },
  ];
  switch (node.kind) {
    case 'if':
      // Java's `assert` is lowered as a condition that nothing hangs on.
      if (unit.language === 'java' && unit.text.startsWith('assert', node.span.start))
        return about('assert', node.condition, {});
      return about('if', node.condition, {
        guarded: branch(unit, node.consequence),
        otherwise: branch(unit, node.otherwise),
      });
    case 'loop':
      return about('loop', node.condition, { guarded: node.bodyFirst ? null : branch(unit, node.body) });
    case 'switch':
      return about('switch', node.subject, {
        cases: node.cases.map(({ labels, body, span }) => ({
          labels: labels?.map((label) => unit.textOf(label.span)) ?? null,
          isLiteral: labels?.every(isLiteral) ?? false,
          span,
          leaves: exitOf(unit, body),
        })),
      });
    case 'ternary':
      return about('ternary', node.condition, {
        guarded: running(node.consequence.span),
        otherwise: running(node.otherwise.span),
      });
    case 'binary':
      return node.operator === '&&'
        ? about('and', node.left, { guarded: running(node.right.span) })
        : about('or', node.left, {
            otherwise: { span: node.right.span, leaves: exitOfCall(unit, node.right) },
          });
    case 'unknown':
      return about('assert', node.children[0] ?? null, {});
    default:
      return [];
  }
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

function plainLines(
  unit: SourceUnit,
  startLine: number,
  endLine: number,
): Pick<SyntaxAt, 'commentLines' | 'blankLines'> {
  const commentLines: number[] = [];
  const blankLines: number[] = [];
  const { lineStarts } = collectSyntax(unit);
  for (let line = Math.max(1, startLine); line <= Math.min(endLine, unit.lines.length); line++) {
    const text = unit.lines[line - 1] ?? '';
    if (text.trim() === '') blankLines.push(line);
    else if (
      isComment(unit, (lineStarts[line - 1] ?? 0) + text.length - text.trimStart().length, text.trim())
    )
      commentLines.push(line);
  }
  return { commentLines, blankLines };
}

/** Whether comments, and white space between them, cover all of a line's text. */
function isComment(unit: SourceUnit, start: number, text: string): boolean {
  let at = start;
  const end = start + text.length;
  for (let index = firstEndingAfter(unit.comments, at); index < unit.comments.length; index++) {
    const comment = unit.comments[index];
    if (comment === undefined || comment.start > at) return false;
    at = comment.end;
    while (at < end && /\s/.test(unit.text.charAt(at))) at++;
    if (at >= end) return true;
  }
  return false;
}

function firstEndingAfter(comments: SourceUnit['comments'], offset: number): number {
  let least = 0;
  let most = comments.length;
  while (least < most) {
    const middle = (least + most) >> 1;
    if ((comments[middle]?.end ?? 0) > offset) most = middle;
    else least = middle + 1;
  }
  return least;
}
