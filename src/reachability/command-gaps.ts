// Commands in settings that leave open which package they start.
import { phrase } from '#domain/phrase.ts';
import type { DependencyProject } from '#domain/project.ts';
import type { Doubt } from './doubt.ts';
import type { EcosystemRules } from './ecosystems/ecosystem.ts';
import type { NpmCommands } from './npm-commands.ts';
import { citeOffset } from './read-code.ts';
import type { SettingFile, SettingIndex } from './setting-index.ts';
import { runsThings } from './setting-mentions.ts';
import type { SourceIndex } from './source-index.ts';
import { packageCommands, STARTS_PROGRAMS, startedCommands } from './started-commands.ts';

/** A module whose name is a value of the environment, and a folder of packages given to whoever asks. */
const OPEN: ReadonlyMap<string, RegExp> = new Map([
  [
    'npm',
    /\bnode\b[^\n;&|]{0,200}\s(?:-r|--require|--import)[ =]["']?\$|\bNODE_OPTIONS\b[^\n]{0,200}(?:-r|--require|--import)[ =]["']?\$|\bCOPY\b[^\n]{0,200}\bnode_modules\b[^\n]{0,200}\b(?:html|public|static|www|htdocs)\b/,
  ],
  ['PyPI', /\bpython[\d.]{0,5}\s{1,9}(?:-[A-Za-ln-z]\s{1,9}){0,5}-m\s{1,9}["']?\$/],
  ['RubyGems', /\b(?:ruby\b[^\n;&|]{0,200}\s|RUBYOPT\b[^\n]{0,200})-r\s{0,3}["']?\$/],
]);
const MOST = 3;

export interface CommandQuestion {
  readonly project: DependencyProject;
  readonly packageName: string;
  readonly commands: NpmCommands | null;
  isOwn(path: string): boolean;
}

export function commandGaps(
  rules: EcosystemRules,
  { settings, sources }: { readonly settings: SettingIndex; readonly sources: SourceIndex },
  question: CommandQuestion,
): readonly Doubt[] {
  const found: { readonly file: SettingFile; readonly start: number }[] = [];
  for (const file of settings.files) {
    if (found.length >= MOST) break;
    if (question.isOwn(file.path))
      found.push(...openIn(file, rules, question).map((start) => ({ file, start })));
  }
  if (rules.ecosystem === 'npm')
    for (const file of sources.files) {
      if (found.length >= MOST) break;
      if (file.role !== 'runtime' || !STARTS_PROGRAMS.test(file.text) || !question.isOwn(file.path)) continue;
      found.push(...unknownCommands(file.text, question).map((start) => ({ file, start })));
    }
  if (found.length === 0) return [];
  return [
    {
      text: phrase`A script starts a command that may come with any package.`,
      citations: found.slice(0, MOST).map(({ file, start }) => citeOffset(file.path, file.text, start)),
    },
  ];
}

function openIn(file: SettingFile, { ecosystem }: EcosystemRules, question: CommandQuestion): number[] {
  const found: number[] = [];
  const isManifest = /(?:^|\/)package\.json$/.test(file.path);
  const open = isManifest || runsThings(file.path) ? (OPEN.get(ecosystem)?.exec(file.text) ?? null) : null;
  if (open !== null) found.push(open.index);
  if (ecosystem === 'Maven' && startsAgent(file, question.packageName))
    found.push(file.text.indexOf('-javaagent'));
  const { commands } = question;
  if (ecosystem !== 'npm' || commands === null) return found;
  const isKnown = (word: string) => commands.knows(word);
  if (isManifest) found.push(...startedCommands(file, isKnown));
  else if (runsThings(file.path)) found.push(...unknownCommands(file.text, question));
  return found;
}

function unknownCommands(text: string, { commands, project }: CommandQuestion): number[] {
  const names = new Set([...project.packages, ...project.requirements].map(({ name }) => name));
  return packageCommands(text)
    .filter(({ word }) => commands?.knows(word) !== true && !names.has(word))
    .map(({ start }) => start);
}

/** An agent is a jar, called like its artifact. */
function startsAgent({ text }: SettingFile, packageName: string): boolean {
  const artifact = packageName.split(':').at(-1) ?? packageName;
  return [...text.matchAll(/-javaagent[:=]([^\s"'=]{1,300})/g)].some(
    ([, path = '']) => path.includes(artifact) || path.includes('$') || path.includes('*'),
  );
}
