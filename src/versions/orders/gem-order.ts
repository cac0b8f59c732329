// The order of RubyGems' versions (https://docs.ruby-lang.org/en/master/Gem/Version.html).
import { compareDigits, compareLists, compareText, isNumber, orderBy } from '../order.ts';

export interface GemReading {
  /** Numbers before the first word, then the rest; each without zeros at its end. */
  readonly segments: readonly string[];
  readonly numbers: readonly string[];
  readonly isPrerelease: boolean;
}

const SHAPE = /^[0-9]+(?:\.[0-9a-zA-Z]+)*(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;
/** What a lock file adds for a gem with compiled parts: `1.16.0-x86_64-linux-gnu`. */
const PLATFORM =
  /-(?:java|jruby|(?:x86|x86_64|x64|i[3-6]86|arm|arm64|armv[0-9]l?|aarch64|universal|riscv64|s390x|powerpc|ppc64le)-[a-z][0-9a-z_.-]*|x86-mswin32.*|mswin.*|mingw.*)$/;

/** The pattern looks for its beginning from every hyphen on. */
const LONGEST_WITH_PLATFORM = 200;

export function readGem(version: string): GemReading | null {
  const text = version.trim();
  const plain = text.length < LONGEST_WITH_PLATFORM ? text.replace(PLATFORM, '') : text;
  if (!SHAPE.test(plain)) return null;
  const all = plain.replaceAll('-', '.pre.').match(/[0-9]+|[a-zA-Z]+/g) ?? [];
  const firstWord = all.findIndex((segment) => !isNumber(segment));
  const numbers = firstWord === -1 ? all : all.slice(0, firstWord);
  const rest = all.slice(numbers.length);
  return {
    segments: [...withoutZerosAtEnd(numbers), ...withoutZerosAtEnd(rest)],
    numbers,
    isPrerelease: rest.length > 0,
  };
}

function withoutZerosAtEnd(segments: readonly string[]): readonly string[] {
  return segments.slice(0, segments.findLastIndex((segment) => !/^0+$/.test(segment)) + 1);
}

/** Words before numbers; what is not there counts as 0. */
function compareSegments(left: string, right: string): number {
  const areNumbers = [isNumber(left), isNumber(right)] as const;
  if (areNumbers[0] && areNumbers[1]) return compareDigits(left, right);
  if (areNumbers[0] !== areNumbers[1]) return areNumbers[0] ? 1 : -1;
  return compareText(left, right);
}

function compareGem(left: GemReading, right: GemReading): number {
  return compareLists(left.segments, right.segments, '0', compareSegments);
}

export const GEM_ORDER = orderBy<GemReading>({
  read: readGem,
  compare: compareGem,
  isPrerelease: (version) => version.isPrerelease,
  isBreaking: (from, to) => compareDigits(from.numbers[0] ?? '0', to.numbers[0] ?? '0') !== 0,
});
