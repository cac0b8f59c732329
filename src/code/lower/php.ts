// PHP syntax to IR. Variables keep their `$`.
import type { Node } from 'web-tree-sitter';
import type {
  Argument,
  ClassDefinition,
  Expression,
  FieldDefinition,
  FunctionDefinition,
  FunctionKind,
  Parameter,
  Statement,
  SwitchCase,
} from '../ir.ts';
import {
  lowerAssign,
  lowerBinary,
  lowerBlock,
  lowerBreak,
  lowerContinue,
  lowerExpressionStatement,
  lowerName,
  lowerNothing,
  lowerNull,
  lowerNumber,
  lowerReturn,
  lowerSpread,
  lowerThrow,
  lowerUnary,
  lowerUpdate,
  lowerWhile,
  opaque,
  operatorOf,
  someText,
} from './common.ts';
import { DIALECTS, decodeEscapes } from './literals.ts';
import {
  childOfType,
  childrenOfType,
  codeChildren,
  constantNode,
  field,
  type Lowerer,
  type LoweringTables,
  nameNode,
  need,
  plainType,
  spanOf,
  stringNode,
  textOf,
} from './lowerer.ts';

const callOf = (node: Node, name: string, args: readonly Expression[]): Expression => ({
  kind: 'call',
  callee: nameNode(node, name),
  arguments: args.map((value) => ({ value, name: null })),
  isNew: false,
  span: spanOf(node),
});

/** `"a $b {$c}"` and heredocs. */
function lowerEncapsed(node: Node, lowerer: Lowerer): Expression {
  const body = node.type === 'heredoc' ? need(node, 'value') : node;
  const parts = body.namedChildren.map((child): Expression => {
    if (child.type === 'string_content' || child.type === 'escape_sequence')
      return stringNode(child, decodeEscapes(child.text, DIALECTS.php));
    // `$a[key]` inside a text needs no quotes.
    return child.type === 'subscript_expression' && codeChildren(child)[1]?.type === 'name'
      ? opaque(child, 'element', [lowerer.expression(codeChildren(child)[0] ?? child)])
      : lowerer.expression(child);
  });
  if (parts.length === 0) return stringNode(node, '');
  // A heredoc's indentation is taken off by rules of its own.
  return {
    kind: 'template',
    parts: node.type === 'heredoc' ? [...parts, someText(node)] : parts,
    span: spanOf(node),
  };
}

function argumentsOf(node: Node | null, lowerer: Lowerer): Argument[] {
  return (node === null ? [] : codeChildren(node)).map((child) => {
    const name = field(child, 'name');
    const inner = child.type === 'argument' ? (codeChildren(child).at(-1) ?? child) : child;
    return {
      value: lowerer.expression(inner),
      name: name === null || name.id === inner.id ? null : name.text,
    };
  });
}

function lowerCall(node: Node, lowerer: Lowerer): Expression {
  const args = argumentsOf(field(node, 'arguments') ?? childOfType(node, 'arguments'), lowerer);
  const span = spanOf(node);
  if (node.type === 'object_creation_expression') {
    const type = codeChildren(node).find((child) => child.type !== 'arguments');
    return {
      kind: 'call',
      callee:
        type === undefined || type.type === 'variable_name' ? opaque(node, 'class', []) : typeChain(type),
      arguments: args,
      isNew: true,
      span,
    };
  }
  const object = field(node, 'object') ?? field(node, 'scope');
  const name = field(node, 'name');
  if (object !== null && name !== null) {
    const receiver =
      object.type === 'name' || object.type === 'qualified_name'
        ? typeChain(object)
        : lowerer.expression(object);
    const callee: Expression =
      name.type === 'name'
        ? { kind: 'member', object: receiver, name: name.text, span: spanOf(name) }
        : opaque(node, 'method', [receiver, lowerer.expression(name)]);
    return { kind: 'call', callee, arguments: args, isNew: false, span };
  }
  const target = need(node, 'function');
  // Function names do not care for case.
  const callee =
    target.type === 'name'
      ? nameNode(target, target.text.toLowerCase())
      : target.type === 'qualified_name'
        ? nameNode(target, target.text.slice(target.text.lastIndexOf('\\') + 1).toLowerCase())
        : lowerer.expression(target);
  return { kind: 'call', callee, arguments: args, isNew: false, span };
}

function typeChain(node: Node): Expression {
  const [first = '', ...rest] = node.text.replace(/^\\/, '').split('\\');
  let chain: Expression = nameNode(node, first);
  for (const part of rest) chain = { kind: 'member', object: chain, name: part, span: spanOf(node) };
  return chain;
}

function lowerMember(node: Node, lowerer: Lowerer): Expression {
  const name = need(node, 'name');
  if (name.type !== 'name') return opaque(node, 'property', []);
  return {
    kind: 'member',
    object: lowerer.expression(need(node, 'object')),
    name: name.text,
    span: spanOf(node),
  };
}

function lowerScoped(node: Node): Expression {
  const [scope = node, name = node] = codeChildren(node);
  return { kind: 'member', object: typeChain(scope), name: name.text.replace(/^\$/, ''), span: spanOf(node) };
}

function lowerAssignment(node: Node, lowerer: Lowerer): Expression {
  const left = need(node, 'left');
  const span = spanOf(node);
  // `$$name = …` may be any variable.
  if (left.type === 'dynamic_variable_name')
    return {
      kind: 'sequence',
      items: [lowerer.expression(need(node, 'right')), callOf(left, 'extract', [])],
      span,
    };
  return lowerAssign(node, lowerer);
}

/** `$b = &$a`: from now on either name changes both. */
function lowerReferenceAssignment(node: Node, lowerer: Lowerer): Expression {
  const span = spanOf(node);
  const target = lowerer.expression(need(node, 'left'));
  const operand = lowerer.expression(need(node, 'right'));
  return {
    kind: 'sequence',
    items: [
      { kind: 'assign', target, operator: null, value: { kind: 'reference', operand, span }, span },
      { kind: 'reference', operand: target, span },
    ],
    span,
  };
}

function lowerArray(node: Node, lowerer: Lowerer): Expression {
  const items = childrenOfType(node, 'array_element_initializer');
  if (items.some((item) => codeChildren(item).length > 1)) {
    const entries = items.map((item) => {
      const [key = item, value] = codeChildren(item);
      return value === undefined
        ? { key: someText(item), value: lowerer.expression(key) }
        : { key: lowerer.expression(key), value: lowerer.expression(value) };
    });
    return { kind: 'map', entries, span: spanOf(node) };
  }
  return {
    kind: 'list',
    elements: items.map((item) =>
      item.text.startsWith('&') ? lowerer.unknown(item) : lowerer.expression(codeChildren(item)[0] ?? item),
    ),
    span: spanOf(node),
  };
}

function lowerConditional(node: Node, lowerer: Lowerer): Expression {
  const condition = lowerer.expression(need(node, 'condition'));
  const body = field(node, 'body');
  return {
    kind: 'ternary',
    condition,
    consequence: body === null ? condition : lowerer.expression(body),
    otherwise: lowerer.expression(need(node, 'alternative')),
    span: spanOf(node),
  };
}

function lowerMatch(node: Node, lowerer: Lowerer): Expression {
  const arms = codeChildren(need(node, 'body')).map((arm) => {
    const labels = field(arm, 'conditional_expressions');
    return {
      labels: labels === null ? null : lowerer.expressions(codeChildren(labels)),
      value: lowerer.expression(need(arm, 'return_expression')),
    };
  });
  return { kind: 'match', subject: lowerer.expression(need(node, 'condition')), arms, span: spanOf(node) };
}

function lowerIf(node: Node, lowerer: Lowerer): Statement {
  const alternatives = node.childrenForFieldName('alternative');
  const chain = (index: number): Statement | null => {
    const next = alternatives[index];
    if (next === undefined) return null;
    if (next.type === 'else_clause') return lowerer.statement(field(next, 'body'));
    return {
      kind: 'if',
      condition: lowerer.expression(need(next, 'condition')),
      consequence: lowerer.statement(field(next, 'body')),
      otherwise: chain(index + 1),
      span: spanOf(next),
    };
  };
  return {
    kind: 'if',
    condition: lowerer.expression(need(node, 'condition')),
    consequence: lowerer.statement(field(node, 'body')),
    otherwise: chain(0),
    span: spanOf(node),
  };
}

function lowerForEach(node: Node, lowerer: Lowerer): Statement {
  const [source = node, target = node] = codeChildren(node);
  const pair = target.type === 'pair' ? codeChildren(target) : [target];
  const last = pair.at(-1) ?? target;
  const isReference = last.type === 'by_ref';
  const value = lowerer.expression(isReference ? (codeChildren(last)[0] ?? last) : last);
  const span = spanOf(node);
  const iterable = lowerer.expression(source);
  const seen: Expression = isReference
    ? {
        kind: 'sequence',
        items: [
          { kind: 'reference', operand: value, span },
          { kind: 'reference', operand: iterable, span },
          iterable,
        ],
        span,
      }
    : iterable;
  const [key] = pair.length > 1 ? pair : [];
  const targets = key === undefined ? [value] : [lowerer.expression(key), value];
  return {
    kind: 'foreach',
    targets,
    declares: false,
    iterable: seen,
    body: lowerer.statement(field(node, 'body')),
    orElse: null,
    span,
  };
}

function lowerFor(node: Node, lowerer: Lowerer): Statement {
  const conditions = node.childrenForFieldName('condition').filter((child) => child.isNamed);
  const init = node.childrenForFieldName('initialize').filter((child) => child.isNamed);
  const step = node.childrenForFieldName('update').filter((child) => child.isNamed);
  return {
    kind: 'loop',
    init: lowerer.statements(init),
    condition: lowerer.optional(conditions.at(-1) ?? null),
    step: lowerer.expressions(step),
    body: lowerer.statement(field(node, 'body')),
    bodyFirst: false,
    orElse: null,
    span: spanOf(node),
  };
}

function lowerSwitch(node: Node, lowerer: Lowerer): Statement {
  const cases = childrenOfType(need(node, 'body'), 'case_statement', 'default_statement').map(
    (entry): SwitchCase => {
      const value = field(entry, 'value');
      return {
        labels: value === null ? null : [lowerer.expression(value)],
        guard: null,
        body: lowerer.statements(codeChildren(entry).filter((child) => child.id !== value?.id)),
        span: spanOf(entry),
      };
    },
  );
  return {
    kind: 'switch',
    subject: lowerer.expression(need(node, 'condition')),
    cases,
    fallsThrough: true,
    span: spanOf(node),
  };
}

function lowerTry(node: Node, lowerer: Lowerer): Statement {
  const last = childOfType(node, 'finally_clause');
  const catches = childrenOfType(node, 'catch_clause').map((clause) => ({
    name: textOf(field(clause, 'name')) || null,
    body: lowerer.statements(codeChildren(need(clause, 'body'))),
    span: spanOf(clause),
  }));
  return {
    kind: 'try',
    resources: [],
    body: lowerer.statement(field(node, 'body')),
    catches,
    orElse: null,
    finalizer: last === null ? null : lowerer.statement(field(last, 'body')),
    span: spanOf(node),
  };
}

function parametersOf(node: Node | null, lowerer: Lowerer): Parameter[] {
  return (node === null ? [] : codeChildren(node)).map((child) => ({
    name: textOf(field(child, 'name')),
    type: plainType(field(child, 'type')),
    defaultValue: lowerer.optional(field(child, 'default_value')),
    annotations: [],
  }));
}

function defineFunction(node: Node, kind: FunctionKind, lowerer: Lowerer): FunctionDefinition {
  const body = field(node, 'body');
  const captured = childOfType(node, 'anonymous_function_use_clause');
  const shared =
    captured === null
      ? []
      : childrenOfType(captured, 'by_ref').map((reference) => reference.text.replace(/^&\s*/, ''));
  const statements =
    body === null
      ? []
      : body.type === 'compound_statement'
        ? lowerer.statements(codeChildren(body))
        : [{ kind: 'return', value: lowerer.expression(body), span: spanOf(body) } as Statement];
  const outer: Statement[] =
    shared.length === 0 ? [] : [{ kind: 'outer_names', names: shared, span: spanOf(node) }];
  return lowerer.defineFunction({
    name: textOf(field(node, 'name')),
    kind,
    parameters: parametersOf(field(node, 'parameters'), lowerer),
    body: [...outer, ...statements],
    annotations: [],
    ownsAssigned: true,
    span: spanOf(node),
  });
}

function lowerClass(node: Node, lowerer: Lowerer): Statement {
  const members = codeChildren(need(node, 'body'));
  const fields = members.flatMap((member): FieldDefinition[] => {
    const isConstant = member.type === 'const_declaration';
    return childrenOfType(member, 'const_element', 'property_element').map((element) => {
      const [name = element, value] = codeChildren(element);
      return {
        name: name.text.replace(/^\$/, ''),
        type: null,
        value: value === undefined ? null : lowerer.expression(value),
        isStatic: isConstant || childOfType(member, 'static_modifier') !== null,
        isConstant,
        isPrivate: /\bprivate\b/.test(textOf(childOfType(member, 'visibility_modifier'))),
        span: spanOf(element),
      };
    });
  });
  const methods = members
    .filter((member) => member.type === 'method_declaration')
    .map((member) => defineFunction(member, 'method', lowerer));
  const supers = childrenOfType(node, 'base_clause').flatMap((base) =>
    base.text.replace(/^extends\s+/, '').split(/\s*,\s*/),
  );
  const definition: ClassDefinition = {
    name: textOf(field(node, 'name')),
    supers,
    fields,
    methods,
    classes: [],
    span: spanOf(node),
  };
  return { kind: 'class', definition: lowerer.defineClass(definition), span: spanOf(node) };
}

function lowerImport(node: Node, lowerer: Lowerer): Statement {
  const outer = textOf(childOfType(node, 'namespace_name'));
  for (const clause of node.descendantsOfType('namespace_use_clause')) {
    if (clause === null) continue;
    const alias = field(clause, 'alias');
    const path = [outer, textOf(codeChildren(clause)[0] ?? null)]
      .filter((part) => part !== '')
      .join('\\')
      .replace(/^\\/, '')
      .replaceAll('\\', '.');
    lowerer.imports.push({
      local: alias?.text ?? path.slice(path.lastIndexOf('.') + 1),
      path,
      span: spanOf(clause),
    });
  }
  return { kind: 'nothing', what: 'import', span: spanOf(node) };
}

/** `<?= x ?>` prints what it holds. */
function lowerStatement(node: Node, lowerer: Lowerer): Statement {
  const before = node.previousSibling;
  const [inner] = codeChildren(node);
  if (inner !== undefined && before?.text.endsWith('<?='))
    return {
      kind: 'expression',
      expression: callOf(node, 'echo', [lowerer.expression(inner)]),
      span: spanOf(node),
    };
  const lowered = lowerExpressionStatement(node, lowerer);
  return Array.isArray(lowered) ? lowerer.block(node, false) : (lowered as Statement);
}

const lowerPrinting =
  (name: string) =>
  (node: Node, lowerer: Lowerer): Expression => {
    const given = codeChildren(node).flatMap((child) =>
      child.type === 'sequence_expression' ? codeChildren(child) : [child],
    );
    return callOf(node, name, lowerer.expressions(given));
  };
const lowerFunction = (node: Node, lowerer: Lowerer): Statement => ({
  kind: 'function',
  definition: defineFunction(node, 'function', lowerer),
  span: spanOf(node),
});
const lowerLambda = (node: Node, lowerer: Lowerer): Expression => ({
  kind: 'lambda',
  definition: defineFunction(node, 'lambda', lowerer),
  span: spanOf(node),
});
const outerNames = (node: Node): Statement => ({
  kind: 'outer_names',
  names: node.text.match(/\$\w+/g) ?? [],
  span: spanOf(node),
});
const lowerInside = (node: Node, lowerer: Lowerer): Statement =>
  lowerer.block(field(node, 'body') ?? node, false);

export const PHP: LoweringTables = {
  transparent: ['parenthesized_expression', 'error_suppression_expression', 'clone_expression'],
  identifiers: ['variable_name'],
  expressions: {
    variable_name: lowerName,
    name: (node) =>
      /^(true|false)$/i.test(node.text)
        ? constantNode(node, { kind: 'bool', value: /^true$/i.test(node.text) })
        : /^null$/i.test(node.text)
          ? constantNode(node, { kind: 'null', value: null })
          : nameNode(node),
    qualified_name: typeChain,
    dynamic_variable_name: (node, lowerer) =>
      opaque(node, 'a variable named by a value', lowerer.expressions(codeChildren(node))),
    integer: lowerNumber,
    float: lowerNumber,
    boolean: (node) => constantNode(node, { kind: 'bool', value: /^true$/i.test(node.text) }),
    null: lowerNull,
    string: (node) => stringNode(node, decodeEscapes(node.text.slice(1, -1), DIALECTS.phpSingle)),
    nowdoc: someText,
    encapsed_string: lowerEncapsed,
    heredoc: lowerEncapsed,
    shell_command_expression: (node, lowerer) => callOf(node, 'shell_exec', [lowerEncapsed(node, lowerer)]),
    binary_expression: (node, lowerer) =>
      textOf(field(node, 'operator')) === 'instanceof'
        ? opaque(node, 'instanceof', [lowerer.expression(need(node, 'left'))])
        : lowerBinary(node, lowerer),
    unary_op_expression: lowerUnary,
    assignment_expression: lowerAssignment,
    augmented_assignment_expression: (node, lowerer) => ({
      kind: 'assign',
      target: lowerer.expression(need(node, 'left')),
      operator: operatorOf(textOf(field(node, 'operator')).slice(0, -1)),
      value: lowerer.expression(need(node, 'right')),
      span: spanOf(node),
    }),
    reference_assignment_expression: lowerReferenceAssignment,
    update_expression: lowerUpdate,
    conditional_expression: lowerConditional,
    match_expression: lowerMatch,
    array_creation_expression: lowerArray,
    list_literal: (node, lowerer) => ({
      kind: 'list',
      elements: codeChildren(node).map((child) =>
        child.type === 'pair' ? lowerer.unknown(child) : lowerer.expression(child),
      ),
      span: spanOf(node),
    }),
    subscript_expression: (node, lowerer) => {
      const [object = node, index] = codeChildren(node);
      return index === undefined
        ? opaque(node, 'append', [lowerer.expression(object)])
        : {
            kind: 'index',
            object: lowerer.expression(object),
            index: lowerer.expression(index),
            span: spanOf(node),
          };
    },
    member_access_expression: lowerMember,
    nullsafe_member_access_expression: lowerMember,
    scoped_property_access_expression: lowerScoped,
    class_constant_access_expression: lowerScoped,
    relative_scope: lowerName,
    function_call_expression: lowerCall,
    member_call_expression: lowerCall,
    nullsafe_member_call_expression: lowerCall,
    scoped_call_expression: lowerCall,
    object_creation_expression: lowerCall,
    anonymous_function: lowerLambda,
    anonymous_function_creation_expression: lowerLambda,
    arrow_function: lowerLambda,
    cast_expression: (node, lowerer) => ({
      kind: 'cast',
      type: textOf(field(node, 'type')),
      operand: lowerer.expression(need(node, 'value')),
      span: spanOf(node),
    }),
    variadic_unpacking: lowerSpread,
    print_intrinsic: lowerPrinting('print'),
    include_expression: lowerPrinting('include'),
    include_once_expression: lowerPrinting('include'),
    require_expression: lowerPrinting('include'),
    require_once_expression: lowerPrinting('include'),
    throw_expression: (node, lowerer) => opaque(node, 'throw', lowerer.expressions(codeChildren(node))),
    sequence_expression: (node, lowerer) => ({
      kind: 'sequence',
      items: lowerer.expressions(codeChildren(node)),
      span: spanOf(node),
    }),
  },
  statements: {
    comment: lowerNothing('comment'),
    php_tag: lowerNothing('empty'),
    text: lowerNothing('empty'),
    text_interpolation: lowerNothing('empty'),
    namespace_definition: (node, lowerer) =>
      field(node, 'body') === null
        ? { kind: 'nothing', what: 'import', span: spanOf(node) }
        : lowerInside(node, lowerer),
    namespace_use_declaration: lowerImport,
    interface_declaration: lowerNothing('type'),
    empty_statement: lowerNothing('empty'),
    declare_statement: lowerNothing('empty'),
    const_declaration: (node, lowerer) =>
      childrenOfType(node, 'const_element').map((element) => {
        const [name = element, value] = codeChildren(element);
        return {
          kind: 'declare',
          name: name.text,
          type: null,
          value: value === undefined ? null : lowerer.expression(value),
          isConstant: true,
          scope: 'function',
          isArray: false,
          span: spanOf(element),
        };
      }),
    class_declaration: lowerClass,
    trait_declaration: lowerClass,
    enum_declaration: lowerNothing('empty'),
    function_definition: lowerFunction,
    compound_statement: lowerBlock,
    colon_block: lowerBlock,
    expression_statement: lowerStatement,
    echo_statement: (node, lowerer) => ({
      kind: 'expression',
      expression: lowerPrinting('echo')(node, lowerer),
      span: spanOf(node),
    }),
    unset_statement: (node, lowerer) => ({
      kind: 'expression',
      expression: lowerer.unknown(node),
      span: spanOf(node),
    }),
    exit_statement: (node, lowerer) => [
      { kind: 'expression', expression: lowerPrinting('exit')(node, lowerer), span: spanOf(node) },
      { kind: 'throw', value: null, span: spanOf(node) },
    ],
    global_declaration: outerNames,
    function_static_declaration: outerNames,
    if_statement: lowerIf,
    while_statement: lowerWhile,
    do_statement: lowerWhile,
    for_statement: lowerFor,
    foreach_statement: lowerForEach,
    switch_statement: lowerSwitch,
    try_statement: lowerTry,
    throw_statement: lowerThrow,
    return_statement: lowerReturn,
    break_statement: lowerBreak,
    continue_statement: lowerContinue,
    goto_statement: (node) => ({ kind: 'goto', label: node.text, span: spanOf(node) }),
    named_label_statement: lowerNothing('empty'),
  },
};
