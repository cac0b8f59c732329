// Row 36: no text makes one of our exits slow: 64 KiB of the worst strings cost a pattern 50 ms at most, and a whole exit stays linear.
import { describe, expect, it } from 'vitest';
import { escapeData, escapeProperty } from '#support/escape-command.ts';
import { toCsv } from '#support/escape-csv.ts';
import { toHtml } from '#support/escape-html.ts';
import { toLog } from '#support/escape-log.ts';
import { codeFence, codeSpan, toInertMarkdown, toTableCell } from '#support/escape-markdown.ts';
import { toTerminal } from '#support/escape-terminal.ts';
import { hasInvisible, showInvisible } from '#support/invisible-characters.ts';
import { createRedactor } from '#support/redact.ts';
import { SECRET_HINT, SECRET_PATTERNS } from '#support/secret-patterns.ts';
import { stableJson } from '#support/stable-json.ts';

const SIZE = 65_536;
const MOST_MS = { pattern: 50, exit: 250 } as const;

/** Pieces that make a careless pattern start over, or nearly match, again and again. */
const WORST = [
  ...[
    'a',
    ' ',
    '\n',
    '\t',
    '`',
    '` ',
    '``` ',
    '\\',
    '\\|',
    '|',
    '"',
    "'",
    '=',
    '-',
    '.',
    ':',
    '/',
    '@',
    '[',
    '](',
    '<',
    '&',
    '#',
    '##[',
    '::',
  ],
  ...[
    '\x1b',
    '\x1b[',
    '\x1b]',
    '\x9d',
    '\x1b[0',
    '\u202e',
    '\u200d',
    '\ufe0f',
    '\ud83d',
    '\u{E0041}',
    'é',
    '路',
    '👨\u200d',
    'ا\u200c',
  ],
  ...[
    'eyJ',
    'eyJa',
    'eyJaaaaaaaa.',
    'eyJaaaaaaaa.eyJ',
    'sk-',
    'sk-a',
    'ghp_',
    'glpat-',
    'AKIA',
    'xoxb-',
    'SG.',
    'AIza',
    'npm_',
    'pypi-',
    '1:AA',
    '123456789:',
  ],
  ...[
    '://',
    'a://',
    '://a:',
    '://a:b',
    'https://a:b@',
    'password=',
    'password = "',
    'token:',
    'secret: ',
    'pass',
    'api_key => ',
    'Bearer ',
    'Basic a1',
  ],
  ...[
    '-----BEGIN ',
    '-----BEGIN RSA PRIVATE KEY-----',
    '-----BEGIN PRIVATE KEY-----\\n',
    '-----BEGIN PRIVATE KEY-----\nabcdefgh',
    'abcdefgh\n',
    'Aa-b: c\n',
  ],
  ...[
    'a1',
    '0',
    'a b',
    'a. ',
    '1.',
    '(a) ',
    "a'b-",
    'CWE-',
    '2026-',
    ' \n',
    '\r',
    '\r\n',
    'ASSA',
    'ASSAY-CANARY-',
  ],
];

const redactKnown = createRedactor(['ASSAY-CANARY-5e2c-9f8e7d6c5b4a', 'abababababababababcd', 'hunter2']);

const EXITS: Readonly<Record<string, (text: string) => unknown>> = {
  codeSpan,
  codeFence,
  toInertMarkdown,
  toTableCell,
  toTerminal,
  toLog,
  toHtml,
  toCsv,
  escapeData,
  escapeProperty,
  showInvisible,
  hasInvisible,
  stableJson,
  redact: redactKnown,
};

const PATTERNS: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['the hint of a secret', SECRET_HINT],
  ...SECRET_PATTERNS.map(({ kind, pattern }) => [kind, pattern] as const),
];

describe('the slowest of the worst texts', () => {
  it.each(PATTERNS)('costs the pattern of %s at most 50 ms', (_kind, pattern) => {
    expect(slowPieces((text) => text.replace(pattern, ''), MOST_MS.pattern)).toEqual([]);
  });

  it.each(Object.entries(EXITS))('passes %s in linear time', (_name, exit) => {
    expect(slowPieces(exit, MOST_MS.exit)).toEqual([]);
  });
});

/** Pieces of `WORST` whose repetition takes longer than `most` milliseconds. A busy machine is no slow pattern: three chances. */
function slowPieces(work: (text: string) => unknown, most: number): readonly string[] {
  return WORST.filter((piece) => {
    const text = piece.repeat(Math.ceil(SIZE / piece.length));
    return [0, 1, 2].every(() => timeOf(() => work(text)) > most);
  });
}

function timeOf(work: () => unknown): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}
