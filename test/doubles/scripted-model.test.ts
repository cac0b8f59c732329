import { expect, test } from 'vitest';
import { PROSE } from '../contract/language-model.contract.ts';
import { createScriptedModel } from './scripted-model.ts';

test('the scripted model refuses where nothing is scripted, and remembers what it was told', async () => {
  const model = createScriptedModel();
  expect(await model.ask(PROSE)).toMatchObject({ kind: 'failed', failure: { kind: 'refusal' } });
  expect(model.asked).toEqual([PROSE]);
});

test('a list answers in order, and has no answer for one question more', async () => {
  const model = createScriptedModel(['One.', { fails: 'truncated', text: 'Tw' }]);
  expect(await model.ask(PROSE)).toMatchObject({ kind: 'text', text: 'One.' });
  expect(await model.ask(PROSE)).toMatchObject({
    kind: 'failed',
    failure: { kind: 'truncated' },
    text: 'Tw',
  });
  await expect(model.ask(PROSE)).rejects.toThrow('No answer is scripted for question 3');
});
