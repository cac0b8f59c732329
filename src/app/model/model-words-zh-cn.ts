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
  '{0} prompts were written to {1}, and no model was asked.': '已将 {0} 份提示词写入 {1}，未询问任何模型。',
  'Asking {0} about {1} findings would take {2} requests, {3} tokens in and {4} out':
    '就 {1} 个发现项询问 {0}，需要 {2} 次请求，输入 {3} 个词元，输出 {4} 个词元',
  '{0}; no price is known for it.': '{0}；价格未知。',
  '{0}, about {1} to {2}.': '{0}，约 {1} 至 {2}。',
  '{0} {1} more findings are beyond the limit of the policy.': '{0}另有 {1} 个发现项超出策略的上限。',
};
