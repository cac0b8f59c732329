// What is said about licences, in simplified Chinese.
import type { PhraseBook } from '#domain/phrase.ts';

export const LICENCES_PHRASES_ZH_CN: PhraseBook = {
  'The bill of materials does not say which licence it has.': '物料清单未说明其许可证。',
  'The policy denies {0}, and does not allow {1}.': '策略禁止 {0}，也未允许 {1}。',
  'The policy denies {0}.': '策略禁止 {0}。',
  'Which licence {0} is cannot be told: it is on no list of SPDX.':
    '无法判断 {0} 是哪种许可证：SPDX 列表中没有它。',
  '{0} is not among the licences that the policy allows.': '{0} 不在策略允许的许可证之列。',
};
