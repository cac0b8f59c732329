// What an expression says at first sight: its name, the names in it, and whether it is made of literals only.
import type { Constant, Expression } from './ir.ts';
import { childrenOfExpression } from './walk-ir.ts';

/** `a`, `a.b.c` and the like; null for what is no plain chain of names. */
export function nameOf(node: Expression): string | null {
  if (node.kind === 'name') return node.name;
  if (node.kind === 'member') {
    const object = nameOf(node.object);
    return object === null ? null : `${object}.${node.name}`;
  }
  return null;
}

/** `c` of `a.b.c`, `$this->c`, `@c`. */
export function lastOf(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf('>'), name.lastIndexOf('@')) + 1);
}

/** Variables and member chains read in an expression, each once, in source order; lambdas are not looked into. */
export function namesIn(node: Expression): readonly string[] {
  const names = new Set<string>();
  const visit = (at: Expression): void => {
    const name = nameOf(at);
    if (name !== null) names.add(name);
    if (at.kind === 'unknown') for (const each of at.names) names.add(each);
    for (const child of childrenOfExpression(at)) visit(child);
  };
  visit(node);
  return [...names];
}

/** Looks through what does not change a value: `await f()`, `(T) f()`. */
export function withoutWrapping(node: Expression): Expression {
  let at = node;
  while (at.kind === 'await' || at.kind === 'cast') at = at.operand;
  return at;
}

/** The value of one literal, a leading minus included; null for anything else. */
export function literalOf(node: Expression): Constant | null {
  const at = withoutWrapping(node);
  if (at.kind === 'constant') return at.constant;
  if (at.kind !== 'unary' || at.operator !== '-' || at.operand.kind !== 'constant') return null;
  const { constant } = at.operand;
  return constant.kind === 'int' || constant.kind === 'float'
    ? { kind: constant.kind, value: -constant.value }
    : null;
}

/** Calls that only gather the values handed to them: `List.of("a", "b")`, `new Set([...])`, `frozenset({...})`, `%w[].freeze`. */
const GATHERS =
  /^(Set|List|Map|ImmutableSet|ImmutableList|ImmutableMap|Arrays|HashSet|FrozenSet|ReadOnlyCollection|frozenset|set|tuple|list|dict|array|Object|Pattern|Regexp|RegExp|re)$/;
const GATHERING =
  /^(of|asList|copyOf|freeze|frozenset|set|tuple|list|dict|array|Set|Map|HashSet|compile|RegExp|new)$/;

/** Made of literals only: one, or a list, table, pattern or text of them. */
export function isLiteral(node: Expression): boolean {
  switch (node.kind) {
    case 'constant':
    case 'regex':
      return true;
    case 'unary':
    case 'cast':
      return isLiteral(node.operand);
    case 'binary':
      return isLiteral(node.left) && isLiteral(node.right);
    case 'template':
    case 'list':
    case 'map':
      return childrenOfExpression(node).every(isLiteral);
    case 'call': {
      const root = node.callee.kind === 'member' ? node.callee.object : node.callee;
      const last = node.callee.kind === 'name' || node.callee.kind === 'member' ? node.callee.name : '';
      const isPlain = root.kind === 'name' ? GATHERS.test(root.name) : last === 'freeze' && isLiteral(root);
      return isPlain && GATHERING.test(last) && node.arguments.every(({ value }) => isLiteral(value));
    }
    default:
      return false;
  }
}
