// Models of several providers are measured together, and none gets what was given for another.
import { describe, expect, test } from 'vitest';
import { variablesOf } from '../../../src/app/evaluate/variables-of.ts';

const SMALL = 'openai-compatible/small';
const LARGE = 'anthropic/large';

describe('the address and the key of a model', () => {
  const variables = {
    ASSAY_MODEL_BASE_URL: 'http://127.0.0.1:1/v1',
    ASSAY_MODEL_API_KEY: 'k',
    ANTHROPIC_API_KEY: 'a',
  };
  const seenBy = (model: string, models: readonly string[]) => {
    const { ASSAY_MODEL_BASE_URL: address = null, ASSAY_MODEL_API_KEY: key = null } = variablesOf(
      model,
      models,
      variables,
    );
    return { address, key };
  };
  const ours = { address: 'http://127.0.0.1:1/v1', key: 'k' };

  test('reach no other provider that is measured beside it', () => {
    expect(seenBy(SMALL, [SMALL, LARGE])).toEqual(ours);
    expect(seenBy(LARGE, [SMALL, LARGE])).toEqual({ address: null, key: null });
    expect(seenBy(LARGE, [LARGE, 'openai/other'])).toEqual({ address: null, key: null });
  });

  test('serve all models of one provider', () => {
    expect(seenBy(LARGE, [LARGE, 'anthropic/small'])).toEqual(ours);
    expect(seenBy(LARGE, [LARGE])).toEqual(ours);
  });
});
