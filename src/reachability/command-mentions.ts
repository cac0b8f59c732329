// Where settings and sources start a package by a command that is not called like it.
import { phrase } from '#domain/phrase.ts';
import { markOutside } from '#support/mark-outside.ts';
import type { Doubt } from './doubt.ts';
import type { Mention } from './find-mentions.ts';
import { type CodeText, citeOffset } from './read-code.ts';
import type { SettingIndex } from './setting-index.ts';
import { isStarted } from './setting-mentions.ts';
import type { SourceFile, SourceIndex } from './source-index.ts';
import { STARTS_PROGRAMS } from './started-commands.ts';

interface Searched {
  readonly settings: SettingIndex;
  readonly sources: SourceIndex;
  readonly readCode: (file: SourceFile) => Promise<CodeText>;
}

interface Asked {
  readonly name: string;
  readonly commands: readonly string[];
  /** Settings of tools do not count, only what is started. */
  readonly isDevelopment: boolean;
  isOwn(path: string): boolean;
}

const MOST = 3;

export async function commandMentions(searched: Searched, asked: Asked): Promise<readonly Doubt[]> {
  const found: Mention[] = [];
  for (const command of asked.commands) {
    if (found.length >= MOST) break;
    found.push(...inSettings(command, searched, asked), ...(await inSources(command, searched, asked)));
  }
  if (found.length === 0) return [];
  return [
    {
      text: phrase`${markOutside(asked.name)} is named in a text or a setting, by which it may be loaded.`,
      citations: found.slice(0, MOST).map(({ path, text, start }) => citeOffset(path, text, start)),
    },
  ];
}

function inSettings(command: string, { settings }: Searched, { isOwn, isDevelopment }: Asked): Mention[] {
  return settings.files.flatMap(({ path, text }) => {
    if (!isOwn(path)) return [];
    const start = findCommand(text, command, (at) => !isDevelopment || isStarted(path, text, at));
    return start < 0 ? [] : [{ path, text, start }];
  });
}

async function inSources(
  command: string,
  { sources, readCode }: Searched,
  { isOwn }: Asked,
): Promise<readonly Mention[]> {
  const found: Mention[] = [];
  for (const file of sources.files) {
    if (file.role !== 'runtime' || !isOwn(file.path) || !STARTS_PROGRAMS.test(file.text)) continue;
    const { code } = await readCode(file);
    const start = findCommand(code, command, () => true);
    if (start >= 0) found.push({ path: file.path, text: file.text, start });
  }
  return found;
}

/** The first place where a command may be started; in JSON the name of a value is none. */
function findCommand(text: string, command: string, counts: (at: number) => boolean): number {
  for (let at = text.indexOf(command); at >= 0; at = text.indexOf(command, at + 1)) {
    const before = at === 0 ? '\n' : (text[at - 1] ?? '');
    const after = text[at + command.length] ?? '\n';
    if (!/[\s"'`/;&|(=,[]/.test(before) || !/[\s"'`;&|),\]\\]/.test(after)) continue;
    if (/^["']\s{0,9}:/.test(text.slice(at + command.length, at + command.length + 12))) continue;
    if (counts(at)) return at;
  }
  return -1;
}
