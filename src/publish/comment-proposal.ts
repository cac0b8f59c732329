// The sentence above a proposed change: who thought of it, and what was checked of it, no more and no less.
import type { PatchCheck } from '#domain/patch.ts';
import type { PatchProposal } from './comment-request.ts';
import { quoted, sentence } from './markdown-blocks.ts';
import { commentMessagesOf } from './messages/comment-messages-of.ts';

/** @param proposal.tool outside text; null where the tool has no name */
export function proposalSentence({ origin, tool, checks }: PatchProposal, language: 'en' | 'zh-CN'): string {
  const { proposedBy, checked, checkedUpgrade, notRun } = commentMessagesOf(language);
  const came = (wanted: PatchCheck['check'], to: PatchCheck['outcome']) =>
    checks.some(({ check, outcome }) => check === wanted && outcome === to);
  return (
    proposedBy(tool === null ? null : proposerName(tool, origin), origin) +
    (origin === 'upgrade'
      ? checkedUpgrade
      : checked({ parses: came('parses', 'passed'), gone: came('rejudged', 'passed') })) +
    notRun({ builds: came('builds', 'skipped'), tests: came('tests', 'skipped') })
  );
}

/** A model's name is an address of sorts, and never a word of a sentence. */
function proposerName(tool: string, origin: PatchProposal['origin']): string {
  return origin === 'model' ? quoted(tool) : sentence(tool);
}
