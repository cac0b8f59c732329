// Which function of the repository a plain call surely runs: asked of the syntax, null or false when unsure.
import { posix } from 'node:path';
import { countBindings } from './evaluate/loose-names.ts';
import type { CallExpression, Expression, FunctionDefinition, Span } from './ir.ts';
import { TRAITS } from './languages.ts';
import type { SourceUnit } from './source-unit.ts';
import { chainTo, holds } from './statement-chain.ts';
import { collectSyntax } from './syntax-of-file.ts';

/** The function of the same file that `f(…)` runs; null for methods of other objects, for what may be overridden, replaced or hidden. */
export function surelyCalled(
  unit: SourceUnit,
  { callee, isNew, span }: CallExpression,
): FunctionDefinition | null {
  const name = calledName(unit, callee);
  if (name === null || isNew || unit.importOf(name) !== null) return null;
  const definition = onlyFunction(unit, name);
  if (definition === null || unit.language === 'cpp') return null;
  if (definition.kind === 'method') return isOwnMethod(unit, definition, span) ? definition : null;
  return callee.kind === 'name' && isInReach(unit, definition, span) ? definition : null;
}

/** `f` of `f(…)`; where methods may be fixed, of `this.f(…)`, too. */
function calledName(unit: SourceUnit, callee: Expression): string | null {
  if (callee.kind === 'name') return callee.name;
  const { catalog } = TRAITS[unit.language];
  const isOwn =
    (catalog === 'java' || catalog === 'csharp') &&
    callee.kind === 'member' &&
    callee.object.kind === 'name' &&
    callee.object.name === 'this';
  return isOwn ? callee.name : null;
}

/** Whether `local`, imported into `unit`, is that function of the other file, and nothing else. */
export function isImportOf(
  unit: SourceUnit,
  local: string,
  other: SourceUnit,
  definition: FunctionDefinition,
): boolean {
  const [entry, ...more] = unit.imports.filter((one) => one.local === local);
  if (entry === undefined || more.length > 0 || onlyFunction(other, definition.name) !== definition)
    return false;
  const [name, ...around] = entry.path.split('.').reverse();
  if (name !== definition.name) return false;
  switch (TRAITS[unit.language].catalog) {
    case 'javascript':
      return isGivenOut(other, definition) && isRelativeTo(unit, local, other.path);
    case 'python':
      return (
        definition.kind === 'function' &&
        isTopLevel(other, definition) &&
        isModule(unit, entry.path, other.path)
      );
    case 'java':
      return (
        /\bstatic\b/.test(headOf(other, definition)) &&
        `/${other.path}`.endsWith(`/${[...around].reverse().join('/')}.java`)
      );
    default:
      return false;
  }
}

/** The only thing of that name in the file. */
function onlyFunction(unit: SourceUnit, name: string): FunctionDefinition | null {
  const [definition, ...more] = unit.functions.filter((one) => one.name === name);
  if (definition === undefined || more.length > 0 || unit.module.macros.includes(name)) return null;
  const isHidden =
    unit.classes.some((one) => one.name === name || one.fields.some((field) => field.name === name)) ||
    unit.functions.some(({ parameters }) => parameters.some((parameter) => parameter.name === name));
  // `from x import *` may bring another one.
  const isReplaced = TRAITS[unit.language].catalog === 'python' && unit.module.stars.length > 0;
  if (isHidden || isReplaced || countBindings(unit, name) > 1) return null;
  const { bindings, writes } = collectSyntax(unit);
  if (definition.kind !== 'lambda') return writes.has(name) ? null : definition;
  const [binding] = bindings.filter(({ target }) => target === name);
  const isConstant =
    binding?.isConstant === true &&
    binding.value?.kind === 'lambda' &&
    binding.value.definition === definition &&
    writes.get(name) === 1;
  return isConstant ? definition : null;
}

/** Defined in every case, in a block that the call stands in, too. */
function isInReach(unit: SourceUnit, definition: FunctionDefinition, call: Span): boolean {
  const around = ownerOf(unit, definition);
  if (around !== unit.topLevel && !holds(around.span, call)) return false;
  return chainTo(around, definition.span)
    .slice(0, -1)
    .every(({ statements, at }) => {
      const statement = statements[at];
      return statement?.kind === 'block' && (!statement.scoped || holds(statement.span, call));
    });
}

function ownerOf(unit: SourceUnit, { span }: FunctionDefinition): FunctionDefinition {
  const outer = unit.functions.filter(
    (one) => holds(one.span, span) && one.span.end - one.span.start > span.end - span.start,
  );
  return outer.sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start))[0] ?? unit.topLevel;
}

function isTopLevel(unit: SourceUnit, definition: FunctionDefinition): boolean {
  return ownerOf(unit, definition) === unit.topLevel && chainTo(unit.topLevel, definition.span).length === 1;
}

/** A method called without an object, from a method of the same class, that no class below can override. */
function isOwnMethod(unit: SourceUnit, definition: FunctionDefinition, call: Span): boolean {
  const { catalog } = TRAITS[unit.language];
  if (catalog === 'ruby') {
    const isInClass =
      unit.classes.some(({ span }) => holds(span, call)) ||
      unit.functions.some((one) => holds(one.span, call) && /^(class|module)\b/.test(unit.textOf(one.span)));
    return !isInClass && isTopLevel(unit, definition);
  }
  const head = headOf(unit, definition);
  const isFixed =
    (catalog === 'java' && /\b(private|static|final)\b/.test(head)) ||
    (catalog === 'csharp' && !/\b(virtual|abstract|override)\b/.test(head));
  if (!isFixed) return false;
  const owner = unit.classes.find(({ methods }) => methods.includes(definition));
  const caller = unit.functions
    .filter((one) => one.kind !== 'lambda' && holds(one.span, call))
    .sort((a, b) => b.span.start - a.span.start)[0];
  if (owner === undefined || caller === undefined || !owner.methods.includes(caller)) return false;
  // The other parts of a partial class may have a nearer one.
  return !/\bpartial\b/.test(unit.textOf(owner.span).split('{', 1)[0] ?? '');
}

/** What stands before the function's name. */
function headOf(unit: SourceUnit, { span, name }: FunctionDefinition): string {
  const text = unit.textOf(span);
  return text.slice(0, Math.max(0, text.search(new RegExp(`\\b${name.replace(/[^\w]/g, '\\$&')}\\s*\\(`))));
}

/** `export function f`, `export const f =`, and under no other name. */
function isGivenOut(unit: SourceUnit, { name }: FunctionDefinition): boolean {
  const plain = name.replace(/[^\w]/g, '\\$&');
  const given = [
    ...unit.text.matchAll(
      new RegExp(`\\bexport\\s+(?:async\\s+)?(?:function|const)\\s+${plain}(?![\\w$])`, 'g'),
    ),
  ];
  return given.length === 1 && !new RegExp(`\\bas\\s+${plain}(?![\\w$])`).test(unit.text);
}

function isRelativeTo(unit: SourceUnit, local: string, path: string): boolean {
  const plain = local.replace(/[^\w]/g, '\\$&');
  const written = new RegExp(
    String.raw`^[ \t]*import\b[^'";]*[\s,{]${plain}[\s,}][^'";]*\bfrom\s*(['"])(\.{1,2}/[^'"\n]+)\1`,
    'gm',
  );
  const [found, ...more] = [...unit.text.matchAll(written)];
  const specifier = found?.[2];
  if (specifier === undefined || more.length > 0) return false;
  const bare = (file: string): string => file.replace(/\.[cm]?[jt]sx?$/, '');
  const target = bare(posix.join(posix.dirname(unit.path), specifier));
  return bare(path) === target || bare(path) === `${target}/index`;
}

/** `a.b.f` is `a/b.py` in a folder above the importing file; `.b.f` in its own. */
function isModule(unit: SourceUnit, imported: string, path: string): boolean {
  const [, dots = '', name = ''] = /^(\.*)(.*)\.[^.]*$/.exec(imported) ?? [];
  const file = name.replaceAll('.', '/');
  const folders = [posix.dirname(unit.path)];
  while (folders.at(-1) !== '.' && folders.length < 40) folders.push(posix.dirname(folders.at(-1) ?? '.'));
  const possible = dots === '' ? folders : folders.slice(dots.length - 1, dots.length);
  return possible.some((folder) =>
    [`${file}.py`, `${file}/__init__.py`].some((one) => posix.join(folder, one) === path),
  );
}
