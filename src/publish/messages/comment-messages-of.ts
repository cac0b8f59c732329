// Picks the catalogue of a comment.
import { type CommentMessages, commentEn } from './comment-en.ts';
import { commentZhCN } from './comment-zh-CN.ts';

export function commentMessagesOf(language: 'en' | 'zh-CN'): CommentMessages {
  return language === 'zh-CN' ? commentZhCN : commentEn;
}
