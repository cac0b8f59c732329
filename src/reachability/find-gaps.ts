// What a search of a project's sources left out: as long as there is some of it, nothing can be called not there.
import { phrase } from '#domain/phrase.ts';
import { markOutside } from '#support/mark-outside.ts';
import { type CommandQuestion, commandGaps } from './command-gaps.ts';
import type { Doubt } from './doubt.ts';
import type { EcosystemRules } from './ecosystems/ecosystem.ts';
import { type CodeText, citeOffset } from './read-code.ts';
import type { SettingIndex } from './setting-index.ts';
import type { DynamicHit, SourceFile, SourceIndex } from './source-index.ts';

interface Searched {
  readonly rules: EcosystemRules;
  readonly sources: SourceIndex;
  readonly settings: SettingIndex;
  readonly readCode: (file: SourceFile) => Promise<CodeText>;
}

interface GapQuestion extends CommandQuestion {
  /** What the package may be imported by. */
  readonly names: readonly string[];
  readonly gemfileIsExplicit: boolean;
}

/** Unread files, commands of unknown packages, and names that are made at run time; empty when all was looked at. */
export async function findGaps(searched: Searched, question: GapQuestion): Promise<readonly Doubt[]> {
  const { sources, settings } = searched;
  const { isOwn } = question;
  const doubts: Doubt[] = [];
  const { overLimit, tooLarge, refused } = sources.unread;
  const lost = [...tooLarge, ...refused].filter(isOwn);
  if (overLimit > 0 || lost.length > 0) {
    const list = lost.slice(0, 3).join(', ');
    doubts.push({
      text: phrase`Not all sources were searched: ${overLimit + lost.length} are too large, too many or unreadable (${markOutside(list === '' ? '…' : list, 160)}).`,
      citations: [],
    });
  }
  if (settings.unread > 0)
    doubts.push({
      text: phrase`Not all settings were searched: ${settings.unread} are too large or too many.`,
      citations: [],
    });
  doubts.push(...commandGaps(searched.rules, searched, question));
  const dynamic = await findDynamics(searched, question);
  if (dynamic.length > 0)
    doubts.push({
      text: phrase`Code is loaded by a name that is made at run time, which may be this package.`,
      citations: dynamic.slice(0, 3).map(({ file, load }) => citeOffset(file.path, file.text, load.start)),
    });
  return doubts;
}

async function findDynamics(
  { rules, sources, settings, readCode }: Searched,
  { isOwn, names, gemfileIsExplicit }: GapQuestion,
): Promise<readonly DynamicHit[]> {
  const found: DynamicHit[] = [];
  const isModern = settings.files.some(({ path, text }) => rules.isModern?.(path, text) === true);
  const isHere = (name: string) =>
    [...settings.files, ...sources.files].some(({ path }) => `/${path}`.endsWith(`/${name}`));
  for (const [index, hit] of sources.dynamics.entries()) {
    const { file, load } = hit;
    if (found.length >= 3) break;
    if (file.role === 'test' || !isOwn(file.path)) continue;
    if (
      load.prefix !== '' &&
      !names.some((name) => name.startsWith(load.prefix) || load.prefix.startsWith(name))
    )
      continue;
    if ((load.isOld === true && isModern) || (load.file !== undefined && isHere(load.file))) continue;
    if (gemfileIsExplicit && file.text.startsWith('Bundler', load.start)) continue;
    if (index < 2000 && (await readCode(file)).isComment(load.start)) continue;
    found.push(hit);
  }
  return found;
}
