// The sentence above a proposed change: who thought of it, and what was checked of it, no more and no less.
import type { PatchCheck } from '#domain/patch.ts';
import { sentence } from './markdown-blocks.ts';
import { commentMessagesOf } from './messages/comment-messages-of.ts';

/** @param proposal.tool outside text; null where the tool has no name */
export function proposalSentence(
  { tool, checks }: { readonly tool: string | null; readonly checks: readonly PatchCheck[] },
  language: 'en' | 'zh-CN',
): string {
  const { proposedBy, checked } = commentMessagesOf(language);
  const passed = (wanted: PatchCheck['check']) =>
    checks.some(({ check, outcome }) => check === wanted && outcome === 'passed');
  const who = tool === null ? null : sentence(tool);
  return proposedBy(who) + checked({ parses: passed('parses'), gone: passed('rejudged') });
}
