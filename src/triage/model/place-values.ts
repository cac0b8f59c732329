// The values at a finding's place that the weakness is about: whoever clears the finding has to answer for every one of them.

import { spanOfLines } from '../../code/controls.ts';
import type { Expression, FunctionDefinition, Span, Statement } from '../../code/ir.ts';
import type { KnownApis } from '../../code/known-apis.ts';
import type { SourceUnit } from '../../code/source-unit.ts';
import { chainTo, functionAround, holds } from '../../code/statement-chain.ts';
import { walkStatements } from '../../code/walk-ir.ts';
import { isBound, requiredModule } from './known-sanitizers.ts';

export interface CodePlace {
  readonly unit: SourceUnit;
  readonly startLine: number;
  readonly endLine: number;
  readonly span: Span;
  readonly within: FunctionDefinition;
  /** Null when what happens at the lines is not understood. */
  readonly values: readonly Expression[] | null;
}

/**
 * The place of lines that stand in one function. Where a known dangerous call stands there, its arguments in question; else, because
 * nobody knows which part is meant, everything that is handed to a call, assigned to a member or returned on these lines.
 */
export function placeOf(
  unit: SourceUnit,
  lines: { startLine: number; endLine: number },
  apis: KnownApis,
): CodePlace {
  const startLine = Math.min(Math.max(lines.startLine, 1), unit.lines.length);
  const endLine = Math.min(Math.max(lines.endLine, startLine), unit.lines.length);
  const span = spanOfLines(unit, startLine, endLine);
  const within = functionAround(unit, span);
  const around =
    within.kind === 'module'
      ? { from: startLine, to: endLine }
      : { from: within.span.line, to: within.span.endLine };
  const isClear = !unit.hasErrorBetween(around.from, around.to);
  const known = isClear ? apis.sinkValues(unit, startLine, endLine) : 'unclear';
  const values = known === 'unclear' ? null : (known ?? allValues(unit, within, span));
  return { unit, startLine, endLine, span, within, values };
}

function allValues(unit: SourceUnit, within: FunctionDefinition, span: Span): readonly Expression[] | null {
  const values: Expression[] = [];
  let understood = true;
  for (const statement of statementsAt(within, span)) {
    switch (statement.kind) {
      case 'expression':
      case 'defer':
        values.push(...handedOver(unit, statement.expression));
        break;
      case 'declare':
      case 'return':
      case 'throw':
        if (statement.value !== null)
          values.push(...handedOver(unit, statement.value, statement.kind === 'return'));
        break;
      case 'if':
        values.push(...handedOver(unit, statement.condition));
        break;
      case 'nothing':
        break;
      default:
        understood = false;
    }
  }
  return understood ? values : null;
}

/** Statements with a part of their own on these lines: blocks are looked into, functions inside are not. */
function statementsAt(within: FunctionDefinition, span: Span): readonly Statement[] {
  const link = chainTo(within, span).at(-1);
  const innermost = link?.statements[link.at];
  if (innermost !== undefined && innermost.kind !== 'block' && innermost.kind !== 'if') return [innermost];
  const found: Statement[] = [];
  walkStatements(innermost === undefined ? within.body : [innermost], {
    statement: (statement) => {
      if (statement.kind === 'block' || !touches(headOf(statement), span)) return;
      found.push(statement);
    },
  });
  return found;
}

function headOf(statement: Statement): Span {
  return statement.kind === 'if' ? statement.condition.span : statement.span;
}

function touches(a: Span, b: Span): boolean {
  return a.start < b.end && a.end > b.start;
}

/** What an expression hands to somebody: arguments and objects of its calls, what is assigned to members, `isHanded` itself. */
function handedOver(unit: SourceUnit, node: Expression, isHanded = false): readonly Expression[] {
  switch (node.kind) {
    case 'call': {
      const object = node.callee.kind === 'member' ? node.callee.object : null;
      const own = object === null || isPlainOwner(unit, object) ? [] : [object];
      return [...own, ...node.arguments.map(({ value }) => value)];
    }
    case 'assign': {
      const isOpen = node.target.kind !== 'name';
      const key = node.target.kind === 'index' ? [node.target.index] : [];
      return [...key, ...(isOpen ? [node.value] : handedOver(unit, node.value))];
    }
    case 'await':
    case 'cast':
      return isHanded ? [node] : handedOver(unit, node.operand);
    default:
      return [node];
  }
}

/** An imported module, a class or the object itself: nothing that an attacker could have put there. */
function isPlainOwner(unit: SourceUnit, object: Expression): boolean {
  if (object.kind === 'member') return isPlainOwner(unit, object.object) && unit.resolvePath(object) !== null;
  if (object.kind !== 'name') return false;
  if (requiredModule(unit, object.name) !== null) return true;
  if (/^(this|self|\$this|super|parent|static)$/.test(object.name)) return true;
  if (unit.classes.some(({ name }) => name === object.name)) return true;
  return !isBound(unit, object.name) && (unit.importOf(object.name) !== null || /^[A-Z]/.test(object.name));
}

/** Whether the lines of the place hold this expression. */
export function isAtPlace(place: CodePlace, span: Span): boolean {
  return span.line <= place.endLine && span.endLine >= place.startLine && holds(place.within.span, span);
}
