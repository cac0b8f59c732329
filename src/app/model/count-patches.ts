// The patch asker with a count of the findings that it is asked about, of those left out, and of what came to nothing.
import type { ModelFailureKind } from '#domain/model.ts';
import type { PatchUse } from '#domain/result-document.ts';
import type { AskForPatch, PatchAsking } from '../../patch/ask-for-patches.ts';
import { countFailures } from './bill.ts';

export interface CountedPatches {
  readonly ask: AskForPatch;
  readonly onAsking: PatchAsking['onStart'];
  readonly failed: readonly { readonly failure: ModelFailureKind }[];
  use(): PatchUse;
}

export function countPatches(
  create: (onFailure: (finding: string, kind: ModelFailureKind) => void) => AskForPatch,
): CountedPatches {
  const failed: { readonly failure: ModelFailureKind }[] = [];
  const asked = new Set<string>();
  const turnedAway = new Set<string>();
  let leftOut = 0;
  const ask = create((finding, failure) => {
    failed.push({ failure });
    if (failure === 'budget') turnedAway.add(finding);
  });
  return {
    failed,
    ask: async (finding, refused) => {
      // A second try that the budget has no room for takes nothing back from the first.
      const isFirst = !asked.has(finding.id);
      asked.add(finding.id);
      const idea = await ask(finding, refused);
      if (!isFirst) turnedAway.delete(finding.id);
      return idea;
    },
    onAsking: (counts) => {
      leftOut = counts.leftOut;
    },
    use: () => ({
      asked: asked.size - turnedAway.size,
      notAsked: leftOut + turnedAway.size,
      failures: countFailures(failed),
    }),
  };
}
