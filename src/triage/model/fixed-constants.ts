// Names of a file that stand for one literal, or one list of literals, and can never stand for anything else.
import type { Expression, Span } from '../../code/ir.ts';
import { isLiteral } from '../../code/read-expression.ts';
import type { SourceUnit } from '../../code/source-unit.ts';
import { holds } from '../../code/statement-chain.ts';
import { syntaxAt } from '../../code/syntax-at.ts';
import { collectSyntax } from '../../code/syntax-of-file.ts';

/** Methods that change a list, set or table in place. */
const CHANGES =
  /^(push|unshift|splice|add|addAll|append|extend|insert|update|put|putAll|set|concat!|<<|Add|AddRange|Insert|setdefault|fill|copyWithin)$/;

/** The value that the name (as written) has at `at`, when the file gives it exactly one, made of literals, and nothing can change it; else null. */
export function fixedValueOf(unit: SourceUnit, name: string, at: Span): Expression | null {
  const { bindings, calls, writes } = collectSyntax(unit);
  const [binding, ...more] = bindings.filter(({ target }) => target === name);
  if (binding === undefined || more.length > 0 || binding.value === null || !isLiteral(binding.value))
    return null;
  if (unit.functions.some(({ parameters }) => parameters.some((parameter) => parameter.name === name)))
    return null;
  // A variable of another function is another variable.
  if (!binding.isField && binding.within.kind !== 'module' && !holds(binding.within.span, at)) return null;
  const { line, endLine } = binding.span;
  const described = syntaxAt(unit, line, endLine).constants.find(
    ({ span, name: target }) => target === name && span.start === binding.span.start,
  );
  if (described === undefined || described.isReassigned || described.isOpen) return null;
  const isChanged = calls.some(
    ({ node }) =>
      node.callee.kind === 'member' &&
      CHANGES.test(node.callee.name) &&
      unit.textOf(node.callee.object.span).replace(/\s+/g, '') === name,
  );
  const isWrittenInto = (writes.get(name.slice(name.lastIndexOf('.') + 1)) ?? 0) > 1;
  return isChanged || isWrittenInto ? null : binding.value;
}
