// Why something known was found, and what was decided before, in Simplified Chinese.
import type { PhraseBook } from '#domain/phrase.ts';

export const KNOWLEDGE_PHRASES_ZH_CN: PhraseBook = {
  // Past decisions.
  'Waiver: {0}': '豁免：{0}',
  'Accepted as existing: {0}': '已认可为既有：{0}',
  'Decided before: {0}': '此前已有决定：{0}',
  'Reason: {0}.': '理由：{0}。',
  'Answered for by {0}.': '负责人：{0}。',
  'Holds until {0}.': '有效期至 {0}。',

  // Why a passage was found.
  'key {0}': '编号 {0}',
  'names {0}': '名称对应 {0}',
  'words {0}: {1}': '词语 {0}：{1}',
  'meaning {0}': '语义 {0}',
};
