// Adds a member to an object of a JSON text, as the file around it is written: its indentation, its line ends, nothing else touched.
import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';

/**
 * @param path keys of objects, the last one that of the new member; objects that are missing are made
 * @returns null when the text is no JSON object, or something on the way is there and no object, or the member is there already
 */
export function addJsonMember(text: string, path: readonly string[], value: string): string | null {
  const root = parseTree(text, undefined, { disallowComments: true });
  if (root?.type !== 'object') return null;
  let depth = 0;
  let node: Node = root;
  for (; depth < path.length; depth += 1) {
    const next = findNodeAtLocation(node, [path[depth] ?? '']);
    if (next === undefined) break;
    if (next.type !== 'object') return null;
    node = next;
  }
  if (depth === path.length) return null;
  return insertMember(text, node, path.slice(depth), value, depth);
}

function insertMember(
  text: string,
  object: Node,
  keys: readonly string[],
  value: string,
  depth: number,
): string {
  const newLine = text.includes('\r\n') ? '\r\n' : '\n';
  const unit = /\n([ \t]+)"/.exec(text)?.[1] ?? '  ';
  const last = object.children?.at(-1);
  const inner = text.slice(object.offset, object.offset + object.length);
  // An object on one line stays on one, unless it is empty.
  const isOneLine = last !== undefined && !inner.includes('\n');
  const indent = unit.repeat(depth + 1);
  const member = isOneLine ? flat(keys, value) : nested(keys, value, indent, unit, newLine);
  if (last !== undefined) {
    const end = last.offset + last.length;
    return `${text.slice(0, end)},${isOneLine ? ' ' : newLine + indent}${member}${text.slice(end)}`;
  }
  const close = object.offset + object.length - 1;
  return `${text.slice(0, object.offset + 1)}${newLine}${indent}${member}${newLine}${unit.repeat(depth)}${text.slice(close)}`;
}

function flat(keys: readonly string[], value: string): string {
  return keys.reduceRight(
    (made, key, index) =>
      index === keys.length - 1 ? `${quoted(key)}: ${made}` : `${quoted(key)}: { ${made} }`,
    quoted(value),
  );
}

function nested(
  keys: readonly string[],
  value: string,
  indent: string,
  unit: string,
  newLine: string,
): string {
  const [key = '', ...below] = keys;
  if (below.length === 0) return `${quoted(key)}: ${quoted(value)}`;
  const inside = indent + unit;
  return `${quoted(key)}: {${newLine}${inside}${nested(below, value, inside, unit, newLine)}${newLine}${indent}}`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
