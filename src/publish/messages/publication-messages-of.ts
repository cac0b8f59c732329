// Picks the catalogue of the summary comment and the gate.
import { type PublicationMessages, publicationEn } from './publication-en.ts';
import { publicationZhCN } from './publication-zh-CN.ts';

export function publicationMessagesOf(language: 'en' | 'zh-CN'): PublicationMessages {
  return language === 'zh-CN' ? publicationZhCN : publicationEn;
}
