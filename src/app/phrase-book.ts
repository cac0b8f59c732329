// What this room says beside the stages, in the run's language.
import type { PhraseBook } from '#domain/phrase.ts';
import type { Policy } from '#domain/policy.ts';
import { APP_PHRASES_ZH_CN } from './phrases-zh-cn.ts';

/** Null for English, which stands in the phrases themselves. */
export function phraseBookOf(language: Policy['language']): PhraseBook | null {
  return language === 'zh-CN' ? APP_PHRASES_ZH_CN : null;
}
