// Decodes the spelling of literals; null means "not understood", which is never a constant.

const SIMPLE_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['b', '\b'],
  ['f', '\f'],
  ['v', '\v'],
  ['0', '\0'],
  ['a', '\x07'],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['`', '`'],
  ['/', '/'],
  ['?', '?'],
  ['$', '$'],
  ['e', '\x1b'],
  ['s', ' '],
]);

/** Which escapes a dialect lacks; a letter it does not know stands for itself (scripts) or is an error elsewhere. */
export interface EscapeDialect {
  /** Simple escapes of this language, as letters after the backslash. */
  readonly simple: string;
  /** A backslash before any other character: kept with the backslash, dropped, or not understood. */
  readonly other: 'keep' | 'drop' | 'unknown';
}

export const DIALECTS = {
  java: { simple: 'ntrbfs0\\\'"', other: 'unknown' },
  script: { simple: 'ntrbfv0\\\'"`/$', other: 'drop' },
  python: { simple: 'ntrbfva\\\'"', other: 'keep' },
  go: { simple: 'ntrbfva\\\'"', other: 'unknown' },
  c: { simple: 'ntrbfva0\\\'"?', other: 'unknown' },
  php: { simple: 'ntrvfe\\"$', other: 'keep' },
  phpSingle: { simple: "\\'", other: 'keep' },
  ruby: { simple: 'ntrbfvaes0\\\'"', other: 'drop' },
  rubySingle: { simple: "\\'", other: 'keep' },
  csharp: { simple: 'ntrbfva0\\\'"', other: 'unknown' },
} as const satisfies Record<string, EscapeDialect>;

/** Dialects in which `\xff` is a byte, not the letter U+00FF. */
const BYTES: ReadonlySet<EscapeDialect> = new Set([DIALECTS.go, DIALECTS.c, DIALECTS.php, DIALECTS.ruby]);

const ESCAPE =
  /\\(u\{[0-9a-fA-F]{1,6}\}|u+[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|x[0-9a-fA-F]{2}|[0-7]{1,3}|\r\n|[\s\S])/g;

/** The text that a literal's body (without its quotes) stands for. */
export function decodeEscapes(body: string, dialect: EscapeDialect): string | null {
  if (!body.includes('\\')) return body;
  let understood = true;
  const decoded = body.replace(ESCAPE, (whole: string, spelling: string) => {
    const text = decodeOne(spelling, dialect);
    if (text === null) understood = false;
    return text ?? whole;
  });
  return understood ? decoded : null;
}

function decodeOne(spelling: string, dialect: EscapeDialect): string | null {
  const first = spelling.charAt(0);
  if (spelling === '\n' || spelling === '\r\n') return '';
  const rich = dialect !== DIALECTS.phpSingle && dialect !== DIALECTS.rubySingle;
  if (rich && /^[uUx]/.test(spelling) && spelling.length > 1) {
    const code = Number.parseInt(spelling.replace(/^[uUx]+\{?/, ''), 16);
    if (code > 0x7f && first === 'x' && BYTES.has(dialect)) return null;
    return code <= 0x10ffff ? String.fromCodePoint(code) : null;
  }
  if (rich && /^[2-7]\d\d$/.test(spelling) && BYTES.has(dialect)) return null;
  if (rich && /^[0-7]+$/.test(spelling)) return String.fromCharCode(Number.parseInt(spelling, 8));
  if (dialect.simple.includes(first)) return SIMPLE_ESCAPES.get(first) ?? null;
  if (dialect.other === 'keep') return `\\${spelling}`;
  return dialect.other === 'drop' ? spelling : null;
}

/** Number literals: decimal, hexadecimal, octal (`0o17`), binary, `_` and `'` between digits, size suffixes. */
export function parseNumber(text: string): { readonly kind: 'int' | 'float'; readonly value: number } | null {
  const plain = text.replace(/[_']/g, '').toLowerCase();
  const radix = /^0[xob]/.test(plain) ? plain.slice(0, 2) : null;
  if (radix !== null) {
    const digits = plain.slice(2).replace(/[ulin]+$/, '');
    const base = radix === '0x' ? 16 : radix === '0o' ? 8 : 2;
    const value = Number.parseInt(digits, base);
    // 0xFFFFFFFF is minus one in some languages, unsigned in others.
    return value <= 0x7fffffff ? { kind: 'int', value } : null;
  }
  // A leading zero is octal in C, Java, Go, PHP and Ruby and decimal in others: not worth a guess.
  if (/^0\d/.test(plain)) return null;
  if (/^\d+[uln]*$/.test(plain)) {
    const value = Number.parseInt(plain, 10);
    return Number.isSafeInteger(value) ? { kind: 'int', value } : null;
  }
  if (/^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?[fdlm]?$/.test(plain)) {
    const value = Number.parseFloat(plain);
    return Number.isFinite(value) ? { kind: 'float', value } : null;
  }
  return null;
}
