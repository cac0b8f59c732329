// How a setting is read for the name of a package: without the lines that ask for it, and only where it can have an effect.
import type { Requirement } from '#domain/project.ts';
import { findWord } from './find-mentions.ts';
import type { SourceFile } from './source-index.ts';
import { startedScripts } from './started-commands.ts';

/** Scripts and images: what they hold is run. */
export function runsThings(path: string): boolean {
  return RUNS.test(path) || /\.(?:sh|bash)$/i.test(path);
}

const START =
  /"(?:start|serve|prod\w*|production|server|worker|preinstall|install|postinstall|main|bin)[\w:.-]*"\s*:/;
const RUNS =
  /(?:^|\/)(?:[\w.-]*Dockerfile[\w.-]*|[\w.-]*Containerfile|Procfile[\w.-]*|entrypoint[\w.-]*|[^/]*\.(?:service|html?)|(?:docker-)?compose[\w.-]*\.ya?ml|serverless[\w.-]*\.ya?ml|app\.ya?ml|ecosystem[\w.-]*\.(?:json|ya?ml)|vercel\.json|fly\.toml)$/i;

/** Build configuration that puts packages into what runs. */
export function mayInject(file: SourceFile, words: readonly string[]): boolean {
  if (
    words.some((word) =>
      /(?:^|[/-])(?:loader|plugin|preset|eslint|babel|jest|postcss|webpack|rollup|vite|types|prettier)(?:[/-]|$)/.test(
        word,
      ),
    )
  )
    return false;
  return /\b(?:ProvidePlugin|alias|entry|externals|inject|vendor|include|optimizeDeps|globals|noExternal|bundle\w*)\b/.test(
    file.text,
  );
}

export function isStarted(path: string, text: string, at: number): boolean {
  if (RUNS.test(path)) return true;
  const line = text.slice(text.lastIndexOf('\n', at) + 1, at);
  if (START.test(line.slice(-400))) return true;
  return (
    /(?:^|\/)package\.json$/.test(path) &&
    startedScripts(text).some(({ start, end }) => start <= at && at < end)
  );
}

export function firstWord(
  text: string,
  words: readonly string[],
  isDotted: boolean,
  counts: (at: number) => boolean,
): number {
  for (const word of words)
    for (let at = findWord(text, word, 0, isDotted); at >= 0; at = findWord(text, word, at + 1, isDotted))
      if (counts(at)) return at;
  return -1;
}

/** The lines that ask for the package name it too: there the name is blanked out, once a requirement. */
export function withoutRequirements(
  path: string,
  text: string,
  asked: readonly Requirement[],
  words: readonly string[],
): string {
  const lines = asked.flatMap(({ place, versionPlace, name, alias }) =>
    [place, versionPlace].flatMap((one) =>
      one?.path === path
        ? [{ line: one.startLine, names: [name, ...(alias === undefined ? [] : [alias]), ...words] }]
        : [],
    ),
  );
  if (lines.length === 0) return text;
  const rows = text.split('\n');
  for (const { line, names } of lines)
    for (const word of new Set(names))
      for (const at of [line, line - 1, line - 2]) {
        const row = rows[at - 1];
        if (row === undefined) continue;
        const start = askedAt(row, word, path.endsWith('.json'));
        if (start < 0) continue;
        rows[at - 1] = row.slice(0, start) + ' '.repeat(word.length) + row.slice(start + word.length);
        break;
      }
  return rows.join('\n');
}

/** In JSON a name that is asked for is a key, or the value of an alias: elsewhere on the line it is something else. */
function askedAt(row: string, word: string, isJson: boolean): number {
  if (!isJson) return findWord(row.toLowerCase(), word.toLowerCase());
  const quoted = `"${word}"`;
  for (let at = row.indexOf(quoted); at >= 0; at = row.indexOf(quoted, at + 1))
    if (/^\s{0,20}:/.test(row.slice(at + quoted.length, at + quoted.length + 22))) return at + 1;
  const alias = row.indexOf(`npm:${word}@`);
  return alias < 0 ? -1 : alias + 4;
}
