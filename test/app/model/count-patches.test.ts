// What the result says of patches: who was asked for one, who was not, and which answers were of no use.
import { expect, test } from 'vitest';
import type { ModelFailureKind } from '#domain/model.ts';
import type { PatchRefusal } from '#domain/patch.ts';
import { countPatches } from '../../../src/app/model/count-patches.ts';
import { aJudgedFinding } from '../../doubles/judged-finding.ts';

const REFUSED: PatchRefusal = { origin: 'model', tool: 'a/b', failed: 'policy', why: 'No.' };

test('unusable answers are counted by kind, and what the budget turned away as not asked', async () => {
  const script: Readonly<Record<string, ModelFailureKind | null>> = {
    good: null,
    garbled: 'invalid_output',
    late: 'budget',
  };
  const counted = countPatches((onFailure) => async ({ id }, refused) => {
    const failure = refused.length > 0 ? 'budget' : (script[id] ?? null);
    if (failure !== null) onFailure(id, failure);
    return { kind: 'none' };
  });
  counted.onAsking({ asked: 3, leftOut: 4 });
  for (const id of Object.keys(script)) await counted.ask(aJudgedFinding({ id }), []);
  // The second try that there was no room for: the finding was asked about all the same.
  await counted.ask(aJudgedFinding({ id: 'good' }), [REFUSED]);
  expect(counted.use()).toEqual({ asked: 2, notAsked: 5, failures: { invalid_output: 1, budget: 2 } });
});
