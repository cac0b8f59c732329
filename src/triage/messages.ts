// The built-in judge's words in the language that was asked for.
import type { Language, TriageMessages } from './message-catalogue.ts';
import { ENGLISH } from './messages-en.ts';
import { CHINESE } from './messages-zh-cn.ts';

export function messagesIn(language: Language): TriageMessages {
  return language === 'zh-CN' ? CHINESE : ENGLISH;
}
