// The gate's words in the language that was asked for.
import type { Policy } from '#domain/policy.ts';
import type { GateMessages } from './message-catalogue.ts';
import { ENGLISH } from './messages-en.ts';
import { CHINESE } from './messages-zh-cn.ts';

export function messagesIn(language: Policy['language']): GateMessages {
  return language === 'zh-CN' ? CHINESE : ENGLISH;
}
