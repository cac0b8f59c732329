// Picks the catalogue of a language.
import type { Decision } from '#domain/decision.ts';
import { en, type Messages } from './en.ts';
import { zhCN } from './zh-CN.ts';

type Language = 'en' | 'zh-CN';

/** @param mode of the gate: where it only reports, nothing is said to block */
export function messagesOf(language: Language, mode: Decision['mode'] = 'enforce'): Messages {
  const messages = language === 'zh-CN' ? zhCN : en;
  return mode === 'enforce'
    ? messages
    : { ...messages, effect: { ...messages.effect, blocks: messages.wouldBlock } };
}
