// How Go imports packages of modules: by paths below the module's.
import { allMatches, type EcosystemRules, type FoundImport, groupSpan } from './ecosystem.ts';

const SINGLE =
  /(?:^|;)[ \t]{0,40}import\b(?:\s|\/\*[^*]{0,200}\*\/){0,40}(?:[\p{L}\p{N}_.]{1,100}(?:\s|\/\*[^*]{0,200}\*\/){1,40})?(["`])([^"`\n]{1,300})\1/dgmu;
const BLOCK = /(?:^|;)[ \t]{0,40}import(?:\s|\/\*[^*]{0,200}\*\/){0,40}\(/gm;
/** An entry of a block, a comment, which may hold brackets, or the end. */
const ENTRY = /(["`])([^"`\n]{1,300})\1|\/\/[^\n]*|\/\*[^*]{0,4000}\*\/|\)/dg;
/** `//go:generate go run example.org/kit/cmd/gen` (https://pkg.go.dev/cmd/go#hdr-Generate_Go_files_by_processing_source). */
const GENERATE = /^\/\/go:generate\s[^\n]{0,400}/gm;
const MODULE_PATH = /[\w-]{1,60}(?:\.[\w-]{1,60}){1,6}\/[\w./~-]{1,200}/g;
const PLUGIN = /\bplugin\.Open\s*\(/g;

export const GO: EcosystemRules = {
  ecosystem: 'Go',
  sources: /\.(?:go|templ|qtpl|y|peg|rl)$/,
  foreign: /(?:^|\/)(?:vendor|node_modules)\//,
  tests: /_test\.go$/,
  tooling: /(?:^|\/)(?:tools|magefile)\.go$/,
  loadsNothing: (text) => {
    // Imports stand before everything else (https://go.dev/ref/spec#Source_file_organization).
    const end = /^(?:func|var|const|type)\b/m.exec(text)?.index ?? text.length;
    if (end > 100_000) return false;
    // What comes with Go has no dot in the first part of its path.
    return importsIn(text.slice(0, end)).every(({ specifier }) => !/^[^/]*\./.test(specifier));
  },
  scan: (text) => ({
    imports: [...importsIn(text), ...generatorsIn(text)],
    dynamics: allMatches(text, PLUGIN).map(({ index }) => ({ start: index, prefix: '' })),
  }),
  keyOf: (specifier) => specifier.split('/', 2).join('/'),
  covers: (name, specifier) => specifier === name || specifier.startsWith(`${name}/`),
  namesOf: (name) => ({ names: [name], isGuess: false }),
  // Commands may build it: `go install`, `go run`.
  wordsOf: (name) => [name],
  loadedByOthers: () => null,
};

function generatorsIn(text: string): FoundImport[] {
  return allMatches(text, GENERATE).flatMap(({ index, 0: line }) =>
    allMatches(line, MODULE_PATH).map((match) => ({
      ...foundAt(match[0], [index + match.index, index + match.index + match[0].length]),
      isDirective: true,
    })),
  );
}

function importsIn(text: string): FoundImport[] {
  const found = allMatches(text, SINGLE).map((match) => foundAt(match[2] ?? '', groupSpan(match, 2)));
  let from = 0;
  for (const { index, 0: head } of allMatches(text, BLOCK)) {
    // What begins inside of the block before is none, so that no text is read twice.
    if (index < from) continue;
    ENTRY.lastIndex = index + head.length;
    let entry = ENTRY.exec(text);
    for (; entry !== null && entry[0] !== ')'; entry = ENTRY.exec(text))
      if (entry[2] !== undefined) found.push(foundAt(entry[2], groupSpan(entry, 2)));
    if (entry === null) break;
    from = ENTRY.lastIndex;
  }
  return found;
}

function foundAt(specifier: string, [start, end]: readonly [number, number]): FoundImport {
  return { specifier, start, end, isTypeOnly: false };
}
