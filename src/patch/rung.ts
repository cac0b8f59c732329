// One rung of the ladder as it is climbed, and how it is said at the stage's door.
import type { PatchCheck } from '#domain/patch.ts';
import { type Phrase, type PhraseBook, phrase, say } from '#domain/phrase.ts';
import { CODE_PHRASES_ZH_CN } from '../code/phrases-zh-cn.ts';
import { PATCH_PHRASES_ZH_CN } from './phrases-zh-cn.ts';

/** A `PatchCheck` whose text has no language yet. */
export interface Rung extends Omit<PatchCheck, 'text'> {
  readonly text: Phrase;
}

/** What nobody climbs yet: a build and a test run need the project's own tools. */
export const SKIPPED_RUNGS: readonly Rung[] = [
  {
    check: 'builds',
    outcome: 'skipped',
    text: phrase`It was not built: Assay does not run the project's build.`,
  },
  {
    check: 'tests',
    outcome: 'skipped',
    text: phrase`It was not tested: Assay does not run the project's tests.`,
  },
];

const CHINESE: PhraseBook = { ...CODE_PHRASES_ZH_CN, ...PATCH_PHRASES_ZH_CN };

/** What this stage's phrases are said with. */
export function phraseBookOf(language: 'en' | 'zh-CN'): PhraseBook | null {
  return language === 'zh-CN' ? CHINESE : null;
}

/** The last rungs, for whoever proves a patch without climbing the whole ladder. */
export function skippedChecks(language: 'en' | 'zh-CN'): readonly PatchCheck[] {
  return SKIPPED_RUNGS.map((rung) => sayRung(rung, phraseBookOf(language)));
}

export function sayRung({ text, ...rung }: Rung, book: PhraseBook | null): PatchCheck {
  return { ...rung, text: say(text, book) };
}
