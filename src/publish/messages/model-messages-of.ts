// The catalogue of the model's part in the run's language.
import { type ModelMessages, modelEn } from './model-en.ts';
import { modelZhCN } from './model-zh-CN.ts';

export function modelMessagesOf(language: 'en' | 'zh-CN'): ModelMessages {
  return language === 'zh-CN' ? modelZhCN : modelEn;
}
