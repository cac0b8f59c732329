// Everything that a function may give back to whoever calls it, as expressions of its body; null when that is not sure.
import type { Expression, FunctionDefinition, Statement } from './ir.ts';
import { TRAITS } from './languages.ts';
import type { SourceUnit } from './source-unit.ts';
import { holds } from './statement-chain.ts';
import { collectSyntax } from './syntax-of-file.ts';
import { walkStatements } from './walk-ir.ts';
import { exitOfCall } from './way-out.ts';

/** Of several results (Go) the first. A way that gives back nothing adds nothing. */
export function returnedValues(
  unit: SourceUnit,
  definition: FunctionDefinition,
): readonly Expression[] | null {
  const { span, annotations, body } = definition;
  // A decorator gives back what it likes.
  if (annotations.length > 0 || unit.hasErrorBetween(span.line, span.endLine) || isGenerator(definition))
    return null;
  const { catalog } = TRAITS[unit.language];
  const exits = collectSyntax(unit).exits.filter(
    ({ node }) => node.kind === 'return' && holds(span, node.span),
  );
  const values: Expression[] = [];
  for (const { node, within } of exits) {
    if (within !== definition) {
      // A `return` in a block of Ruby leaves the method around it.
      if (catalog === 'ruby') return null;
      continue;
    }
    const value = node.kind === 'return' ? node.value : null;
    // `return` alone gives back the named results.
    if (value === null && catalog === 'go') return null;
    if (value !== null) values.push(catalog === 'go' ? firstOf(unit, value) : value);
  }
  if (catalog !== 'ruby') return values;
  const last = lastValues(unit, body);
  return last === null ? null : [...values, ...last];
}

/** Of `return a, b`, which is lowered to a list as wide as the statement; a list that is written as one stays whole. */
function firstOf(unit: SourceUnit, value: Expression): Expression {
  const first = value.kind === 'list' ? value.elements[0] : undefined;
  return first !== undefined && /^return\b/.test(unit.textOf(value.span)) ? first : value;
}

function isGenerator({ body }: FunctionDefinition): boolean {
  let found = false;
  walkStatements(body, {
    expression: (node) => {
      if (node.kind === 'unknown' && node.what === 'yield') found = true;
    },
    function: () => false,
  });
  return found;
}

/** What a run of statements comes to, where the last value is the result. */
function lastValues(unit: SourceUnit, statements: readonly Statement[]): readonly Expression[] | null {
  const last = statements.findLast(({ kind }) => kind !== 'nothing');
  switch (last?.kind) {
    case undefined:
      return [];
    case 'return':
    case 'throw':
      return [];
    case 'expression':
      return exitOfCall(unit, last.expression) === null ? [last.expression] : [];
    case 'block':
      return lastValues(unit, last.body);
    case 'if': {
      const held = lastValues(unit, [last.consequence]);
      const failed = last.otherwise === null ? [] : lastValues(unit, [last.otherwise]);
      return held === null || failed === null ? null : [...held, ...failed];
    }
    default:
      return null;
  }
}
