// The team's own prompts, from the tree that the policy comes from: what a change brings with it is never read (security row 9).
import { AssayError } from '#domain/errors.ts';
import type { Workspace } from '#ports/workspace.ts';
import type { PromptOverride } from '../../prompt/load-prompt-library.ts';

const FILES = /^\.assay\/prompts\/[^/]+\.ya?ml$/;
const MOST_FILES = 100;

/** In the order of their paths. Throws AssayError `configuration` for one that cannot be read. */
export async function readPromptOverrides(tree: Workspace | null): Promise<readonly PromptOverride[]> {
  if (tree === null) return [];
  const paths = (await tree.files()).filter((path) => FILES.test(path));
  if (paths.length > MOST_FILES) {
    throw new AssayError('configuration', `.assay/prompts holds ${paths.length} files.`, {
      hint: `At most ${MOST_FILES} are read; put the sections of one part into one file.`,
    });
  }
  const overrides: PromptOverride[] = [];
  for (const path of paths) {
    const outcome = await tree.read(path);
    if (outcome.kind === 'text') overrides.push({ path, text: outcome.text });
    else {
      const why = outcome.kind === 'refused' ? outcome.why : 'is not there';
      throw new AssayError('configuration', `${path} cannot be read: it ${why}.`);
    }
  }
  return overrides;
}
