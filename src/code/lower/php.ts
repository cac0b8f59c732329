// PHP statements to IR, and the language's tables.
import type { Node } from 'web-tree-sitter';
import type { Expression, Statement } from '../ir.ts';
import { lowerNothing, lowerReturn, opaque } from './common.ts';
import {
  childOfType,
  childrenOfType,
  codeChildren,
  constantNode,
  field,
  type Lowerer,
  type LoweringTables,
  nameNode,
  spanOf,
  textOf,
} from './lowerer.ts';
import { callOf } from './php-calls.ts';
import { lowerClass, lowerFunction } from './php-definitions.ts';
import { PHP_EXPRESSIONS } from './php-expressions.ts';
import { lowerForEach, lowerIf, lowerJump, lowerLoop, lowerSwitch, lowerTry } from './php-flow.ts';

function statementOf(node: Node, expression: Expression): Statement {
  return { kind: 'expression', expression, span: spanOf(node) };
}

/** Several values given to `echo` are its arguments. */
function echoOf(node: Node, lowerer: Lowerer): Statement {
  const values = codeChildren(node).flatMap((child) =>
    child.type === 'sequence_expression' ? codeChildren(child) : [child],
  );
  return statementOf(node, callOf(node, 'echo', lowerer.expressions(values)));
}

function isAfterEchoTag(node: Node): boolean {
  const before = node.previousNamedSibling;
  const tag = before?.type === 'text_interpolation' ? before.lastNamedChild : before;
  return tag?.type === 'php_tag' && tag.text === '<?=';
}

function exitOf(node: Node, lowerer: Lowerer): Statement[] {
  const span = spanOf(node);
  return [
    statementOf(node, callOf(node, 'exit', lowerer.expressions(codeChildren(node)))),
    { kind: 'throw', value: null, span },
  ];
}

function lowerExpressionStatement(node: Node, lowerer: Lowerer): Statement | readonly Statement[] {
  const [inner] = codeChildren(node);
  if (inner === undefined) return { kind: 'nothing', what: 'empty', span: spanOf(node) };
  if (isAfterEchoTag(node)) return echoOf(node, lowerer);
  const called = inner.type === 'function_call_expression' ? textOf(field(inner, 'function')) : inner.text;
  if (/^\\?(die|exit)$/i.test(called))
    return [statementOf(node, lowerer.expression(inner)), { kind: 'throw', value: null, span: spanOf(node) }];
  if (inner.type === 'throw_expression')
    return { kind: 'throw', value: lowerer.optional(codeChildren(inner)[0] ?? null), span: spanOf(node) };
  return statementOf(node, lowerer.expression(inner));
}

/** `use A\B as C;`, `use A\{B, C as D};`, `use function a\f;` */
function lowerUse(node: Node, lowerer: Lowerer): Statement {
  const span = spanOf(node);
  const group = field(node, 'body');
  const prefix = group === null ? '' : `${textOf(childOfType(node, 'namespace_name'))}\\`;
  for (const clause of (group ?? node).descendantsOfType('namespace_use_clause')) {
    if (clause === null) continue;
    const alias = textOf(field(clause, 'alias'));
    const name = codeChildren(clause).find(({ type }) => type === 'qualified_name' || type === 'name');
    const path = `${prefix}${textOf(name ?? null)}`.replace(/^\\/, '').replaceAll('\\', '.');
    lowerer.imports.push({ local: alias || path.slice(path.lastIndexOf('.') + 1), path, span });
  }
  return { kind: 'nothing', what: 'import', span };
}

function declare(node: Node, name: string, value: Expression, isConstant: boolean): Statement {
  return {
    kind: 'declare',
    name,
    type: null,
    value,
    isConstant,
    scope: 'function',
    isArray: false,
    span: spanOf(node),
  };
}

function lowerUnset(node: Node): Statement[] {
  return childrenOfType(node, 'variable_name').map((name) => {
    const value = constantNode(name, { kind: 'null', value: null });
    return statementOf(node, {
      kind: 'assign',
      target: nameNode(name),
      operator: null,
      value,
      span: spanOf(name),
    });
  });
}

const lowerInside = (node: Node, lowerer: Lowerer): Statement => lowerer.block(node, false);

export const PHP: LoweringTables = {
  transparent: ['parenthesized_expression'],
  identifiers: ['variable_name'],
  expressions: PHP_EXPRESSIONS,
  statements: {
    comment: lowerNothing('comment'),
    php_tag: lowerNothing('empty'),
    php_end_tag: lowerNothing('empty'),
    text: lowerNothing('empty'),
    text_interpolation: lowerNothing('empty'),
    empty_statement: lowerNothing('empty'),
    namespace_use_declaration: lowerUse,
    namespace_definition: (node, lowerer) => {
      const body = field(node, 'body');
      return body === null
        ? { kind: 'nothing', what: 'import', span: spanOf(node) }
        : lowerInside(body, lowerer);
    },
    compound_statement: lowerInside,
    colon_block: lowerInside,
    declare_statement: (node, lowerer) => ({
      kind: 'block',
      body: lowerer.statements(codeChildren(node).filter(({ type }) => type !== 'declare_directive')),
      scoped: false,
      span: spanOf(node),
    }),
    expression_statement: lowerExpressionStatement,
    echo_statement: echoOf,
    exit_statement: exitOf,
    unset_statement: lowerUnset,
    const_declaration: (node, lowerer) =>
      childrenOfType(node, 'const_element').map((element) => {
        const [name, value = element] = codeChildren(element);
        return declare(element, textOf(name ?? null), lowerer.expression(value), true);
      }),
    global_declaration: (node) => ({
      kind: 'outer_names',
      names: codeChildren(node).map(({ text }) => text),
      span: spanOf(node),
    }),
    // A static variable keeps what earlier calls left in it.
    function_static_declaration: (node) =>
      childrenOfType(node, 'static_variable_declaration').map((one) =>
        declare(one, textOf(field(one, 'name')), opaque(one, 'a static variable', []), false),
      ),
    if_statement: lowerIf,
    while_statement: lowerLoop,
    do_statement: lowerLoop,
    for_statement: lowerLoop,
    foreach_statement: lowerForEach,
    switch_statement: lowerSwitch,
    try_statement: lowerTry,
    return_statement: lowerReturn,
    break_statement: lowerJump,
    continue_statement: lowerJump,
    goto_statement: (node) => ({ kind: 'goto', label: node.text, span: spanOf(node) }),
    named_label_statement: (node) => ({
      kind: 'labeled',
      label: node.text,
      body: { kind: 'nothing', what: 'empty', span: spanOf(node) },
      isJumpTarget: true,
      span: spanOf(node),
    }),
    function_definition: lowerFunction,
    class_declaration: lowerClass,
    interface_declaration: lowerClass,
    trait_declaration: lowerClass,
    enum_declaration: lowerClass,
  },
};
