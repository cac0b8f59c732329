// What a plan says to a person: what to do, whether it may break, and what stays.
import { type Phrase, phrase, say } from '#domain/phrase.ts';
import { markOutside } from '#support/mark-outside.ts';
import type { NamedParent } from './brought-in-by.ts';
import { UPGRADE_PHRASES_ZH_CN } from './phrases-zh-cn.ts';

interface PlanFacts {
  /**
   * - `lock`: the lock file alone; `lock-perhaps`: so, if what brings the package in takes it
   * - `manifest`: the project's own line; `elsewhere`: no project of the repository has it
   */
  readonly way: 'lock' | 'lock-perhaps' | 'manifest' | 'elsewhere' | 'override' | 'parent';
  readonly name: string;
  readonly from: string | null;
  readonly to: string;
  readonly breaking: boolean | null;
  readonly remains: readonly string[];
  /** Ends the sentence "hold it to version 1.2.3 …"; null where the tool has no such place. */
  readonly overrideWay: Phrase | null;
  readonly parent: NamedParent | null;
  /** Of a parent: the version that takes `to`, and a command that lists its versions. */
  readonly taking?: string | null;
  readonly look?: string | null;
  readonly language: 'en' | 'zh-CN';
}

export function sayPlan(facts: PlanFacts): string {
  const { way, breaking, remains, language } = facts;
  const sentences = [
    whatToDo(facts),
    ...(way === 'parent' ? whichParent(facts) : [howRisky(breaking)]),
    ...(remains.length === 0 ? [] : [phrase`${listed(remains)} stays.`]),
  ];
  return join(sentences, language);
}

function whatToDo({ way, name, from, to, overrideWay, parent }: PlanFacts): Phrase {
  const [shown, target] = [markOutside(name), markOutside(to)];
  const source = parent === null ? phrase`other packages` : markOutside(parent.name);
  switch (way) {
    case 'lock':
      return phrase`Version ${target} of ${shown} lies within what is asked for: only the lock file has to be written again.`;
    case 'lock-perhaps':
      return phrase`${shown} is brought in by ${source}: if that takes version ${target}, only the lock file has to be written again, else raise what brings it in.`;
    case 'manifest':
      return from === null
        ? phrase`Raise ${shown} to ${target} where the project asks for it.`
        : phrase`Raise ${shown} from ${markOutside(from)} to ${target} where the project asks for it.`;
    case 'elsewhere':
      return phrase`Take version ${target} of ${shown} in: no manifest of the repository asks for it, so it comes with an image, an archive or a tool.`;
    case 'override':
      return phrase`${shown} is brought in by ${source}: hold it to version ${target} ${overrideWay ?? phrase`by the means of the ecosystem`}.`;
    case 'parent':
      return phrase`${shown} is brought in by ${source}, which does not take version ${target}, the first without it: raise or replace what brings it in.`;
  }
}

function whichParent({
  name,
  to,
  parent,
  taking = null,
  look = null,
  breaking,
}: PlanFacts): readonly Phrase[] {
  const [shown, target] = [markOutside(name), markOutside(to)];
  if (taking !== null && parent !== null) {
    const version = markOutside(taking);
    return [
      phrase`A lock file of this repository has ${markOutside(parent.name)} ${version}, which takes it.`,
      howRisky(breaking),
    ];
  }
  const find = phrase`Which version of it takes ${target} is not known here: look for the first whose own dependencies admit ${shown} ${target}.`;
  return look === null ? [find] : [find, phrase`${markOutside(look, 300)} tells which there are.`];
}

function howRisky(breaking: boolean | null): Phrase {
  if (breaking === null) return phrase`The versions do not tell whether callers may break.`;
  return breaking
    ? phrase`By the version numbers callers may break.`
    : phrase`By the version numbers callers do not break.`;
}

function listed(ids: readonly string[]): string {
  const shown = ids.slice(0, 3).map((id) => markOutside(id));
  return ids.length > 3 ? `${shown.join(', ')} (+${ids.length - 3})` : shown.join(', ');
}

/** @param names whether any version is named as mended, if only one that does not help */
export function sayNoFix({
  name,
  names,
  language,
}: {
  readonly name: string;
  readonly names: boolean;
  readonly language: 'en' | 'zh-CN';
}): string {
  const shown = markOutside(name);
  return join(
    [
      names
        ? phrase`No version of ${shown} above the one that is installed is known to be without this vulnerability.`
        : phrase`No version of ${shown} without this vulnerability is known.`,
      phrase`Replace the package, keep what it does wrong out of reach, or record the decision in a VEX document until there is a fix.`,
    ],
    language,
  );
}

function join(sentences: readonly Phrase[], language: 'en' | 'zh-CN'): string {
  const book = language === 'zh-CN' ? UPGRADE_PHRASES_ZH_CN : null;
  return sentences.map((sentence) => say(sentence, book)).join(book === null ? ' ' : '');
}
