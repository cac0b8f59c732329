// Which language a file is in, and what the evaluator must know about each language's variables and arithmetic.

export const LANGUAGES = [
  'java',
  'javascript',
  'typescript',
  'tsx',
  'python',
  'go',
  'c',
  'cpp',
  'php',
  'ruby',
  'csharp',
] as const;
export type Language = (typeof LANGUAGES)[number];

export interface LanguageTraits {
  /** Asset name of the grammar: `grammars/<grammar>.wasm`. */
  readonly grammar: string;
  /** Folder of `rules/catalog/` that speaks of it. */
  readonly catalog: string;
  /** A declaration in a block hides an outer one. */
  readonly blockScoped: boolean;
  /** A called function may change a plain variable that it is handed (references, macros, mutable strings). */
  readonly callsMayChangeArguments: boolean;
  /** A method may change the variable it is called on. */
  readonly receiversMayChange: boolean;
  /** Texts are changed in place. */
  readonly textsChange: boolean;
  /** `7 / 2`: cut to 3, rounded down to 3, or 3.5. */
  readonly integerDivision: 'truncate' | 'floor' | 'fraction';
  /** A bare name in a method may be a field of its class. */
  readonly bareFields: boolean;
  /** `==` on strings compares references: never folded. */
  readonly stringIdentity: boolean;
  /** What a called function of the repository does is followed: the form of its parameters is known in full. */
  readonly followsCalls: boolean;
  /** `+` joins a string with anything. */
  readonly plusJoins: boolean;
}

const base = {
  blockScoped: true,
  callsMayChangeArguments: false,
  receiversMayChange: false,
  textsChange: false,
  integerDivision: 'truncate',
  bareFields: false,
  stringIdentity: false,
  plusJoins: false,
  followsCalls: false,
} as const;
const script = {
  ...base,
  integerDivision: 'fraction',
  plusJoins: true,
  followsCalls: true,
  catalog: 'javascript',
} as const;

export const TRAITS: Readonly<Record<Language, LanguageTraits>> = {
  java: {
    ...base,
    grammar: 'java',
    catalog: 'java',
    followsCalls: true,
    bareFields: true,
    stringIdentity: true,
    plusJoins: true,
  },
  javascript: { ...script, grammar: 'javascript' },
  typescript: { ...script, grammar: 'typescript' },
  tsx: { ...script, grammar: 'tsx' },
  python: {
    ...base,
    grammar: 'python',
    catalog: 'python',
    followsCalls: true,
    blockScoped: false,
    integerDivision: 'fraction',
  },
  go: { ...base, grammar: 'go', catalog: 'go' },
  c: { ...base, grammar: 'c', catalog: 'c', callsMayChangeArguments: true, stringIdentity: true },
  cpp: {
    ...base,
    grammar: 'cpp',
    receiversMayChange: true,
    catalog: 'c',
    callsMayChangeArguments: true,
    bareFields: true,
    stringIdentity: true,
  },
  php: {
    ...base,
    grammar: 'php',
    catalog: 'php',
    blockScoped: false,
    callsMayChangeArguments: true,
    integerDivision: 'fraction',
  },
  ruby: {
    ...base,
    grammar: 'ruby',
    receiversMayChange: true,
    textsChange: true,
    catalog: 'ruby',
    blockScoped: false,
    callsMayChangeArguments: true,
    integerDivision: 'floor',
  },
  csharp: {
    ...base,
    grammar: 'c-sharp',
    catalog: 'csharp',
    followsCalls: true,
    bareFields: true,
    plusJoins: true,
  },
};

const BY_EXTENSION: ReadonlyMap<string, Language> = new Map([
  ['java', 'java'],
  ['js', 'javascript'],
  ['mjs', 'javascript'],
  ['cjs', 'javascript'],
  ['jsx', 'javascript'],
  ['ts', 'typescript'],
  ['mts', 'typescript'],
  ['cts', 'typescript'],
  ['tsx', 'tsx'],
  ['py', 'python'],
  ['pyw', 'python'],
  ['wsgi', 'python'],
  ['go', 'go'],
  ['c', 'c'],
  ['h', 'c'],
  ['cc', 'cpp'],
  ['cpp', 'cpp'],
  ['cxx', 'cpp'],
  ['c++', 'cpp'],
  ['hpp', 'cpp'],
  ['hh', 'cpp'],
  ['hxx', 'cpp'],
  ['ipp', 'cpp'],
  ['php', 'php'],
  ['phtml', 'php'],
  ['php5', 'php'],
  ['php7', 'php'],
  ['inc', 'php'],
  ['rb', 'ruby'],
  ['rake', 'ruby'],
  ['ru', 'ruby'],
  ['gemspec', 'ruby'],
  ['cs', 'csharp'],
  ['csx', 'csharp'],
]);

const BY_FILE_NAME: ReadonlyMap<string, Language> = new Map([
  ['Rakefile', 'ruby'],
  ['Gemfile', 'ruby'],
  ['Vagrantfile', 'ruby'],
]);

const BY_INTERPRETER: readonly (readonly [pattern: RegExp, language: Language])[] = [
  [/^#!.*\bpython[\d.]*\b/, 'python'],
  [/^#!.*\b(node|nodejs|bun)\b/, 'javascript'],
  [/^#!.*\b(deno|ts-node|tsx)\b/, 'typescript'],
  [/^#!.*\bruby\b/, 'ruby'],
  [/^#!.*\bphp\b/, 'php'],
];

/** Words that only C++ gives meaning at the start of a line: a header that has one is not C. */
const CPP_SIGNS =
  /^\s*(class\s+\w+[^;]*[{:]|namespace\b|template\s*<|using\s+\w|public:|private:|protected:)|\bstd::|\bconstexpr\b|\bvirtual\s/m;

/** The language of a file by its name, and by its text where the name does not say; null when Assay does not know it. */
export function detectLanguage(path: string, text: string): Language | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  if (dot > 0) {
    const extension = name.slice(dot + 1);
    const language = BY_EXTENSION.get(extension.toLowerCase()) ?? null;
    if (extension === 'h' && CPP_SIGNS.test(text)) return 'cpp';
    if (extension === 'C') return 'cpp';
    if (extension === 'inc') return text.includes('<?php') ? 'php' : null;
    return language;
  }
  const byName = BY_FILE_NAME.get(name);
  if (byName !== undefined) return byName;
  const firstLine = text.slice(0, 200).split('\n', 1)[0] ?? '';
  return BY_INTERPRETER.find(([pattern]) => pattern.test(firstLine))?.[1] ?? null;
}
