// One call → what it starts, or null when it starts no program.
import type { Argument, Expression, Statement } from '#code/ir.ts';
import { nameOf } from '#code/read-expression.ts';
import type { CallSite, SourceUnit } from '#code/source-unit.ts';
import { childrenOfExpression, walkStatements } from '#code/walk-ir.ts';
import { type Beside, besideOf } from './beside.ts';
import { constantOf, type Piece, piecesOf, type TextSource, type Word, wordsOf } from './command-words.ts';
import type { LineSpan } from './map-through-edits.ts';
import { type CommandForm, PROGRAM_STARTS, type ProgramStart } from './program-starts.ts';

export interface Start {
  readonly site: CallSite;
  readonly row: ProgramStart;
  /** Resolved. */
  readonly name: string;
  /** Null when they are not known. */
  readonly words: readonly Word[] | null;
  /** The same before `sh -c` is looked through. */
  readonly written: readonly Word[] | null;
  /** No shell reads it, and each argument is handed over on its own; what is said besides does not count. */
  readonly isSafe: boolean;
  readonly besides: readonly Beside[];
}

const SHELLS = /^(?:\/(?:usr\/)?bin\/)?(?:ba|da|z|k|a)?sh$/;
/** Calls that only gather what they are given. */
const LISTS = /^(?:List\.of|Arrays\.asList|java\.util\.List\.of|java\.util\.Arrays\.asList)$/;
const QUOTED = /^`(?<command>[\s\S]*)`$|^%x[([{](?<percent>[\s\S]*)[)\]}]$/;

/**
 * Calls that start programs and touch the lines.
 * @param asWritten what stands in a variable is not looked up: between its value and the call, somebody may have changed it
 */
export function startsOn(
  unit: SourceUnit,
  { startLine, endLine }: LineSpan,
  asWritten: boolean,
): readonly Start[] {
  const names = scriptNames(unit.text);
  return unit
    .callsOn(startLine, endLine)
    .flatMap((site) => readStart(site, { unit, names, asWritten }) ?? []);
}

function readStart(
  site: CallSite,
  {
    unit,
    names,
    asWritten,
  }: { readonly unit: SourceUnit; readonly names: ReadonlyMap<string, string>; readonly asWritten: boolean },
): Start | null {
  const looked = sourceOf(unit);
  const source: TextSource = asWritten ? { ...looked, valueOf: () => null } : looked;
  if (QUOTED.test(unit.textOf(site.call.span).trim())) return readQuoted(site, unit, source);
  const name = fullName(site, names, looked);
  const row = PROGRAM_STARTS.find((one) => one.languages.includes(unit.language) && one.names.includes(name));
  if (row === undefined || isDescribed(site, unit, looked)) return null;
  const given = site.arguments.slice(row.skip ?? 0);
  for (const form of row.forms) {
    const read = readForm(form, given, { unit, source, site });
    if (read === null) continue;
    const besides = read.besides.map((one) => besideOf(one, unit));
    const isSafe = read.isSafe && !hasLooseOption(read.words) && !asksForShell(site, unit);
    return { site, row, name, written: read.words, ...unwrapped(read.words, isSafe), besides };
  }
  return { site, row, name, words: null, written: null, isSafe: false, besides: [] };
}

/** A command between backticks, as its letters: what the grammar makes of it is not the text in all languages. */
function readQuoted(site: CallSite, unit: SourceUnit, source: TextSource): Start | null {
  const row = PROGRAM_STARTS.find(
    ({ languages, forms }) => languages.includes(unit.language) && forms.includes('text'),
  );
  const [command] = site.arguments;
  if (row === undefined || command === undefined) return null;
  const words = wordsOf(piecesOf(command.value, source));
  return { site, row, name: '`', words, written: words, isSafe: false, besides: [] };
}

interface ReadCommand {
  readonly words: readonly Word[] | null;
  readonly isSafe: boolean;
  readonly besides: readonly Argument[];
}

interface Around {
  readonly unit: SourceUnit;
  readonly source: TextSource;
  readonly site: CallSite;
}

/** Null when the arguments do not have the form. */
function readForm(form: CommandForm, given: readonly Argument[], around: Around): ReadCommand | null {
  const { source } = around;
  const plain = given.filter(({ name }) => name === null);
  const named = given.filter(({ name }) => name !== null);
  const [first, second, ...more] = plain;
  const pieces = (node: Expression) => piecesOf(node, source);
  const listed = (node: Expression | undefined) =>
    node === undefined ? null : (elementsOf(node, source)?.map(pieces) ?? null);
  if (form === 'words') {
    if (first === undefined || (around.unit.language === 'ruby' && second === undefined)) return null;
    if (elementsOf(first.value, source) !== null) return null;
    return { words: plain.map(({ value }) => pieces(value)), isSafe: true, besides: named };
  }
  if (form === 'list') {
    const words = listed(first?.value);
    return words && { words, isSafe: true, besides: [...plain.slice(1), ...named] };
  }
  if (form === 'program, list') {
    const rest = listed(second?.value) ?? (around.unit.language === 'csharp' ? argumentList(around) : null);
    if (first === undefined || rest === null) return null;
    return { words: [pieces(first.value), ...rest], isSafe: true, besides: [...more, ...named] };
  }
  if (first === undefined) return null;
  if (form === 'program, text') {
    const rest = wordsOf(second === undefined ? [] : pieces(second.value));
    const words = rest && [pieces(first.value), ...rest];
    return { words, isSafe: false, besides: [...more, ...named] };
  }
  const command = pieces(first.value);
  const besides = [...plain.slice(1), ...named];
  return { words: wordsOf(command), isSafe: isEscaped(command, around), besides };
}

/** PHP has no call without a shell that gives back a text: there, a command whose open parts are all quoted is the mend. */
function isEscaped(command: readonly Piece[], { unit }: Around): boolean {
  return (
    unit.language === 'php' &&
    command.every(
      (piece) =>
        (typeof piece === 'string' && !/['"]/.test(piece)) ||
        (typeof piece !== 'string' &&
          piece.kind === 'call' &&
          nameOf(piece.callee)?.toLowerCase() === 'escapeshellarg'),
    )
  );
}

function elementsOf(node: Expression, source: TextSource): readonly Expression[] | null {
  if (node.kind === 'list') return node.elements;
  if (node.kind === 'call' && LISTS.test(nameOf(node.callee) ?? ''))
    return node.arguments.map(({ value }) => value);
  const value = node.kind === 'name' ? source.valueOf(node.name, node) : null;
  return value === null || value.kind === 'name' ? null : elementsOf(value, source);
}

/** What is added to the list of arguments, by `name.ArgumentList.Add(…)` or between the braces behind the creation. */
function argumentList({ unit, source, site }: Around): readonly Word[] | null {
  if (!site.call.isNew || site.arguments.length !== 1) return null;
  const { span } = site.call;
  const head = unit.text.slice(unit.text.lastIndexOf('\n', span.start) + 1, span.start);
  const variable = /(?:var|ProcessStartInfo)\s+(?<name>\w+)\s*=\s*$/.exec(head)?.groups?.name;
  const around = unit.functionAt(span.line, span.endLine);
  const braces = /^\s*\{\s*ArgumentList\s*=\s*\{(?<list>[^{}]*)\}\s*\}/.exec(
    unit.text.slice(span.end, span.end + 2_000),
  );
  const end = span.end + (braces?.[0].length ?? 0);
  const listed = unit
    .callsOn(span.line, around?.span.endLine ?? span.endLine)
    .filter(
      ({ call, callee }) =>
        call.span.start > span.end &&
        call.span.end < end &&
        callee === unit.textOf(call.span).replace(/\s+/g, ''),
    )
    .flatMap(({ arguments: [one] }) => (one === undefined ? [] : [piecesOf(one.value, source)]));
  if (braces !== null) return listed.length === (braces.groups?.list ?? '').split(',').length ? listed : null;
  const adds = unit
    .callsOn(span.line, around?.span.endLine ?? span.endLine)
    .filter(({ callee }) => variable !== undefined && callee === `${variable}.ArgumentList.Add`)
    .flatMap(({ arguments: [one] }) => (one === undefined ? [] : [piecesOf(one.value, source)]));
  return adds.length === 0 ? null : adds;
}

/** C#: what is started stands where the description is made. */
function isDescribed(
  { callee, arguments: [first] }: CallSite,
  unit: SourceUnit,
  source: TextSource,
): boolean {
  if (unit.language !== 'csharp' || !callee.endsWith('.Start') || first === undefined) return false;
  const held = first.value.kind === 'name' ? source.valueOf(first.value.name, first.value) : first.value;
  return held != null && /^new\s+ProcessStartInfo\b/.test(unit.textOf(held.span));
}

function asksForShell({ call }: CallSite, unit: SourceUnit): boolean {
  if (unit.language !== 'csharp') return false;
  const around = unit.functionAt(call.span.line, call.span.endLine) ?? unit.topLevel;
  return /UseShellExecute\s*=\s*(?!false\b)/.test(unit.textOf(around.span));
}

/** `sh -c TEXT` starts what the text says. */
function unwrapped(words: readonly Word[] | null, isSafe: boolean): Pick<Start, 'words' | 'isSafe'> {
  const [program, flag, command] = words ?? [];
  if (words === null || !SHELLS.test(constantOf(program) ?? '')) return { words, isSafe };
  const inner = constantOf(flag) === '-c' && words.length === 3 ? wordsOf(command ?? []) : null;
  return { words: inner, isSafe: false };
}

/** Something open that may be an option by the letters written here, or several arguments at once. */
function hasLooseOption(words: readonly Word[] | null): boolean {
  const isLoose = (node: Expression): boolean =>
    node.kind === 'spread' ||
    node.kind === 'unknown' ||
    (node.kind === 'constant' && String(node.constant.value).startsWith('-')) ||
    childrenOfExpression(node).some(isLoose);
  return words?.some((word) => word.some((piece) => typeof piece !== 'string' && isLoose(piece))) ?? true;
}

function fullName(
  { callee, path, receiver }: CallSite,
  names: ReadonlyMap<string, string>,
  source: TextSource,
): string {
  const resolved = path ?? names.get(callee);
  if (resolved !== undefined) return resolved;
  const held = receiver?.kind === 'name' ? source.valueOf(receiver.name, receiver) : null;
  if (
    held?.kind === 'call' &&
    source.textOf(held.span) === 'Runtime.getRuntime()' &&
    callee.endsWith('.exec')
  )
    return 'Runtime.getRuntime().exec';
  const [root = '', ...rest] = callee.split('.');
  const module = names.get(root);
  if (module !== undefined) return [module, ...rest].join('.');
  return callee.replace(/^require\(['"](?:node:)?(child_process)['"]\)/, '$1');
}

/** Names that a script binds to `child_process` or its functions by `require`. */
function scriptNames(text: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const form =
    /\b(?:const|let|var)\s+(?:(?<name>[\w$]+)|\{(?<list>[^{}]{0,400})\})\s*=\s*require\(\s*['"](?:node:)?child_process['"]\s*\)(?!\s*[.([])/g;
  for (const { groups } of text.matchAll(form)) {
    if (groups?.name !== undefined) names.set(groups.name, 'child_process');
    for (const one of (groups?.list ?? '').split(',')) {
      const [from = '', local = from] = one.split(':').map((part) => part.trim());
      if (from !== '') names.set(local, `child_process.${from}`);
    }
  }
  return names;
}

function sourceOf(unit: SourceUnit): TextSource {
  return {
    textOf: (span) => unit.textOf(span),
    valueOf: (name, { span }) => {
      const around = unit.functionAt(span.line, span.endLine) ?? unit.topLevel;
      const values: (Expression | null)[] = [];
      walkStatements(around.body, {
        statement: (node: Statement) => {
          if (node.kind === 'declare' && node.name === name) values.push(node.value);
        },
        expression: (node) => {
          if (node.kind === 'assign' && nameOf(node.target) === name)
            values.push(node.operator === null ? node.value : null);
        },
      });
      return values.length === 1 ? (values[0] ?? null) : null;
    },
  };
}
