// Lines that bring in a part of a language's own library which protects, and does nothing by itself: a patch may add them (security row 24).
import type { Language } from '#code/languages.ts';

/** Whole names only: a line that gives a module or a function another name could put a weak one in the place of a strong one. */
const PYTHON = ['secrets', 'hmac', 'hashlib', 'html', 'shlex', 'math', 'string'];
const NODE = ['crypto', 'path'];
const JAVA = [
  ...['java.security.SecureRandom', 'java.security.MessageDigest', 'java.sql.PreparedStatement'],
  ...['java.nio.file.Path', 'java.nio.file.Paths', 'java.util.Objects', 'java.nio.charset.StandardCharsets'],
];
const GO = [
  'html',
  'errors',
  'strings',
  'strconv',
  'path/filepath',
  'crypto/rand',
  'crypto/subtle',
  'crypto/sha256',
];
const C = ['string.h', 'stdint.h', 'stddef.h', 'stdbool.h', 'limits.h', 'errno.h'];
const RUBY = ['securerandom', 'digest', 'erb', 'shellwords', 'openssl'];
const SHARP = [
  'System.IO',
  'System.Net',
  'System.Text',
  'System.Text.Encodings.Web',
  'System.Security.Cryptography',
];

const script = NODE.flatMap((name) =>
  [name, `node:${name}`].flatMap((module) =>
    ["'", '"'].flatMap((quote) => [
      `const ${name} = require(${quote}${module}${quote})`,
      `import ${name} from ${quote}${module}${quote}`,
      `import * as ${name} from ${quote}${module}${quote}`,
    ]),
  ),
).flatMap((line) => [line, `${line};`]);
const includes = C.map((name) => `#include <${name}>`);

const LINES: ReadonlyMap<Language, ReadonlySet<string>> = new Map<Language, ReadonlySet<string>>([
  ['python', new Set(PYTHON.map((name) => `import ${name}`))],
  ['javascript', new Set(script)],
  ['typescript', new Set(script)],
  ['tsx', new Set(script)],
  ['java', new Set(JAVA.map((name) => `import ${name};`))],
  ['go', new Set(GO.flatMap((name) => [`"${name}"`, `import "${name}"`]))],
  ['c', new Set(includes)],
  ['cpp', new Set(includes)],
  ['ruby', new Set(RUBY.flatMap((name) => [`require '${name}'`, `require "${name}"`]))],
  ['csharp', new Set(SHARP.map((name) => `using ${name};`))],
]);

/** Parsers in the place of what ran its input: eval (94, 95), and objects read back from bytes (502). */
const PARSERS = {
  cwe: [94, 95, 502],
  lines: ['import json', 'import ast', "require 'json'", 'require "json"', 'using System.Text.Json;'],
};
/** What cuts an address into its parts, and asks nobody: requests (918) and redirects (601) that look at the host first. */
const ADDRESSES = {
  cwe: [918, 601],
  lines: [
    ...['from urllib.parse import urlparse', 'from urllib.parse import urlsplit', 'import ipaddress'],
    ...['import java.net.URI;', '"net/url"', 'import "net/url"', "require 'uri'", 'require "uri"'],
  ],
};

/** The text without such lines. */
export function withoutHarmlessImports(text: string, language: Language | null): string {
  return withoutLines(text, language === null ? undefined : LINES.get(language));
}

/** The text without the lines that a mend of one of the weaknesses needs. */
export function withoutNeededImports(text: string, cwe: readonly number[]): string {
  const needed = [PARSERS, ADDRESSES].filter((one) => one.cwe.some((each) => cwe.includes(each)));
  return withoutLines(text, new Set(needed.flatMap(({ lines }) => lines)));
}

function withoutLines(text: string, lines: ReadonlySet<string> | undefined): string {
  if (lines === undefined || lines.size === 0) return text;
  return text
    .split('\n')
    .filter((line) => !lines.has(line.trim()))
    .join('\n');
}
