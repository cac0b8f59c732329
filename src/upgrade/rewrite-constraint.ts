// A manifest's constraint with its version raised, everything else of its style kept: operators, precision, spaces, order of clauses.
import { satisfies } from '../versions/satisfies.ts';
import { versionOrder } from '../versions/version-order.ts';
import { numbersOf } from './known-vulnerability.ts';

/** What a version may look like to be written into a manifest at all. */
const PLAIN_VERSION = /^v?[0-9][0-9A-Za-z.+_~!-]{0,99}$/;
/** Ecosystems in which a version without operator is a floor that a resolver stays at as long as it can. */
const BARE_IS_FLOOR: ReadonlySet<string> = new Set(['Maven', 'NuGet', 'Go']);

export function isPlainVersion(ecosystem: string, version: string): boolean {
  return PLAIN_VERSION.test(version) && versionOrder(ecosystem)?.isValid(version) === true;
}

/** Whether what the constraint gives, resolved anew, may be `version`: a floor of Maven, NuGet and Go gives itself. */
export function admits(ecosystem: string, constraint: string, version: string): boolean | null {
  if (isFloor(ecosystem, constraint))
    return versionOrder(ecosystem)?.compare(constraint.trim(), version) === 0;
  return satisfies(ecosystem, constraint, version);
}

function isFloor(ecosystem: string, constraint: string): boolean {
  return BARE_IS_FLOOR.has(ecosystem) && isPlainVersion(ecosystem, constraint.trim());
}

/**
 * The constraint in the same style that admits `to` and nothing below it. A `v` stands before the version where the constraint has
 * one, and nowhere else. Null where it cannot be said in the style: addresses, tags, properties, floating versions of .NET and Gradle.
 *
 * @param to plain version of the ecosystem
 */
export function rewriteConstraint(ecosystem: string, constraint: string, to: string): string | null {
  if (constraint.length > 512 || !isPlainVersion(ecosystem, to)) return null;
  const bare = to.replace(/^v(?=\d)/, '');
  const rewritten =
    readBrackets(constraint) === null
      ? rewriteAlternatives(ecosystem, constraint, bare)
      : rewriteBrackets(ecosystem, constraint, bare);
  if (rewritten === null || rewritten === constraint) return null;
  return admits(ecosystem, rewritten, to) === true ? rewritten : null;
}

/** Of several alternatives the last stays: what an upgrade leaves behind may not come back by another one. */
function rewriteAlternatives(ecosystem: string, constraint: string, to: string): string | null {
  const alternatives = constraint.split(/\s*\|\|?\s*/);
  const last = alternatives.at(-1) ?? '';
  if (alternatives.length === 1) return rewriteClauses(ecosystem, constraint, to);
  // A line of releases that is written out goes before one that has to be made.
  const fitting = alternatives.find((one) => satisfies(ecosystem, one, to) === true);
  return rewriteClauses(ecosystem, (fitting ?? last).trim(), to);
}

/** What stands between two clauses where the constraint has only one to learn it from. */
const SEPARATORS: ReadonlyMap<string, string> = new Map([
  ['npm', ' '],
  ['crates.io', ', '],
  ['RubyGems', ', '],
]);

const HYPHEN = /^(v?\d\S*)(\s+-\s+)(\S+)$/;
/** One clause: its operator, spaces, the version, and a star behind it. */
const CLAUSE =
  /^(\s*)(===|==|~=|~>|!=|>=|<=|=|>|<|\^|~)?(\s*)(v?)(\d[0-9A-Za-z.+_!-]*?)?((?:\.?[xX*])(?:\.[xX*])*)?(\s*)$/;

interface Clause {
  readonly lead: string;
  readonly operator: string;
  readonly space: string;
  readonly prefix: string;
  readonly version: string;
  readonly star: string;
  readonly tail: string;
}

function readClause(text: string): Clause | null {
  const [, lead = '', operator = '', space = '', prefix = '', version = '', star = '', tail = ''] =
    CLAUSE.exec(text) ?? [];
  return version === '' || /[+._-]$/.test(version)
    ? null
    : { lead, operator, space, prefix, version, star, tail };
}

function rewriteClauses(ecosystem: string, constraint: string, to: string): string | null {
  const hyphen = HYPHEN.exec(constraint.trim());
  if (hyphen !== null) {
    const [, low = '', dash = '', high = ''] = hyphen;
    const end = isBelow(ecosystem, high, to) ? to : high;
    return constraint.replace(`${low}${dash}${high}`, `${low.startsWith('v') ? 'v' : ''}${to}${dash}${end}`);
  }
  // A space behind an operator belongs to it; any other, and a comma, separate clauses.
  const parts = constraint.split(/(\s*,\s*|(?<=[0-9A-Za-z*])\s+)/);
  const separator = parts[1] ?? SEPARATORS.get(ecosystem) ?? ',';
  const written: string[] = [];
  // `~> 5.2, >= 5.2.1` has its floor written out, and needs no other.
  const floors = parts.filter((part) => /^\s*>/.test(part)).length;
  let hasFloor = false;
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 1) {
      written.push(part);
      continue;
    }
    const clause = readClause(part);
    if (clause === null) return null;
    const isLow = !['<', '<=', '!='].includes(clause.operator);
    const made = clauseAt(ecosystem, clause, to, floors === 0 ? separator : null);
    if (made === null) return null;
    hasFloor ||= isLow;
    written.push(made);
  }
  return hasFloor ? written.join('') : `>=${to}${separator}${written.join('')}`;
}

/** @param separator before a floor that has to stand beside the clause; null: one stands there */
function clauseAt(ecosystem: string, clause: Clause, to: string, separator: string | null): string | null {
  const { lead, operator, space, prefix, version, star, tail } = clause;
  const around = (text: string) => `${lead}${text}${tail}`;
  if (star !== '') return starAt(ecosystem, clause, to, separator);
  switch (operator) {
    case '!=':
      return version === to ? null : around(`${operator}${space}${prefix}${version}`);
    case '<':
      return around(
        `<${space}${prefix}${isBelowOrAt(ecosystem, version, to) ? beyond(version, to) : version}`,
      );
    case '<=':
      return around(`<=${space}${prefix}${isBelow(ecosystem, version, to) ? to : version}`);
    case '>':
      return around(`>=${space}${prefix}${to}`);
    case '~>':
    case '~=':
      return around(approximately(clause, to, separator));
    case '~':
      return around(
        ecosystem === 'Packagist' ? approximately(clause, to, separator) : `~${space}${prefix}${to}`,
      );
    case '':
      // npm's `4` is `4.x`, and `4.17` is `4.17.x`.
      return ecosystem === 'npm' && numbersOf(version).length < 3 && /^[\d.]+$/.test(version)
        ? around(`${numbersOf(version).length === 1 ? '^' : '~'}${prefix}${to}`)
        : around(`${prefix}${to}`);
    default:
      return around(`${operator}${space}${prefix}${to}`);
  }
}

/** Where the number of numbers decides how far the range goes, it is kept, and a floor stands beside it. */
function approximately(clause: Clause, to: string, separator: string | null): string {
  const { operator, space, prefix, version } = clause;
  const numbers = numbersOf(to).slice(0, numbersOf(version).length).join('.');
  return `${operator}${space}${prefix}${numbers}${numbers === to ? '' : floorBeside(clause, to, separator)}`;
}

function floorBeside({ space, prefix }: Clause, to: string, separator: string | null): string {
  return separator === null ? '' : `${separator}>=${space}${prefix}${to}`;
}

function starAt(ecosystem: string, clause: Clause, to: string, separator: string | null): string | null {
  const { lead, operator, space, prefix, version, star, tail } = clause;
  // A floating version of .NET takes the newest by itself, and stands alone.
  if (!['', '=', '=='].includes(operator) || ecosystem === 'NuGet' || ecosystem === 'Maven') return null;
  if (ecosystem === 'npm')
    return `${lead}${numbersOf(version).length === 1 ? '^' : '~'}${prefix}${to}${tail}`;
  const numbers = numbersOf(to).slice(0, numbersOf(version).length).join('.');
  return `${lead}${operator}${space}${prefix}${numbers}${star}${floorBeside(clause, to, separator)}${tail}`;
}

const BRACKETS = /^(\s*)([[(])(\s*)([^,[\]()\s]*)(\s*)(?:(,)(\s*)([^,[\]()\s]*)(\s*))?([\])])(\s*)$/;

function readBrackets(constraint: string): RegExpExecArray | null {
  return BRACKETS.exec(constraint);
}

/** Maven's and NuGet's intervals: `[1.0,2.0)`, `(,2.0]`, `[1.0]`. */
function rewriteBrackets(ecosystem: string, constraint: string, to: string): string | null {
  const [
    ,
    lead = '',
    ,
    before = '',
    ,
    after = '',
    comma,
    gap = '',
    high = '',
    behind = '',
    close = '',
    tail = '',
  ] = readBrackets(constraint) ?? [];
  if (comma === undefined) return `${lead}[${before}${to}${after}]${tail}`;
  const isOver =
    high !== '' && (close === ')' ? isBelowOrAt(ecosystem, high, to) : isBelow(ecosystem, high, to));
  const end = !isOver ? high : close === ')' ? beyond(high, to) : to;
  return `${lead}[${before}${to}${after},${gap}${end}${behind}${close}${tail}`;
}

function isBelow(ecosystem: string, bound: string, to: string): boolean {
  return (versionOrder(ecosystem)?.compare(bound, to) ?? 0) < 0;
}

function isBelowOrAt(ecosystem: string, bound: string, to: string): boolean {
  return (versionOrder(ecosystem)?.compare(bound, to) ?? 0) <= 0;
}

/** An upper bound as fine as the one before, just beyond `to`: `3` for 2.7, `2.0.0` over 3.1.4 is `4.0.0`, `2.6` over 3.1 is `3.2`. */
function beyond(bound: string, to: string): string {
  const [old, now] = [numbersOf(bound), numbersOf(to)];
  const place = Math.max(
    0,
    old.findLastIndex((number) => number !== 0),
  );
  return old
    .map((_, index) => (index < place ? (now[index] ?? 0) : index === place ? (now[index] ?? 0) + 1 : 0))
    .join('.');
}
