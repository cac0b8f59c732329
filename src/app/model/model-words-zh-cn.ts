// What the application says of models, in Chinese.
import type { PhraseBook } from '#domain/phrase.ts';

export const MODEL_WORDS_ZH_CN: PhraseBook = {
  '{0} and {1}': '{0}，以及{1}',
  '{0} needs {1}': '{0} 需要{1}',
  'a key in {0}': ' {0} 中的密钥',
  'an address in {0}': ' {0} 中的地址',
  'a region in {0}': ' {0} 中的区域',
  '{0}, or {1}': '{0}，或 {1}',
  'No model was asked: {0}. The built-in judge decided.': '未询问模型：{0}。由内置判定引擎作出判定。',
};
