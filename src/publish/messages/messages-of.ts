// Picks the catalogue of a language.
import { en, type Messages } from './en.ts';
import { zhCN } from './zh-CN.ts';

type Language = 'en' | 'zh-CN';

export function messagesOf(language: Language): Messages {
  return language === 'zh-CN' ? zhCN : en;
}
