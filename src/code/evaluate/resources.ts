// Calls that read settings files from the class path: the stream of a file, what loads it, bundles of messages.

import { isExact, type Resource } from '../config/resources.ts';
import type { CallExpression, Expression } from '../ir.ts';
import type { ResourceCall } from './api-knowledge.ts';
import type { Evaluation } from './evaluation.ts';
import { type HeapObject, mapObject, plainObject } from './heap.ts';
import { constantValue, doubtful, own, retyped, soleConstant, type Value, withStep } from './value.ts';

/** The setting of a stream's object that says which file it reads. */
const FILE = 'resource';

/** What the call gives back when it opens, wraps or loads a settings file of the repository; null when it does not surely. */
export function readResource(
  node: CallExpression,
  paths: readonly string[],
  receiver: Value | null,
  values: readonly Value[],
  run: Evaluation,
): Value | null {
  const call = run.knowledge.resourceCall(paths);
  return call === null ? null : READERS[call](node, paths, receiver, values, run);
}

type Reader = (
  node: CallExpression,
  paths: readonly string[],
  receiver: Value | null,
  values: readonly Value[],
  run: Evaluation,
) => Value | null;

const READERS: Record<ResourceCall, Reader> = {
  opens: (node, _paths, _receiver, values, run) => {
    const name = nameOf(node, values, run);
    if (name === null || run.scene.resource(name) === null) return null;
    // What is in a stream nobody knows; that it is this file's, its setting says.
    const doubt = { kind: 'call', text: 'what a stream of the class path holds', span: node.span } as const;
    const settings = new Map([[FILE, { kind: 'string', value: name } as const]]);
    const stream = { ...plainObject(), rest: doubtful(doubt), settings };
    return retyped(run.allocate(node.span, stream), [], ['java.io.InputStream']);
  },
  wraps: (_node, paths, _receiver, values, run) => {
    const [first] = values;
    return first !== undefined && resourceIn(first, run) !== null ? retyped(first, [], paths) : null;
  },
  loads: (_node, _paths, receiver, values, run) => {
    const resource = values.length === 1 ? resourceIn(values[0], run) : null;
    const [id, ...others] = receiver?.objects ?? [];
    const object = id === undefined ? undefined : run.state?.heap.get(id);
    if (resource === null || receiver === null || others.length > 0 || object?.shape !== 'map') return null;
    run.changeObjects(receiver, (known) => filled(known, resource));
    // What was read of a stream is not there a second time.
    for (const value of values) run.changeObjects(value, (known) => ({ ...known, settings: new Map() }));
    return constantValue({ kind: 'null', value: null });
  },
  bundles: (node, _paths, _receiver, values, run) => {
    const constant = values.length === 1 && values[0] !== undefined ? soleConstant(values[0]) : null;
    if (constant?.kind !== 'string' || /[/\\]/.test(constant.value)) return null;
    const name = `${constant.value.replaceAll('.', '/')}.properties`;
    const resource = run.scene.resource(name);
    if (resource === null || run.scene.resourceVariants(name) > 0) return null;
    return run.allocate(node.span, { ...filled(mapObject(new Map()), resource), model: 'java-map' });
  },
};

function filled(object: HeapObject, { file, settings }: Resource): HeapObject {
  const entries = new Map(object.entries);
  for (const setting of settings.values()) {
    const { key, value, line, endLine } = setting;
    const width = (file.lines[line - 1] ?? '').length;
    const span = { start: line, end: line, line, column: 1, endLine, endColumn: width + 1, file };
    const known = isExact(setting)
      ? constantValue({ kind: 'string', value })
      : doubtful({ kind: 'field', text: `\`${key.replaceAll('`', "'")}\`, which the build fills in`, span });
    entries.set(key, withStep(known, span));
  }
  return { ...object, entries };
}

function resourceIn(value: Value | undefined, run: Evaluation): Resource | null {
  const [id, ...others] = value?.objects ?? [];
  if (value === undefined || id === undefined || others.length > 0 || own(value).doubts.length > 0)
    return null;
  const object = run.state?.heap.get(id);
  const name = object?.doubt === null && !object.isMany ? object.settings.get(FILE) : undefined;
  return name?.kind === 'string' ? run.scene.resource(name.value) : null;
}

/** A class loader's names start at the root; a class's start at its package, or at the root after a `/`. */
const OF_LOADER =
  /^((this\.)?getClass\(\)|[\w.]+\.class)\.getClassLoader\(\)$|^(java\.lang\.)?Thread\.currentThread\(\)\.getContextClassLoader\(\)$|^(java\.lang\.)?ClassLoader(\.getSystemClassLoader\(\))?$/;
const OF_CLASS = /^(?:(?:this\.)?getClass\(\)|(?<name>\w+)\.class)$/;

function nameOf({ callee }: CallExpression, values: readonly Value[], run: Evaluation): string | null {
  const constant = values.length === 1 && values[0] !== undefined ? soleConstant(values[0]) : null;
  if (constant?.kind !== 'string' || callee.kind !== 'member') return null;
  const { value } = constant;
  if (value.split('/').some((part) => part === '..' || part === '.')) return null;
  const text = textWithoutSpace(callee.object, run);
  if (run.unit.classes.some(({ name }) => name === 'Thread' || name === 'ClassLoader')) return null;
  if (OF_LOADER.test(text)) return value.startsWith('/') ? null : value;
  const match = OF_CLASS.exec(text);
  if (match === null) return null;
  if (value.startsWith('/')) return value.slice(1);
  const name = match.groups?.['name'];
  const isOwn = name === undefined || run.unit.classes.some((known) => known.name === name);
  const declared = /^\s*package\s+([\w.]+)\s*;/m.exec(run.unit.text)?.[1];
  return isOwn && declared !== undefined ? `${declared.replaceAll('.', '/')}/${value}` : null;
}

function textWithoutSpace({ span }: Expression, run: Evaluation): string {
  return run.unit
    .textOf(span)
    .replace(/\s+/g, '')
    .replace(/^\((.*)\)$/s, '$1');
}
