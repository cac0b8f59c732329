// The team's own prompts and documents as they lie beside a policy, for `assay config check` and `assay doctor`.
import type { Policy } from '#domain/policy.ts';
import type { Assets } from '#ports/assets.ts';
import type { Workspace } from '#ports/workspace.ts';
import { loadPromptLibrary } from '../prompt/load-prompt-library.ts';
import { markOutside } from '../support/mark-outside.ts';
import { DEFAULT_POLICY } from './config.ts';
import { gatherDocuments } from './knowledge/gather-documents.ts';
import { knowledgeMessagesOf } from './knowledge/knowledge-messages.ts';
import { readPromptOverrides } from './model/read-prompt-overrides.ts';

/**
 * Lines that say what is there; empty where a team has neither. Throws AssayError `configuration` as `file:line: what was expected` for a
 * prompt that cannot be used.
 */
export async function checkPrompts(
  tree: Workspace,
  { knowledge }: Pick<Policy, 'knowledge'>,
  assets: Pick<Assets, 'list' | 'data'>,
): Promise<readonly string[]> {
  const overrides = await readPromptOverrides(tree);
  await loadPromptLibrary(assets, overrides);
  const prompts = overrides.map(({ path }) => path);
  return [
    ...(prompts.length === 0 ? [] : [`prompts of your own: ${prompts.join(', ')}`]),
    ...(await describeDocuments(tree, knowledge.paths)),
  ];
}

async function describeDocuments(tree: Workspace, paths: readonly string[]): Promise<readonly string[]> {
  const gather = (wanted: readonly string[]) =>
    gatherDocuments(tree, wanted, { weaknessesIn: () => [], messages: knowledgeMessagesOf('en') });
  const { files, notices } = await gather(paths);
  const idle: string[] = [];
  // The usual places are only looked at: most repositories lack some of them.
  if (paths.join() !== DEFAULT_POLICY.knowledge.paths.join()) {
    for (const glob of paths) if ((await gather([glob])).files === 0) idle.push(glob);
  }
  return [
    ...(files === 0 ? [] : [`documents of your own: ${files}`]),
    ...idle.map(
      (glob) => `knowledge.paths: ${markOutside(glob)} leads to no document (Markdown or plain text)`,
    ),
    ...notices.map(({ text }) => text),
  ];
}
