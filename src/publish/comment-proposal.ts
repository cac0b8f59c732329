// The sentence above a proposed change: who thought of it, and what was checked of it, no more and no less.
import type { PatchCheck } from '#domain/patch.ts';
import type { PatchProposal } from './comment-request.ts';
import { quoted, sentence } from './markdown-blocks.ts';
import { commentMessagesOf } from './messages/comment-messages-of.ts';

/** A manifest and its lock file go together: the ways to install that only read the lock file refuse one that is behind. */
const THEN: Readonly<Record<'en' | 'zh-CN', (command: string) => string>> = {
  en: (command) =>
    ` **Then run ${command} and commit the lock file with it**: until then an install that only reads the lock file, such as \`npm ci\`, fails.`,
  'zh-CN': (command) =>
    `**随后请运行 ${command} 并一并提交锁文件**：在此之前，只读取锁文件的安装方式（如 \`npm ci\`）会失败。`,
};

/** @param proposal.tool outside text; null where the tool has no name */
export function proposalSentence(
  { origin, tool, checks, command = null }: PatchProposal,
  language: 'en' | 'zh-CN',
): string {
  const { proposedBy, checked, checkedUpgrade, notRun } = commentMessagesOf(language);
  const came = (wanted: PatchCheck['check'], to: PatchCheck['outcome']) =>
    checks.some(({ check, outcome }) => check === wanted && outcome === to);
  return (
    proposedBy(tool === null ? null : proposerName(tool, origin), origin) +
    (origin === 'upgrade'
      ? checkedUpgrade
      : checked({ parses: came('parses', 'passed'), gone: came('rejudged', 'passed') })) +
    notRun({ builds: came('builds', 'skipped'), tests: came('tests', 'skipped') }) +
    (command === null ? '' : THEN[language](quoted(command)))
  );
}

/** A model's name is an address of sorts, and never a word of a sentence. */
function proposerName(tool: string, origin: PatchProposal['origin']): string {
  return origin === 'model' ? quoted(tool) : sentence(tool);
}
