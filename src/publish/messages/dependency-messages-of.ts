// Picks the catalogue of findings about dependencies.
import { type DependencyMessages, dependencyEn } from './dependency-en.ts';
import { dependencyZhCN } from './dependency-zh-CN.ts';

export function dependencyMessagesOf(language: 'en' | 'zh-CN'): DependencyMessages {
  return language === 'zh-CN' ? dependencyZhCN : dependencyEn;
}
