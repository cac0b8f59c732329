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

/** The text without such lines. */
export function withoutHarmlessImports(text: string, language: Language | null): string {
  const known = language === null ? undefined : LINES.get(language);
  if (known === undefined) return text;
  return text
    .split('\n')
    .filter((line) => !known.has(line.trim()))
    .join('\n');
}
