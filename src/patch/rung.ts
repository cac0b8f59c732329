// One rung of the ladder as it is climbed, and how it is said at the stage's door.
import type { PatchCheck } from '#domain/patch.ts';
import { type Phrase, type PhraseBook, say } from '#domain/phrase.ts';
import { CODE_PHRASES_ZH_CN } from '../code/phrases-zh-cn.ts';
import { PATCH_PHRASES_ZH_CN } from './phrases-zh-cn.ts';

/** A `PatchCheck` whose text has no language yet. */
export interface Rung extends Omit<PatchCheck, 'text'> {
  readonly text: Phrase;
}

const CHINESE: PhraseBook = { ...CODE_PHRASES_ZH_CN, ...PATCH_PHRASES_ZH_CN };

/** What this stage's phrases are said with. */
export function phraseBookOf(language: 'en' | 'zh-CN'): PhraseBook | null {
  return language === 'zh-CN' ? CHINESE : null;
}

export function sayRung({ text, ...rung }: Rung, book: PhraseBook | null): PatchCheck {
  return { ...rung, text: say(text, book) };
}
