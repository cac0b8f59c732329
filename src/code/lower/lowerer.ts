// Turns syntax trees into IR by the tables of one language; what no table knows is kept as `unknown`, never dropped.
import type { Node } from 'web-tree-sitter';
import type {
  Argument,
  ClassDefinition,
  Constant,
  Expression,
  FunctionDefinition,
  Import,
  Span,
  Statement,
} from '../ir.ts';

export type ExpressionHandler = (node: Node, lowerer: Lowerer) => Expression;
export type StatementHandler = (node: Node, lowerer: Lowerer) => Statement | readonly Statement[];

/** One language's tables: grammar node type → handler. */
export interface LoweringTables {
  readonly expressions: Readonly<Record<string, ExpressionHandler>>;
  readonly statements: Readonly<Record<string, StatementHandler>>;
  /** Node types that only group: lowered as their one named child. */
  readonly transparent: readonly string[];
  /** Node types that are an identifier for `names` of unknown nodes. */
  readonly identifiers: readonly string[];
}

/** Nesting beyond which code is kept as unknown: hostile input must not exhaust the stack. */
const MAX_DEPTH = 250;

/** What one file's lowering gathers besides the tree. */
export class Lowerer {
  readonly imports: Import[] = [];
  readonly stars: string[] = [];
  readonly macros: string[] = [];
  readonly functions: FunctionDefinition[] = [];
  readonly classes: ClassDefinition[] = [];
  readonly #expressions: ReadonlyMap<string, ExpressionHandler>;
  readonly #statements: ReadonlyMap<string, StatementHandler>;
  readonly #transparent: ReadonlySet<string>;
  readonly #identifiers: ReadonlySet<string>;
  #depth = 0;

  constructor(tables: LoweringTables) {
    this.#expressions = new Map(Object.entries(tables.expressions));
    this.#statements = new Map(Object.entries(tables.statements));
    this.#transparent = new Set(tables.transparent);
    this.#identifiers = new Set(tables.identifiers);
  }

  expression(node: Node | null): Expression {
    if (node === null) throw new TypeError('expression expected');
    if (this.#depth > MAX_DEPTH)
      return { kind: 'unknown', what: 'nesting', names: ['*'], children: [], span: spanOf(node) };
    this.#depth++;
    try {
      if (node.isError || node.isMissing) return this.unknown(node);
      if (this.#transparent.has(node.type)) {
        const inner = codeChildren(node);
        const [only] = inner;
        return only !== undefined && inner.length === 1 ? this.expression(only) : this.unknown(node);
      }
      const handler = this.#expressions.get(node.type);
      return handler === undefined ? this.unknown(node) : handler(node, this);
    } finally {
      this.#depth--;
    }
  }

  optional(node: Node | null): Expression | null {
    return node === null ? null : this.expression(node);
  }

  expressions(nodes: readonly Node[]): Expression[] {
    return nodes.map((node) => this.expression(node));
  }

  /** All statements of a node in order; one grammar node may give several. */
  statements(nodes: readonly Node[]): Statement[] {
    return nodes.flatMap((node) => this.#lowerStatement(node));
  }

  /** One statement; several become an unscoped block. */
  statement(node: Node | null): Statement {
    if (node === null) return { kind: 'nothing', what: 'empty', span: NOWHERE };
    const lowered = this.#lowerStatement(node);
    const [only] = lowered;
    if (only !== undefined && lowered.length === 1) return only;
    return { kind: 'block', body: lowered, scoped: false, span: spanOf(node) };
  }

  optionalStatement(node: Node | null): Statement | null {
    return node === null ? null : this.statement(node);
  }

  block(node: Node, scoped = true): Statement {
    return { kind: 'block', body: this.statements(codeChildren(node)), scoped, span: spanOf(node) };
  }

  unknown(node: Node): Expression {
    const names: string[] = [];
    this.#collectNames(node, names, 0);
    const children =
      this.#depth > MAX_DEPTH ? [] : codeChildren(node).filter((child) => this.#expressions.has(child.type));
    return {
      kind: 'unknown',
      what: node.type,
      names,
      children: this.expressions(children),
      span: spanOf(node),
    };
  }

  defineFunction(definition: FunctionDefinition): FunctionDefinition {
    this.functions.push(definition);
    return definition;
  }

  defineClass(definition: ClassDefinition): ClassDefinition {
    this.classes.push(definition);
    return definition;
  }

  #lowerStatement(node: Node): readonly Statement[] {
    if (this.#depth > MAX_DEPTH)
      return [{ kind: 'unknown', what: 'nesting', children: [], span: spanOf(node) }];
    this.#depth++;
    try {
      if (node.isError) return [{ kind: 'unknown', what: 'ERROR', children: [], span: spanOf(node) }];
      const handler = this.#statements.get(node.type);
      if (handler !== undefined) {
        const lowered = handler(node, this);
        return Array.isArray(lowered) ? lowered : [lowered as Statement];
      }
      if (this.#expressions.has(node.type) || this.#transparent.has(node.type)) {
        return [{ kind: 'expression', expression: this.expression(node), span: spanOf(node) }];
      }
      return [
        {
          kind: 'unknown',
          what: node.type,
          children: this.statements(codeChildren(node)),
          span: spanOf(node),
        },
      ];
    } finally {
      this.#depth--;
    }
  }

  #collectNames(node: Node, names: string[], depth: number): void {
    if (depth > 50 || names.length > 500) {
      names.push('*');
      return;
    }
    if (this.#identifiers.has(node.type)) names.push(node.text);
    for (const child of node.namedChildren) this.#collectNames(child, names, depth + 1);
  }
}

const NOWHERE: Span = { start: 0, end: 0, line: 0, column: 0, endLine: 0, endColumn: 0 };

export function spanOf(node: Node): Span {
  const from = node.startPosition;
  const to = node.endPosition;
  return {
    start: node.startIndex,
    end: node.endIndex,
    line: from.row + 1,
    column: from.column + 1,
    endLine: to.row + 1,
    endColumn: to.column + 1,
  };
}

const COMMENTS: ReadonlySet<string> = new Set(['comment', 'line_comment', 'block_comment', 'html_comment']);

/** Named children that are code: comments may stand anywhere in every grammar. */
export function codeChildren(node: Node): Node[] {
  return node.namedChildren.filter((child) => !COMMENTS.has(child.type));
}

export function isComment(node: Node): boolean {
  return COMMENTS.has(node.type);
}

export function field(node: Node, name: string): Node | null {
  return node.childForFieldName(name);
}

/** A field the grammar always gives; an ERROR node may lack it, then the node itself stands in (lowered as unknown). */
export function need(node: Node, name: string): Node {
  return node.childForFieldName(name) ?? node;
}

export function textOf(node: Node | null): string {
  return node === null ? '' : node.text;
}

export function childOfType(node: Node, ...types: readonly string[]): Node | null {
  return node.namedChildren.find((child) => types.includes(child.type)) ?? null;
}

export function childrenOfType(node: Node, ...types: readonly string[]): Node[] {
  return node.namedChildren.filter((child) => types.includes(child.type));
}

export function constantNode(node: Node, constant: Constant): Expression {
  return { kind: 'constant', constant, span: spanOf(node) };
}

export function stringNode(node: Node, value: string | null): Expression {
  return value === null
    ? { kind: 'unknown', what: node.type, names: [], children: [], span: spanOf(node) }
    : constantNode(node, { kind: 'string', value });
}

export function nameNode(node: Node, name: string = node.text): Expression {
  return { kind: 'name', name, span: spanOf(node) };
}

export function positional(values: readonly Expression[]): Argument[] {
  return values.map((value) => ({ value, name: null }));
}

/** A type as written, without generic arguments, array marks and white space. */
export function plainType(node: Node | null): string | null {
  if (node === null) return null;
  const text = node.text
    .replace(/<[\s\S]*>/, '')
    .replace(/\s+/g, ' ')
    .trim();
  return text === '' || text === 'var' || text === 'auto' ? null : text;
}
