// How Rust names crates: an identifier before `::`, in `use` and in `extern crate`.
import { allMatches, type EcosystemRules, type FoundImport, groupSpan, NAME_GAP } from './ecosystem.ts';

const PATH = new RegExp(String.raw`(?<![\w:.])(?:::)?\s{0,3}(?:r#)?([a-zA-Z_]\w*)${NAME_GAP}::`, 'dg');
const USE = new RegExp(
  String.raw`\b(?:use|extern\s+crate)\b${NAME_GAP}(?:::)?${NAME_GAP}(?:r#)?([a-zA-Z_]\w*)`,
  'dg',
);
/** `use {a, b::c};` names crates without a path before them. */
const USE_LIST = /\buse\s+(?:::)?\{([^;]{0,4000});/dg;
/** Code that a build makes, or that stands in another file. */
const INCLUDE =
  /\binclude(?:_proto)?!\s{0,9}[([{]|\bpath\s{0,9}=\s{0,9}"[^"\n]{0,300}(?<!\.rs)"\s{0,9}[\])]/g;

const BY_TOOL =
  /-sys$|^(?:openssl|openssl-src|jemallocator|mimalloc|getrandom|cc|bindgen|cmake|build-data)$|allocator|-derive$|-macros?$/;

export const RUST: EcosystemRules = {
  ecosystem: 'crates.io',
  sources: /\.rs$/,
  foreign: /(?:^|\/)target\/(?:debug|release|package)\/|^vendor\//,
  tests: /(?:^|\/)(?:tests|benches)\//,
  tooling: null,
  scan: (text) => ({
    imports: pathsIn(text),
    dynamics: allMatches(text, INCLUDE).map(({ index }) => ({ start: index, prefix: '' })),
  }),
  keyOf: (specifier) => specifier,
  covers: (name, specifier) => specifier === name,
  namesOf: (name, rules) => ({
    names: rules.modulesOf('crates.io', name) ?? libraryNames(name),
    isGuess: false,
  }),
  wordsOf: () => [],
  loadedByOthers: (name) => (BY_TOOL.test(name) ? 'tool' : null),
};

/** A library may be called otherwise than its crate: `rust-crypto` is `crypto`, `xml-rs` is `xml`, `md-5` is `md5`. */
function libraryNames(name: string): string[] {
  const short = name.replace(/^(?:lib)?rust[-_]|[-_](?:rs|rust)$/g, '');
  return [...new Set([name, short].flatMap((one) => [one.replace(/-/g, '_'), one.replace(/-/g, '')]))];
}

function pathsIn(text: string): FoundImport[] {
  const found = new Map<string, FoundImport>();
  const add = (specifier: string, start: number, end: number) => {
    if (!found.has(specifier)) found.set(specifier, { specifier, start, end, isTypeOnly: false });
  };
  for (const pattern of [USE, PATH])
    for (const match of allMatches(text, pattern)) add(match[1] ?? '', ...groupSpan(match, 1));
  for (const match of allMatches(text, USE_LIST)) {
    const [from] = groupSpan(match, 1);
    for (const word of (match[1] ?? '').matchAll(/[a-zA-Z_]\w*/g))
      add(word[0], from + word.index, from + word.index + word[0].length);
  }
  return [...found.values()];
}
