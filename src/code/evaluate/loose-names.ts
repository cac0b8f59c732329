// What a file's plain text says against believing that a name has one value: a net below the lowering, blunt on purpose.
import type { SourceUnit } from '../source-unit.ts';

/** By catalogue: ways to bind names that no syntax tree of one name shows (reflection, evaluated code, star imports). */
const BEHIND_THE_BACK: ReadonlyMap<string, RegExp> = new Map([
  [
    'python',
    /\b(globals|vars|setattr|exec|eval)\s*\(|__dict__|\bsys\.modules\b|^\s*from\s+\S+\s+import\s+\*/m,
  ],
  ['javascript', /\beval\b|\bFunction\s*\(|\bwith\s*\(|\bglobalThis\s*\[|\bwindow\s*\[|\bglobal\s*\[/],
  [
    'java',
    /\bgetDeclaredFields?\b|\bsetAccessible\b|\bUnsafe\b|\bVarHandle\b|\bBeanUtils\b|\bReflectionTestUtils\b/,
  ],
  ['csharp', /\bBindingFlags\b|\.SetValue\s*\(/],
  ['ruby', /\b\w*_set\b|\beval\b|_eval\b|\bremove_const\b/],
  ['go', /\bunsafe\.|\breflect\./],
  ['c', /\b(__)?asm(__)?\b/],
]);

/** The same for the members of an object. */
const MEMBERS_BEHIND_THE_BACK: ReadonlyMap<string, RegExp> = new Map([
  ['javascript', /\bthis\s*\[|\bassign\s*\(\s*this\b|\bdefinePropert(y|ies)\b|\bReflect\b|__proto__/],
]);

/** Whether something in the file may bind names without spelling an assignment to them. */
export function mayBindAnyName(unit: SourceUnit, catalog: string, isMember: boolean): boolean {
  if (BEHIND_THE_BACK.get(catalog)?.test(unit.text) === true) return true;
  return isMember && MEMBERS_BEHIND_THE_BACK.get(catalog)?.test(unit.text) === true;
}

const counts = new WeakMap<SourceUnit, Map<string, number>>();

/** How often the text looks like binding the name: assignments, definitions, imports; other variables of that name included. */
export function countBindings(unit: SourceUnit, name: string): number {
  let known = counts.get(unit);
  if (known === undefined) {
    known = new Map();
    counts.set(unit, known);
  }
  let count = known.get(name);
  if (count === undefined) {
    count = [...unit.text.matchAll(bindingPattern(name))].length;
    known.set(name, count);
  }
  return count;
}

function bindingPattern(name: string): RegExp {
  const plain = name.replace(/[^\w]/g, '\\$&');
  const type = String.raw`(?:\s*!?:\s*[\w.<>[\]| ]{1,60}?)?`;
  const subscript = String.raw`(?:\s*\[[^\]\n]{0,80}\])?`;
  const operator = String.raw`\s*(?:=(?![=>~])|(?:[-+*/%&|^.]{1,2}|<<|>>|\?\?|:)=(?!=)|\+\+|--)`;
  const written = String.raw`(?<!\w)${plain}${subscript}${type}${operator}`;
  const defined = String.raw`\b(?:def|class|as|import|global|nonlocal|function)\s+${plain}(?!\w)`;
  const imported = String.raw`\bimport\b[^\n=]{0,200}[\s,(]${plain}(?!\w)`;
  return new RegExp(`${written}|${defined}|${imported}|(?:\\+\\+|--)${plain}(?!\\w)`, 'g');
}
