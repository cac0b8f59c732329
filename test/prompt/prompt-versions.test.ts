// A verdict names the version of its prompt: the words of a version never change.
import { expect, it } from 'vitest';
import { promptVersions, recordedVersions } from '../../scripts/record-prompt-versions.ts';

it('every part says what was recorded for its version; other words need a higher version', async () => {
  const recorded = recordedVersions();
  const changed = [...(await promptVersions())].filter(([name, hash]) => recorded.get(name) !== hash);
  // Raise `version` in the part's file, then run `node scripts/record-prompt-versions.ts`.
  expect(changed).toEqual([]);
});
