// Fixes as scanners write them into SARIF, in many languages, and what a reviewer of each host is offered for each.
import { createReviewRepository, type ReviewRepository } from '../emulators/review-repository.ts';
import { sarifWith } from './reviewed-change.ts';

/** `suggestion`: a button. `diff`: a folded patch with a line to paste. `none`: the fix is not offered. */
export type Offer = 'suggestion' | 'diff' | 'none';

interface Region {
  readonly startLine?: number;
  readonly startColumn?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  readonly charOffset?: number;
  readonly charLength?: number;
}

export interface ScannerFix {
  readonly name: string;
  readonly path: string;
  /** At the merge base; left out: the file is new. */
  readonly base?: string;
  readonly head: string;
  readonly line: number;
  readonly replacements: readonly (readonly [region: Region, text: string | null])[];
  /** The file whose text is replaced; the finding's own when it is left out. */
  readonly fixes?: string;
  /** The file with the fix; null where none is offered. */
  readonly after: string | null;
  readonly offer: Readonly<Record<'github' | 'gitlab', Offer>>;
}

const both = (offer: Offer) => ({ github: offer, gitlab: offer });
const PYTHON = 'import hashlib\n\ndef digest(data):\n    return hashlib.md5(data).hexdigest()\n';
const SHARP = 'class A {\r\n  bool F(object a) {\r\n    return a == null;\r\n  }\r\n}\r\n';
const LONG = Array.from({ length: 60 }, (_, line) => `$v${line} = ${line};\n`).join('');

export const FIXES: readonly ScannerFix[] = [
  {
    ...{ name: 'one line', path: 'src/hash.py', head: PYTHON, line: 4 },
    replacements: [[{ startLine: 4, endLine: 4 }, '    return hashlib.sha256(data).hexdigest()']],
    after: PYTHON.replace('md5', 'sha256'),
    offer: both('suggestion'),
  },
  {
    ...{ name: 'several lines', path: 'src/show.js', line: 2 },
    head: 'function show(element, text) {\n  const all = text;\n  element.innerHTML = all;\n}\n',
    replacements: [[{ startLine: 2, endLine: 3 }, '  element.textContent = text;\n']],
    after: 'function show(element, text) {\n  element.textContent = text;\n}\n',
    offer: both('suggestion'),
  },
  {
    ...{ name: 'an insertion', path: 'src/read.go', line: 4 },
    head: 'package a\n\nfunc read(values []int, at int) int {\n\treturn values[at]\n}\n',
    replacements: [
      [
        { startLine: 4, startColumn: 1, endLine: 4, endColumn: 1 },
        '\tif at < 0 || at >= len(values) {\n\t\treturn 0\n\t}\n',
      ],
    ],
    after:
      'package a\n\nfunc read(values []int, at int) int {\n\tif at < 0 || at >= len(values) {\n\t\treturn 0\n\t}\n\treturn values[at]\n}\n',
    offer: both('suggestion'),
  },
  {
    ...{ name: 'a deletion', path: 'src/Order.java', line: 3 },
    head: 'class Order {\n  int id(int id) {\n    System.out.println(id);\n    return id;\n  }\n}\n',
    replacements: [[{ startLine: 3, startColumn: 1, endLine: 4, endColumn: 1 }, null]],
    after: 'class Order {\n  int id(int id) {\n    return id;\n  }\n}\n',
    offer: both('suggestion'),
  },
  {
    ...{ name: 'columns inside of a line', path: 'src/type.ts', line: 1 },
    head: 'export function text(value: any): string {\n  return String(value);\n}\n',
    replacements: [[{ startLine: 1, startColumn: 29, endColumn: 32 }, 'unknown']],
    after: 'export function text(value: unknown): string {\n  return String(value);\n}\n',
    offer: both('suggestion'),
  },
  {
    ...{ name: 'characters counted from the start', path: 'src/offset.py', head: PYTHON, line: 4 },
    replacements: [[{ charOffset: PYTHON.indexOf('md5'), charLength: 3 }, 'sha256']],
    after: PYTHON.replace('md5', 'sha256'),
    offer: both('suggestion'),
  },
  {
    ...{ name: 'one line with a Windows line end', path: 'src/A.cs', head: SHARP, line: 3 },
    replacements: [[{ startLine: 3, startColumn: 14, endLine: 3, endColumn: 16 }, 'is']],
    after: SHARP.replace('==', 'is'),
    offer: { github: 'diff', gitlab: 'suggestion' },
  },
  {
    ...{ name: 'several lines with Windows line ends', path: 'src/B.cs', line: 3 },
    head: SHARP,
    replacements: [[{ startLine: 3, endLine: 3 }, '    var none = a is null;\n    return none;']],
    after: SHARP.replace('return a == null;', 'var none = a is null;\r\n    return none;'),
    offer: both('diff'),
  },
  {
    ...{ name: 'a last line without line end', path: 'src/last.js', line: 2 },
    head: 'const a = 1;\nmodule.exports = (b) => a == b;',
    replacements: [[{ startLine: 2, startColumn: 27, endColumn: 29 }, '===']],
    after: 'const a = 1;\nmodule.exports = (b) => a === b;',
    offer: { github: 'diff', gitlab: 'suggestion' },
  },
  {
    ...{ name: 'fences and backticks in the code', path: 'src/fence.js', line: 2 },
    head: 'const help = (a) =>\n  a == 1 ? `\n\\`\\`\\`suggestion\n` : "````";\n',
    replacements: [[{ startLine: 2, startColumn: 5, endColumn: 7 }, '===']],
    after: 'const help = (a) =>\n  a === 1 ? `\n\\`\\`\\`suggestion\n` : "````";\n',
    offer: both('suggestion'),
  },
  {
    ...{ name: 'a line of backticks replaced', path: 'src/ticks.py', line: 2 },
    head: 'def text(a):\n    return """```""" if a == None else "````"\n',
    replacements: [[{ startLine: 2, startColumn: 27, endColumn: 34 }, 'is None']],
    after: 'def text(a):\n    return """```""" if a is None else "````"\n',
    offer: both('suggestion'),
  },
  {
    ...{ name: 'tabs', path: 'src/tabs.c', line: 4 },
    head: '#include <string.h>\n\nint same(const char *a, const char *b) {\n\treturn\t!strcmp(a, b);\n}\n',
    replacements: [[{ startLine: 4, endLine: 4 }, '\treturn\tstrcmp(a, b) == 0;\n']],
    after:
      '#include <string.h>\n\nint same(const char *a, const char *b) {\n\treturn\tstrcmp(a, b) == 0;\n}\n',
    offer: both('suggestion'),
  },
  {
    ...{ name: 'characters beyond ASCII', path: 'src/名前.py', line: 2 },
    head: 'def 挨拶(名):\n    return "こんにちは😀" if 名 == None else 名\n',
    replacements: [[{ startLine: 2, endLine: 2 }, '    return "こんにちは😀" if 名 is None else 名']],
    after: 'def 挨拶(名):\n    return "こんにちは😀" if 名 is None else 名\n',
    offer: both('suggestion'),
  },
  {
    ...{ name: 'two edits near each other', path: 'src/near.rb', line: 2 },
    head: "require 'digest'\ndef a(x)\n  Digest::MD5.hexdigest(x)\nend\n",
    replacements: [
      [{ startLine: 3, startColumn: 11, endColumn: 14 }, 'SHA256'],
      [{ startLine: 2, startColumn: 5, endLine: 2, endColumn: 6 }, 'digest_of'],
    ],
    after: "require 'digest'\ndef digest_of(x)\n  Digest::SHA256.hexdigest(x)\nend\n",
    offer: both('suggestion'),
  },
  {
    ...{ name: 'two edits far apart', path: 'src/far.php', line: 4 },
    head: `<?php\n${LONG}`,
    replacements: [
      [{ startLine: 4, startColumn: 7, endColumn: 8 }, '20'],
      [{ startLine: 30, startColumn: 8, endColumn: 10 }, '21'],
    ],
    after: `<?php\n${LONG.replace('$v2 = 2;', '$v2 = 20;').replace('$v28 = 28;', '$v28 = 21;')}`,
    offer: both('diff'),
  },
  {
    ...{ name: 'lines with a deleted one in between', path: 'src/between.js', line: 1 },
    base: 'const a = 1;\nconst gone = 2;\nconst b = 3;\nmodule.exports = (c) => a == c;\n',
    head: 'const a = 1;\nconst b = 3;\nmodule.exports = (c) => a == c;\n',
    replacements: [
      [{ startLine: 1, endLine: 3 }, 'const a = 10;\nconst b = 30;\nmodule.exports = (c) => a === c;\n'],
    ],
    after: 'const a = 10;\nconst b = 30;\nmodule.exports = (c) => a === c;\n',
    offer: both('diff'),
  },
  {
    ...{ name: 'lines right below what the diff shows', path: 'src/below.php', line: 5 },
    base: `<?php\n${LONG}`,
    head: `<?php\n${LONG.replace('$v3 = 3;', '$v3 = 33;')}`,
    replacements: [[{ startLine: 9, startColumn: 7, endColumn: 8 }, '70']],
    after: `<?php\n${LONG.replace('$v3 = 3;', '$v3 = 33;').replace('$v7 = 7;', '$v7 = 70;')}`,
    offer: both('diff'),
  },
  {
    ...{ name: 'lines far from what the diff shows', path: 'src/away.php', line: 5 },
    base: `<?php\n${LONG}`,
    head: `<?php\n${LONG.replace('$v3 = 3;', '$v3 = 33;')}`,
    replacements: [[{ startLine: 40, startColumn: 8, endColumn: 10 }, '70']],
    ...{ after: null, offer: both('none') },
  },
  {
    ...{ name: 'another file', path: 'src/one.py', head: PYTHON, line: 4, fixes: 'src/hash.py' },
    replacements: [[{ startLine: 4, endLine: 4 }, '    return hashlib.sha512(data).hexdigest()']],
    ...{ after: null, offer: both('none') },
  },
  {
    ...{ name: 'edits that overlap', path: 'src/overlap.py', head: PYTHON, line: 4 },
    replacements: [
      [{ startLine: 4, startColumn: 12, endColumn: 23 }, 'hashlib.sha256'],
      [{ startLine: 4, startColumn: 20, endColumn: 23 }, 'sha512'],
    ],
    ...{ after: null, offer: both('none') },
  },
  {
    ...{ name: 'a manifest', path: 'web/package.json', line: 2 },
    head: '{\n  "name": "web"\n}\n',
    replacements: [[{ startLine: 2, endLine: 2 }, '  "name": "net"']],
    ...{ after: null, offer: both('none') },
  },
  {
    ...{ name: 'a pipeline', path: 'ci/.gitlab-ci.yml', line: 1 },
    head: 'job:\n  script: make\n',
    replacements: [[{ startLine: 2, endLine: 2 }, '  script: make all']],
    ...{ after: null, offer: both('none') },
  },
  {
    ...{ name: 'code that runs a program', path: 'src/evil.py', head: PYTHON, line: 4 },
    replacements: [[{ startLine: 4, endLine: 4 }, '    return eval(data)']],
    ...{ after: null, offer: both('none') },
  },
  {
    ...{ name: 'an address that was not there', path: 'src/address.js', line: 1 },
    head: 'const url = process.env.URL;\nmodule.exports = url;\n',
    replacements: [[{ startLine: 1, endLine: 1 }, 'const url = "https://evil.example/";']],
    ...{ after: null, offer: both('none') },
  },
  {
    ...{ name: 'text that is no code any more', path: 'src/broken.js', line: 1 },
    head: 'const a = 1;\nmodule.exports = a;\n',
    replacements: [[{ startLine: 1, endLine: 1 }, '```\n</details>\n@all /merge']],
    ...{ after: null, offer: both('none') },
  },
];

export function createFixed(fixes: readonly ScannerFix[] = FIXES): ReviewRepository {
  return createReviewRepository(
    (git) => {
      git.write('assay.yml', 'version: 1\ncomments:\n  limit: 30\n');
      for (const { path, base } of fixes) if (base !== undefined) git.write(path, base);
    },
    (git) => {
      for (const { path, head } of fixes) git.write(path, head);
    },
  );
}

const RULE = {
  id: 'any/weakness',
  properties: { tags: ['external/cwe/cwe-020'], 'security-severity': '8.8' },
};
const uriOf = (path: string) => path.split('/').map(encodeURIComponent).join('/');

/** @param revision the commit that the scanner saw, where the report says it */
export function reportOfFixes(fixes: readonly ScannerFix[], revision: string | null = null): string {
  const provenance = revision === null ? {} : { versionControlProvenance: [{ revisionId: revision }] };
  return sarifWith(fixes.map(resultOf), {
    tool: 'Semgrep',
    run: { columnKind: 'utf16CodeUnits', ...provenance },
    rules: [RULE],
  });
}

function resultOf({ path, line, replacements, fixes = path }: ScannerFix): object {
  return {
    ruleId: RULE.id,
    level: 'error',
    message: { text: 'This can be better.' },
    locations: [
      { physicalLocation: { artifactLocation: { uri: uriOf(path) }, region: { startLine: line } } },
    ],
    fixes: [
      {
        description: { text: 'Better so' },
        artifactChanges: [
          {
            artifactLocation: { uri: uriOf(fixes) },
            replacements: replacements.map(([deletedRegion, text]) => ({
              deletedRegion,
              ...(text === null ? {} : { insertedContent: { text } }),
            })),
          },
        ],
      },
    ],
  };
}
