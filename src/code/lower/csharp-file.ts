// C# files: `using` directives, namespaces, top-level statements and conditional compilation.
import type { Node } from 'web-tree-sitter';
import type { Statement } from '../ir.ts';
import { codeChildren, field, isComment, type StatementHandler, spanOf, textOf } from './lowerer.ts';

const nothing = (node: Node): Statement => ({ kind: 'nothing', what: 'empty', span: spanOf(node) });

export const lowerImport: StatementHandler = (node, lowerer) => {
  const alias = field(node, 'name');
  const target = codeChildren(node).find((child) => child.id !== alias?.id);
  const path = textOf(target ?? null)
    .replace(/^global::/, '')
    .replace(/<[\s\S]*>|\s/g, '');
  if (alias !== null) lowerer.imports.push({ local: alias.text, path, span: spanOf(node) });
  else if (path !== '') lowerer.stars.push(path);
  return { kind: 'nothing', what: 'import', span: spanOf(node) };
};

export const lowerNamespace: StatementHandler = (node, lowerer) => {
  const body = field(node, 'body');
  return body === null ? { kind: 'nothing', what: 'import', span: spanOf(node) } : lowerer.block(body, false);
};

/** Neighbouring top-level statements are one function of their own: its variables are no class's. */
export const lowerTopLevel: StatementHandler = (node, lowerer) => {
  if (nextCode(node, 'previousNamedSibling')?.type === 'global_statement') return nothing(node);
  const group = [node];
  for (let next = nextCode(node); next?.type === 'global_statement'; next = nextCode(next)) group.push(next);
  const last = spanOf(group.at(-1) ?? node);
  const span = { ...spanOf(node), end: last.end, endLine: last.endLine, endColumn: last.endColumn };
  const body = lowerer.statements(group.flatMap(codeChildren));
  const shape = {
    name: 'Main',
    kind: 'function',
    parameters: [],
    annotations: [],
    ownsAssigned: false,
  } as const;
  return { kind: 'function', definition: lowerer.defineFunction({ ...shape, body, span }), span };
};

function nextCode(
  node: Node,
  way: 'nextNamedSibling' | 'previousNamedSibling' = 'nextNamedSibling',
): Node | null {
  let next = node[way];
  while (next !== null && isComment(next)) next = next[way];
  return next;
}

const PLACES_OF_STATEMENTS = new Set(['block', 'switch_section', 'global_statement']);

/** Around declarations both branches are kept; inside a function only one of them runs, and which is not known. */
export const lowerConditional: StatementHandler = (node, lowerer) => {
  const branches = codeChildren(node).filter((child) => child.id !== field(node, 'condition')?.id);
  const isDeclarations = branches.every(({ type }) => /_(declaration|directive)$|^preproc_/.test(type));
  let around = node.parent;
  while (around !== null && /^preproc_/.test(around.type)) around = around.parent;
  const isInCode = around !== null && PLACES_OF_STATEMENTS.has(around.type);
  const children = lowerer.statements(branches);
  return isDeclarations && !isInCode
    ? children
    : { kind: 'unknown', what: '#if', children, span: spanOf(node) };
};
