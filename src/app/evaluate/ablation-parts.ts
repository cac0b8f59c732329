// What an ablation leaves out in turn: the parts of the prompt that a verdict is asked with, then the checks of the answer.
import type { Assets } from '#ports/assets.ts';
import { ablationNames } from '../../prompt/ablation-names.ts';
import { loadPromptLibrary } from '../../prompt/load-prompt-library.ts';

/** Checks that can be left out only to learn what they are worth: no option of `assay triage` does that. */
export const CHECK_SWITCHES = ['checks.quotes', 'checks.syntax', 'checks.band'] as const;

/** Sections of prompts for other tasks: without them a verdict comes out the same. */
const OTHER_TASKS = /^(?:explanation|patch|question|probe)\./;

/** Names for `switchedOff`, of the prompts that ship with Assay. */
export async function ablationParts(assets: Assets): Promise<readonly string[]> {
  const names = ablationNames(await loadPromptLibrary(assets, []));
  return [...names.filter((name) => !OTHER_TASKS.test(name)), ...CHECK_SWITCHES];
}
