// Which names a provider may answer with for the model that was asked (security row 48).
import { expect, test } from 'vitest';
import { isAskedModel, showEchoed } from '../../../src/app/model/echoed-model.ts';
import { parseModelName } from '../../../src/app/model/parse-model-name.ts';

test.each([
  ['openai/gpt-5.4-mini', ''],
  ['openai/gpt-5.4-mini', 'gpt-5.4-mini'],
  ['openai/gpt-5.4-mini', 'gpt-5.4-mini-2026-03-01'],
  ['openai/gpt-4', 'gpt-4-0613'],
  ['openai/gpt-4o-2024-08-06', 'gpt-4o'],
  ['anthropic/claude-sonnet-4-5', 'claude-sonnet-4-5-20250929'],
  ['anthropic/claude-opus-4-0', 'claude-opus-4-20250514'],
  ['anthropic/claude-3-5-haiku-latest', 'claude-3-5-haiku-20241022'],
  ['google/gemini-flash-latest', 'gemini-2.5-flash-preview-09-2025'],
  ['google/gemini-2.0-flash', 'gemini-2.0-flash-001'],
  ['openai-compatible/openai/gpt-5.4-mini', 'gpt-5.4-mini-2026-03-01'],
  ['openai-compatible/gpt-5.4-mini', 'openai/gpt-5.4-mini'],
  ['openai-compatible/qwen/qwen3-8b:free', 'qwen/qwen3-8b'],
  ['openai-compatible/us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'claude-sonnet-4-5-20250929'],
  ['openai-compatible/qwen3:8b', 'qwen3:8b'],
  ['openai-compatible/Qwen/Qwen3-8B', '/models/Qwen3-8B-Q4_K_M.gguf'],
  ['openai-compatible/qwen3-8b', 'C:\\models\\qwen3-8b.gguf'],
  ['openai-compatible/Qwen/Qwen3-8B', '/models/Qwen3-8B/'],
  ['azure/our-deployment', 'gpt-5.4-mini-2026-03-01'],
])('%s may answer as %s', (asked, echoed) => {
  expect(isAskedModel(parseModelName(asked), echoed)).toBe(true);
});

test.each([
  ['openai/gpt-5.4', 'gpt-5.4-mini'],
  ['openai/gpt-5.4-mini', 'gpt-5.4'],
  ['openai/gpt-5.4-mini', 'gpt-5.4-mini-evil'],
  ['openai/gpt-4o-2024-08-06', 'gpt-4o-2024-05-13'],
  ['anthropic/claude-sonnet-4-5', 'claude-3-haiku-20240307'],
  ['anthropic/claude-3-5-haiku-latest', 'claude-3-5-sonnet-20241022'],
  ['openai-compatible/qwen3:8b', 'qwen3:0.6b'],
  ['openai-compatible/Qwen/Qwen3-8B', '/models/tinyllama.gguf'],
  ['openai-compatible/openai/gpt-5.4-mini', 'some-other-model'],
])('%s is not %s', (asked, echoed) => {
  expect(isAskedModel(parseModelName(asked), echoed)).toBe(false);
});

test.each([
  ['gpt-5.4-mini-2026-03-01', 'gpt-5.4-mini-2026-03-01'],
  ['/models/Qwen3-8B-Q4_K_M.gguf', '/models/Qwen3-8B-Q4_K_M.gguf'],
  ['C:\\models\\qwen3.gguf', 'C:?models?qwen3.gguf'],
  ['::error::x\n[y](https://exfil.example) <!-- assay:v1 -->', '?y?assay:v1?'],
  ['www.exfil.example //exfil.example', 'another name'],
  ['模型 \u202egpt\u0000', '?gpt?'],
  ['<img src=x onerror=1>', '?img?src?x?onerror?1?'],
  ['a'.repeat(500), `${'a'.repeat(80)}…`],
])('%j is shown as %s', (echoed, shown) => {
  expect(showEchoed(echoed)).toBe(shown);
});
