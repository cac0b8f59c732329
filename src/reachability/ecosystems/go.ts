// How Go imports packages of modules: by paths below the module's.
import { allMatches, type EcosystemRules, type FoundImport, groupSpan } from './ecosystem.ts';

const SINGLE = /^[ \t]*import[ \t]+(?:[\w.]+[ \t]+)?(["`])([^"`\n]{1,300})\1/dgm;
const BLOCK = /^[ \t]*import[ \t]*\(/gm;
const ENTRY = /(["`])([^"`\n]{1,300})\1/dg;
const PLUGIN = /\bplugin\.Open\s*\(/g;

export const GO: EcosystemRules = {
  ecosystem: 'Go',
  sources: /\.go$/,
  foreign: /(?:^|\/)(?:vendor|node_modules)\//,
  tests: /_test\.go$/,
  tooling: /(?:^|\/)(?:tools|magefile)\.go$/,
  scan: (text) => ({
    imports: importsIn(text),
    dynamics: allMatches(text, PLUGIN).map(({ index }) => ({ start: index, prefix: '' })),
  }),
  keyOf: (specifier) => specifier.split('/', 2).join('/'),
  covers: (name, specifier) => specifier === name || specifier.startsWith(`${name}/`),
  namesOf: (name) => ({ names: [name], isGuess: false }),
  wordsOf: () => [],
  loadedByOthers: () => null,
};

function importsIn(text: string): FoundImport[] {
  const found = allMatches(text, SINGLE).map((match) => foundAt(match[2] ?? '', groupSpan(match, 2)));
  for (const { index } of allMatches(text, BLOCK)) {
    const from = text.indexOf('(', index) + 1;
    const close = text.indexOf(')', from);
    if (close < 0) break;
    for (const entry of allMatches(text.slice(from, close), ENTRY)) {
      const [start, end] = groupSpan(entry, 2);
      found.push(foundAt(entry[2] ?? '', [from + start, from + end]));
    }
  }
  return found;
}

function foundAt(specifier: string, [start, end]: readonly [number, number]): FoundImport {
  return { specifier, start, end, isTypeOnly: false };
}
