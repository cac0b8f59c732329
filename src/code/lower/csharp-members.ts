// C# types and their members: which fields and properties can only ever hold what this file gives them.
import type { Node } from 'web-tree-sitter';
import type {
  ClassDefinition,
  FieldDefinition,
  FunctionDefinition,
  FunctionKind,
  Parameter,
  Statement,
} from '../ir.ts';
import { mayBeMisread, nameOf } from './csharp-literals.ts';
import { attributesOf, givenValue, isChangingType, parametersOf } from './csharp-variables.ts';
import {
  childOfType,
  childrenOfType,
  codeChildren,
  type ExpressionHandler,
  field,
  type Lowerer,
  nameNode,
  plainType,
  type StatementHandler,
  spanOf,
  textOf,
} from './lowerer.ts';

/** Ways to assign a member without naming it. */
const HIDDEN_WRITES =
  /\b(BindingFlags|GetFields?|GetPropert(y|ies)|GetMembers?|SetValue|UnsafeAccessor|Unsafe|unsafe|DynamicMethod|Expression\.Assign)\b/;
const TYPE = /^(class|struct|record|interface)_declaration$/;
const CONDITIONAL = /^preproc_(if|elif|else)$/;

const modifiersOf = (node: Node): string[] => childrenOfType(node, 'modifier').map(({ text }) => text);

/** What holds for every member of one type. */
interface Surroundings {
  /** Somebody may assign its fields without this file showing it. */
  readonly isOpen: boolean;
  readonly isStruct: boolean;
  readonly isInterface: boolean;
  readonly isController: boolean;
}

/** Members in `#if` come in variants: only one of them exists. */
function membersOf(body: Node, isVariant = false): { node: Node; isVariant: boolean }[] {
  return codeChildren(body).flatMap((node) =>
    CONDITIONAL.test(node.type) ? membersOf(node, true) : [{ node, isVariant }],
  );
}

function lowerType(node: Node, lowerer: Lowerer): ClassDefinition {
  const bases = childOfType(node, 'base_list');
  const supers = (bases === null ? [] : codeChildren(bases))
    .filter(({ type }) => type !== 'argument_list')
    .map((base) => plainType(base) ?? base.text);
  const name = nameOf(field(node, 'name'));
  const isPartial = modifiersOf(node).includes('partial');
  const root = node.tree.rootNode;
  const around: Surroundings = {
    isOpen:
      isPartial ||
      root.hasError ||
      HIDDEN_WRITES.test(root.text) ||
      mayBeMisread(root.text) ||
      attributesOf(node).some((attribute) => /Serializable|DataContract/.test(attribute)),
    isStruct: node.type === 'struct_declaration' || /\brecord\s+struct\b/.test(node.text.slice(0, 200)),
    isInterface: node.type === 'interface_declaration',
    isController: [name, ...supers].some((one) => /Controller(Base)?$|PageModel$|^Hub$/.test(one)),
  };
  const fields: FieldDefinition[] = primaryParameters(node);
  const methods: FunctionDefinition[] = [];
  const classes: ClassDefinition[] = [];
  const body = field(node, 'body') ?? childOfType(node, 'declaration_list');
  for (const { node: member, isVariant } of body === null ? [] : membersOf(body)) {
    const here = isVariant ? { ...around, isOpen: true } : around;
    if (TYPE.test(member.type)) classes.push(lowerType(member, lowerer));
    else if (/^(event_)?field_declaration$/.test(member.type))
      fields.push(...fieldsOf(member, here, isVariant, lowerer));
    else if (/^(property|indexer|event)_declaration$/.test(member.type)) {
      methods.push(...accessorsOf(member, lowerer));
      if (member.type === 'property_declaration')
        fields.push(...propertyOf(member, here, isVariant, lowerer));
    } else if (/_declaration$/.test(member.type) && !/^(enum|delegate)_/.test(member.type)) {
      methods.push(defineFunction(member, kindOf(member), lowerer, isAction(member, here)));
    }
  }
  // Another part of a partial type may hide names of the surroundings, as a base type may.
  if (isPartial) supers.push('partial');
  return lowerer.defineClass({ name, supers, fields, methods, classes, span: spanOf(node) });
}

/** `class A(string p)`: a captured parameter hides outer names and may be assigned anywhere. */
function primaryParameters(node: Node): FieldDefinition[] {
  const list = childOfType(node, 'parameter_list');
  return parametersOf(list, false).parameters.map(({ name, type }) => ({
    name,
    type,
    value: null,
    isStatic: false,
    isConstant: false,
    isPrivate: false,
    span: spanOf(list ?? node),
  }));
}

function fieldsOf(node: Node, around: Surroundings, isVariant: boolean, lowerer: Lowerer): FieldDefinition[] {
  const declaration = childOfType(node, 'variable_declaration');
  const type = declaration === null ? null : field(declaration, 'type');
  const words = modifiersOf(node);
  const isConst = words.includes('const') && !isVariant && !isChangingType(type);
  const isOpen =
    around.isOpen ||
    attributesOf(node).length > 0 ||
    isChangingType(type) ||
    (around.isStruct && !words.includes('static'));
  return (declaration === null ? [] : childrenOfType(declaration, 'variable_declarator')).map(
    (declarator) => ({
      name: nameOf(field(declarator, 'name')),
      type: plainType(type),
      value: lowerer.optional(givenValue(declarator)),
      isStatic: words.includes('static') || words.includes('const'),
      isConstant: isConst || (words.includes('readonly') && !isOpen),
      isPrivate: isPrivate(words) && !isOpen,
      span: spanOf(declarator),
    }),
  );
}

const isPrivate = (words: readonly string[]): boolean =>
  !words.some(
    (word) => word === 'public' || word === 'protected' || word === 'internal' || word === 'required',
  );

/** A property without a setter that no subclass can replace is as good as a read-only field. */
function propertyOf(
  node: Node,
  around: Surroundings,
  isVariant: boolean,
  lowerer: Lowerer,
): FieldDefinition[] {
  // `string I.P => …` is not what the name `P` means in the class.
  if (childOfType(node, 'explicit_interface_specifier') !== null) return [];
  const words = modifiersOf(node);
  const given = field(node, 'value');
  const arrow = given?.type === 'arrow_expression_clause' ? (codeChildren(given)[0] ?? null) : null;
  const accessors = childOfType(node, 'accessor_list');
  const setters = (accessors === null ? [] : childrenOfType(accessors, 'accessor_declaration')).filter(
    (accessor) => !/\bget\b/.test(accessor.text.replace(/\{[\s\S]*|=>[\s\S]*/, '')),
  );
  const hasBodies = accessors !== null && /[{]|=>/.test(accessors.text.slice(1));
  const isOpen =
    (around.isOpen && arrow === null) ||
    isVariant ||
    around.isInterface ||
    hasBodies ||
    isChangingType(field(node, 'type')) ||
    attributesOf(node).length > 0 ||
    (around.isStruct && arrow === null && !words.includes('static')) ||
    words.some((word) => /^(virtual|override|abstract|partial|extern|new)$/.test(word));
  const value = arrow ?? given;
  return [
    {
      name: nameOf(field(node, 'name')),
      type: plainType(field(node, 'type')),
      value: value === null || value.type === 'throw_expression' ? null : lowerer.expression(value),
      isStatic: words.includes('static'),
      isConstant: !isOpen && setters.length === 0,
      isPrivate:
        !isOpen &&
        (isPrivate(words) || setters.every((accessor) => modifiersOf(accessor).includes('private'))),
      span: spanOf(node),
    },
  ];
}

function accessorsOf(node: Node, lowerer: Lowerer): FunctionDefinition[] {
  const keys = parametersOf(field(node, 'parameters'), false).parameters;
  const accessors = childOfType(node, 'accessor_list');
  const arrow = field(node, 'value');
  // A name of their own, so that they are not taken for a variable of the property's name.
  const name = `${textOf(field(node, 'name')) || 'this'}.get`;
  const value: Parameter = {
    name: 'value',
    type: plainType(field(node, 'type')),
    defaultValue: null,
    annotations: [],
  };
  const bodies = (accessors === null ? [] : childrenOfType(accessors, 'accessor_declaration')).filter(
    (accessor) => field(accessor, 'body') !== null,
  );
  const found = bodies.map((accessor) =>
    defineFunction(accessor, 'method', lowerer, false, {
      name: /\bget\b/.test(accessor.text.slice(0, 30)) ? name : name.replace(/get$/, 'set'),
      parameters: [...keys, value],
    }),
  );
  if (arrow?.type === 'arrow_expression_clause')
    found.push(defineFunction(node, 'method', lowerer, false, { name, parameters: keys }));
  return found;
}

function kindOf(node: Node): FunctionKind {
  if (node.type !== 'constructor_declaration') return 'method';
  return modifiersOf(node).includes('static') ? 'initializer' : 'constructor';
}

/** Public methods of a controller are filled from the request, whatever their routes. */
function isAction(node: Node, around: Surroundings): boolean {
  const words = modifiersOf(node);
  return (
    around.isController &&
    node.type === 'method_declaration' &&
    words.includes('public') &&
    !words.includes('static') &&
    !attributesOf(node).some((name) => /^(NonAction|NonHandler|ChildActionOnly)$/.test(name))
  );
}

/** Methods, accessors, local functions and lambdas. */
export function defineFunction(
  node: Node,
  kind: FunctionKind,
  lowerer: Lowerer,
  action = false,
  given: { name: string; parameters: readonly Parameter[] } | null = null,
): FunctionDefinition {
  const list = field(node, 'parameters');
  const { parameters, prologue } = given === null ? parametersOf(list, action) : { ...given, prologue: [] };
  const value = field(node, 'value');
  const body =
    field(node, 'body') ??
    childOfType(node, 'block', 'arrow_expression_clause') ??
    (value?.type === 'arrow_expression_clause' ? value : null);
  const unsafe: Statement[] = modifiersOf(node).includes('unsafe')
    ? [{ kind: 'unknown', what: 'unsafe', children: [], span: spanOf(node) }]
    : [];
  return lowerer.defineFunction({
    name: given?.name ?? textOf(field(node, 'name')),
    kind,
    parameters,
    body: [...unsafe, ...prologue, ...chainedConstructor(node, lowerer), ...bodyOf(body, lowerer)],
    annotations: attributesOf(node),
    ownsAssigned: false,
    span: spanOf(node),
  });
}

function bodyOf(body: Node | null, lowerer: Lowerer): Statement[] {
  if (body === null) return [];
  const inner = body.type === 'arrow_expression_clause' ? (codeChildren(body)[0] ?? body) : body;
  if (inner.type === 'block') return lowerer.statements(codeChildren(inner));
  if (inner.type === 'throw_expression') return lowerer.statements([inner]);
  return [{ kind: 'return', value: lowerer.expression(inner), span: spanOf(inner) }];
}

/** `: base(a)` and `: this(a)`. */
function chainedConstructor(node: Node, lowerer: Lowerer): Statement[] {
  const chained = childOfType(node, 'constructor_initializer');
  const list = chained === null ? null : childOfType(chained, 'argument_list');
  if (chained === null || list === null) return [];
  const values = childrenOfType(list, 'argument').map((argument) => lowerer.expression(argument));
  const callee = nameNode(chained, /^:?\s*this/.test(chained.text) ? 'this' : 'base');
  const span = spanOf(chained);
  const args = values.map((value) => ({ value, name: null }));
  return [
    { kind: 'expression', expression: { kind: 'call', callee, arguments: args, isNew: false, span }, span },
  ];
}

export const lowerTypeStatement: StatementHandler = (node, lowerer) => ({
  kind: 'class',
  definition: lowerType(node, lowerer),
  span: spanOf(node),
});

const MAPPING = /^Map(Get|Post|Put|Delete|Patch|Methods)$/;

/** A lambda given to `app.MapGet(…)` is an action. */
export const lowerLambda: ExpressionHandler = (node, lowerer) => {
  const call = node.parent?.parent?.parent;
  const callee = call?.type === 'invocation_expression' ? field(call, 'function') : null;
  const isRoute = callee !== null && MAPPING.test(textOf(field(callee, 'name')));
  return { kind: 'lambda', definition: defineFunction(node, 'lambda', lowerer, isRoute), span: spanOf(node) };
};
