// What an ablation leaves out in turn: the parts of the prompt that a verdict is asked with, then the checks of the answer.
import type { Assets } from '#ports/assets.ts';
import { ablationNames } from '../../prompt/ablation-names.ts';
import { loadPromptLibrary } from '../../prompt/load-prompt-library.ts';
import { CHECK_SWITCHES } from '../model/ablate-checks.ts';

/** Sections of prompts for other tasks: without them a verdict comes out the same. */
const OTHER_TASKS = /^(?:explanation|patch|question|probe)\./;

/** Names for `switchedOff`, of the prompts that ship with Assay. */
export async function ablationParts(assets: Assets): Promise<readonly string[]> {
  const names = ablationNames(await loadPromptLibrary(assets, []));
  return [...names.filter((name) => !OTHER_TASKS.test(name)), ...CHECK_SWITCHES];
}
