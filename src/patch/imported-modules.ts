// Which modules a text imports, by its letters: a proposed patch may not bring in one that the file did not use yet (security row 24).
import type { Language } from '#code/languages.ts';

interface ImportForm {
  readonly languages: readonly Language[];
  /** Group `name`; without a match of it the whole match stands for the import. */
  readonly pattern: RegExp;
}

const SCRIPT: readonly Language[] = ['javascript', 'typescript', 'tsx'];

const FORMS: readonly ImportForm[] = [
  {
    languages: SCRIPT,
    pattern:
      /\b(?:from|import|require)\s{0,80}(?:\(\s{0,80})?(?<quote>['"`])(?<name>[^'"`\n$]{1,200})\k<quote>/g,
  },
  // A name that is put together when it runs.
  {
    languages: SCRIPT,
    pattern:
      /(?<!\.)\b(?:import|require)\s*(?:\(\s*(?!['"`][^'"`\n$]{1,200}['"`]\s*[,)])[^\n]{0,80}|(?=[=;,)\].[]))/g,
  },
  { languages: ['python'], pattern: /(?:^|[;:])[ \t]*from[ \t]+(?<name>[\w.]+)[ \t]+import\b/gm },
  { languages: ['python'], pattern: /(?:^|[;:])[ \t]*import[ \t]+(?<names>[\w.][^\n#;]{0,200})/gm },
  { languages: ['java'], pattern: /\bimport\s+(?:static\s+)?(?<name>[\w.]+)\.[\w*]+\s*;/g },
  {
    languages: ['go'],
    pattern:
      /^[ \t]*(?:import[ \t]+(?:\([ \t]*)?)?(?:[\w.]+[ \t]+)?"(?<name>[^"\n]{1,200})"[ \t]*\)?(?:\/\/.*)?\r?$/gm,
  },
  {
    languages: ['c', 'cpp'],
    pattern: /^[ \t]*(?:#|%:|\?\?=)[ \t]*(?:include|include_next|import)\b[ \t]*(?<name>[^\n]{1,200})/gm,
  },
  { languages: ['cpp'], pattern: /\bimport[ \t]+(?<name>[<"\w.:]{1,200}[>"]?)[ \t]*;/g },
  { languages: ['php'], pattern: /\b(?:require|include)(?:_once)?\b(?<name>[^;\n]{1,200})/gi },
  { languages: ['php'], pattern: /^[ \t]*use[ \t]+(?:function[ \t]+|const[ \t]+)?(?<name>[\w\\]+)/gim },
  {
    languages: ['ruby'],
    pattern: /(?<![\w.:@])(?:require|require_relative|load|autoload)\b(?<name>[^\n]{1,200})/g,
  },
  {
    languages: ['csharp'],
    pattern:
      /^[ \t]*(?:global[ \t]+)?using[ \t]+(?:static[ \t]+)?(?:\w+[ \t]*=[ \t]*)?(?<name>[\w.:<>]+)[ \t]*;/gm,
  },
];
/** For languages that Assay does not know: lines that look like imports somewhere. */
const UNKNOWN_FORM =
  /^[ \t]*(?:pub[ \t]+)?(?:import|from|use|using|require|include|source|extern crate|mod|load|open|library|#include)\b[^\n]{1,200}/gm;

/** Names as written; those of every language for null. */
export function importedModules(text: string, language: Language | null): ReadonlySet<string> {
  const modules = new Set<string>();
  const add = (name: string) => modules.add(name.replace(/\s+/g, ' ').trim());
  if (language === null) for (const [line] of text.matchAll(UNKNOWN_FORM)) add(line);
  for (const { languages, pattern } of FORMS) {
    if (language !== null && !languages.includes(language)) continue;
    for (const match of text.matchAll(pattern)) {
      const several = match.groups?.names;
      if (several === undefined) add(match.groups?.name ?? match[0]);
      else for (const one of several.split(',')) add(one.trim().split(/\s/, 1)[0] ?? '');
    }
  }
  return modules;
}
