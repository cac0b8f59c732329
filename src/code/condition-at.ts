// One condition of a file, and what runs only when it holds or only when it does not: part of what a claim about code is checked on.
import type { Expression, FunctionDefinition, Span, Statement } from './ir.ts';
import { isLiteral, namesIn } from './read-expression.ts';
import type { SourceUnit } from './source-unit.ts';
import type { Collected } from './syntax-of-file.ts';
import { type Exit, exitOf, exitOfCall } from './way-out.ts';

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

function branch(unit: SourceUnit, statement: Statement | null): Branch | null {
  return statement === null || statement.span.line === 0
    ? null
    : { span: statement.span, leaves: exitOf(unit, [statement]) };
}

const running = (span: Span): Branch => ({ span, leaves: null });

/** A condition as it stands in the code: what it is about, and what hangs on it. Empty for what is none. */
export function describeCondition(
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
