// Whether a local variable keeps its value from one place of a function to a later one: asked of the syntax, false when unsure.
import type { Expression, FunctionDefinition, Span, Statement } from './ir.ts';
import { TRAITS } from './languages.ts';
import { nameOf } from './read-expression.ts';
import type { SourceUnit } from './source-unit.ts';
import { chainTo, functionAround, hasJumps, holds } from './statement-chain.ts';
import { childrenOfExpression, walkExpression, walkStatements } from './walk-ir.ts';

/**
 * Whether `name` (as written; a member chain's root counts) cannot have got another value, or another content, between two places
 * of one function. True only when nothing that stands between them, or in a loop around the later one alone, may write it: no
 * assignment, no reference to it, no call on it whose result nobody takes, no handing over to a call that may change it, no
 * function inside that assigns it, no syntax that is not understood.
 */
export function isUnchangedBetween(unit: SourceUnit, name: string, from: Span, to: Span): boolean {
  const within = functionAround(unit, to);
  if (functionAround(unit, from) !== within || hasJumps(within)) return false;
  const root = name.split('.', 1)[0] ?? name;
  if (!isLocal(within, root)) return false;
  const [first, last] = from.start <= to.start ? [from, to] : [to, from];
  const loops = loopsAround(within, last).filter((loop) => !holds(loop, first));
  const isBetween = (span: Span): boolean =>
    (span.start >= first.end && span.start < last.start) || loops.some((loop) => holds(loop, span));
  // What a call is given is read before it runs: it changes nothing yet, unless a loop comes back to it.
  const isToRun = (span: Span): boolean => holds(span, last) && !loops.some((loop) => holds(loop, span));
  const writers = new Writers(unit, root, { isBetween, isToRun });
  return !writers.anyIn(within);
}

/** A variable of the function itself: fields, globals and what a lambda shares with its surroundings may be written by others. */
function isLocal(within: FunctionDefinition, name: string): boolean {
  if (within.parameters.some((parameter) => parameter.name === name)) return true;
  const isPlainTarget = (target: Expression): boolean =>
    target.kind === 'name'
      ? target.name === name
      : target.kind === 'list' && target.elements.some(isPlainTarget);
  let found = false;
  walkStatements(within.body, {
    statement: (node) => {
      if (node.kind === 'declare' && node.name === name) found = true;
      if (
        node.kind === 'foreach' &&
        (node.declares || within.ownsAssigned) &&
        node.targets.some(isPlainTarget)
      )
        found = true;
    },
    expression: (node) => {
      // `@x` and a bare `$x` of Ruby are the object's and everybody's.
      if (node.kind === 'assign' && within.ownsAssigned && isPlainTarget(node.target) && !/^@/.test(name))
        found = true;
    },
  });
  return found;
}

function loopsAround(within: FunctionDefinition, span: Span): readonly Span[] {
  return chainTo(within, span).flatMap(({ statements, at }) => {
    const statement = statements[at];
    return statement !== undefined && (statement.kind === 'loop' || statement.kind === 'foreach')
      ? [statement.span]
      : [];
  });
}

class Writers {
  readonly #unit: SourceUnit;
  readonly #root: string;
  readonly #isBetween: (span: Span) => boolean;
  readonly #isToRun: (span: Span) => boolean;

  constructor(
    unit: SourceUnit,
    root: string,
    { isBetween, isToRun }: Readonly<Record<'isBetween' | 'isToRun', (span: Span) => boolean>>,
  ) {
    this.#unit = unit;
    this.#root = root;
    this.#isBetween = isBetween;
    this.#isToRun = isToRun;
  }

  anyIn(within: FunctionDefinition): boolean {
    let found = false;
    const inner = new Set<FunctionDefinition>();
    walkStatements(within.body, {
      statement: (node) => {
        found ||= this.#isWriting(node);
      },
      expression: (node) => {
        found ||= this.#isBetween(node.span) && this.#mayChange(node);
      },
      function: (definition) => {
        inner.add(definition);
        return false;
      },
    });
    // A function inside may run at any time.
    return found || [...inner].some((definition) => this.#writesAnywhere(definition));
  }

  #isWriting(node: Statement): boolean {
    // What lives outside of the function may be written by others at any time.
    if (node.kind === 'outer_names') return node.names.includes(this.#root);
    if (!this.#isBetween(node.span)) return false;
    switch (node.kind) {
      case 'declare':
        return node.name === this.#root;
      case 'foreach':
        return node.targets.some((target) => this.#names(target));
      case 'try':
        return node.catches.some(({ name }) => name === this.#root);
      case 'unknown':
        return this.#unit.textOf(node.span).includes(this.#root);
      case 'expression':
        return this.#isDiscardedCall(node.expression);
      default:
        return false;
    }
  }

  /** `list.add(x)`, `fill(list, x)`: done for what it does to its object or its arguments. */
  #isDiscardedCall(expression: Expression): boolean {
    const node = expression.kind === 'await' ? expression.operand : expression;
    if (node.kind !== 'call' || this.#isToRun(node.span)) return false;
    if (node.callee.kind === 'member' && this.#names(node.callee.object)) return true;
    const others = node.arguments.some(({ value }) => value.kind !== 'constant' && !this.#isRoot(value));
    return others && node.arguments.some(({ value }) => this.#isRoot(value));
  }

  #mayChange(node: Expression): boolean {
    switch (node.kind) {
      case 'assign':
        return this.#names(node.target);
      case 'update':
        return this.#names(node.target);
      case 'name':
        // `arguments[0] = x` sets the first parameter.
        return node.name === 'arguments' && TRAITS[this.#unit.language].catalog === 'javascript';
      case 'reference':
        return this.#names(node.operand);
      case 'type_test':
        return node.binds === this.#root;
      case 'comprehension':
        return node.names.includes(this.#root);
      case 'unknown':
        return node.names.includes(this.#root) || node.names.includes('*');
      case 'call': {
        if (this.#isToRun(node.span)) return false;
        const traits = TRAITS[this.#unit.language];
        const isHandedOver = node.arguments.some(({ value }) => this.#isRoot(value));
        const isAskedItself = node.callee.kind === 'member' && this.#isRoot(node.callee.object);
        return (
          (traits.callsMayChangeArguments && isHandedOver) || (traits.receiversMayChange && isAskedItself)
        );
      }
      default:
        return false;
    }
  }

  #writesAnywhere(definition: FunctionDefinition): boolean {
    let found = false;
    walkStatements(definition.body, {
      statement: (node) => {
        if (node.kind === 'foreach' && node.targets.some((target) => this.#names(target))) found = true;
      },
      expression: (node) => {
        const target = node.kind === 'assign' || node.kind === 'update' ? node.target : null;
        if (target !== null && this.#names(target)) found = true;
        if (node.kind === 'reference' && this.#names(node.operand)) found = true;
        if (node.kind === 'unknown' && (node.names.includes(this.#root) || node.names.includes('*')))
          found = true;
      },
      function: () => true,
    });
    return found;
  }

  #isRoot(node: Expression): boolean {
    return nameOf(node) === this.#root;
  }

  /** The variable is what is written, or the root of what is: `x`, `x.a`, `x[0]`, `(x, y)`. */
  #names(node: Expression): boolean {
    if (node.kind === 'name') return node.name === this.#root;
    if (node.kind === 'index' || node.kind === 'slice' || node.kind === 'member')
      return this.#names(node.object);
    let found = false;
    for (const child of childrenOfExpression(node))
      walkExpression(child, {
        expression: (each) => {
          if (each.kind === 'name' && each.name === this.#root) found = true;
        },
      });
    return found;
  }
}
