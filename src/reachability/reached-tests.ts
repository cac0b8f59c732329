// Files under test paths that run nevertheless, because what runs imports them or starts them.
import { posix } from 'node:path';
import type { EcosystemRules } from './ecosystems/ecosystem.ts';
import type { SettingIndex } from './setting-index.ts';
import type { SourceFile, SourceIndex } from './source-index.ts';

const STARTED = /"(?:start|serve|prod\w*|server|worker|main|bin|postinstall|install)[\w:.-]*"\s*:/;

/** Names are compared by their ends, so that more counts as reached than is. */
export function reachedTests(
  sources: SourceIndex,
  rules: EcosystemRules,
  settings: SettingIndex,
): ReadonlySet<string> {
  if (rules.ecosystem === 'Go' || rules.ecosystem === 'Maven') return new Set();
  const tests = sources.files.filter(({ role }) => role === 'test');
  if (tests.length === 0) return new Set();
  const importsOf = importsByFile(sources);
  const reached = new Set<string>();
  const open: SourceFile[] = sources.files.filter(({ role }) => role !== 'test');
  const named = namedFolders(sources.files);
  for (const file of tests)
    if (isStarted(file.path, settings) || file.path.split('/').some((folder) => named.has(folder))) add(file);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const ends = (importsOf.get(next.path) ?? []).flatMap((specifier) => endsOf(specifier, next.path, rules));
    if (ends.length === 0) continue;
    const wanted = new Set(ends);
    for (const file of tests)
      if (!reached.has(file.path) && namesOf(file.path).some((name) => wanted.has(name))) add(file);
  }
  return reached;

  function add(file: SourceFile): void {
    reached.add(file.path);
    open.push(file);
  }
}

/** Loads whose path is put together, or found by looking through a folder. */
const LOADS_BY_PATH =
  /\b(?:require|import|import_module|__import__|require_relative|require_once|include|include_once|load|autoload|glob\w*|readdir\w*|scandir|listdir|iterdir|discover|walk\w*|spawn|fork|exec\w*|run\w*|Worker)\s{0,9}\(\s{0,9}(?!['"][^'"\n]{0,200}['"]\s{0,9}\)|\))|#\[path\b|\b(?:require_relative|require|include)\s+[^'"(\s]/;

/** Folders of tests that a text in what runs names: `'./test/' + name`. */
function namedFolders(files: readonly SourceFile[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { role, text } of files)
    if (role === 'runtime' && LOADS_BY_PATH.test(text))
      for (const match of text.matchAll(
        /(?<![\w-])(?:'|"|`|\.?\/)([\w-]{0,100}(?:test|spec|e2e|fixture|mock)[\w-]{0,100})[/'"`.]/gi,
      ))
        found.add(match[1] ?? '');
  return found;
}

function importsByFile(sources: SourceIndex): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const hits of sources.imports.values())
    for (const { file, found: one } of hits) {
      const list = found.get(file.path);
      if (list === undefined) found.set(file.path, [one.specifier]);
      else list.push(one.specifier);
    }
  return found;
}

/** What is imported as the end of a path: `../test/helpers` from its file, `tests.helpers` by its last two parts. */
function endsOf(specifier: string, from: string, { ecosystem }: EcosystemRules): string[] {
  const plain = specifier.replace(/\.[cm]?[jt]sx?$|\.rb$|\.php$/, '');
  if (ecosystem === 'npm' && specifier.startsWith('.')) return [`/${posix.join(posix.dirname(from), plain)}`];
  const parts = plain.split(/[./\\:]+/).filter((part) => part !== '');
  const last = parts.at(-1);
  if (last === undefined) return [];
  const before = parts.at(-2);
  if (before === undefined) return /^[./]/.test(specifier) ? [last] : [];
  return ecosystem === 'npm' ? [`${before}/${last}`] : [`${before}/${last}`, before];
}

function namesOf(path: string): string[] {
  const parts = path.replace(/\.[^./]+$/, '').split('/');
  const whole = `/${parts.join('/')}`;
  if (/^(?:index|__init__|mod)$/.test(parts.at(-1) ?? '')) parts.pop();
  const last = parts.at(-1) ?? '';
  const before = parts.at(-2);
  return [whole, `/${parts.join('/')}`, last, ...(before === undefined ? [] : [`${before}/${last}`])];
}

function isStarted(path: string, { files }: SettingIndex): boolean {
  const stem = path.replace(/\.[^./]+$/, '');
  const tail = stem.split('/').slice(-2).join('/');
  return files.some(({ path: from, text }) => {
    for (let at = text.indexOf(tail); at >= 0; at = text.indexOf(tail, at + 1)) {
      if (!from.endsWith('.json')) return !/\.github\//.test(from);
      if (STARTED.test(text.slice(text.lastIndexOf('\n', at) + 1, at).slice(-400))) return true;
    }
    return false;
  });
}
