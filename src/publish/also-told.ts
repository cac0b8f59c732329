// What else the comment about a package tells: its other vulnerabilities, the worst first, each with the id that it is asked for by.
import type { FindingRecord } from '#domain/result-document.ts';
import { isDismissed } from './finding-order.ts';
import { quoted } from './markdown-blocks.ts';
import { commentMessagesOf } from './messages/comment-messages-of.ts';

interface AlsoToldWords {
  readonly title: (count: number) => string;
  readonly more: (count: number) => string;
}

const WORDS: Readonly<Record<'en' | 'zh-CN', AlsoToldWords>> = {
  en: {
    title: (count) =>
      count === 1 ? '**One more vulnerability of it:**' : `**${count} more vulnerabilities of it:**`,
    more: (count) => `${count} more, which the summary and the files of the run list`,
  },
  'zh-CN': {
    title: (count) => `**它还有 ${count} 个漏洞：**`,
    more: (count) => `另有 ${count} 个，列在摘要和运行结果文件中`,
  },
};

/** A list under a title; empty when there is nothing else. */
export function alsoTold(
  { others, more }: { readonly others: readonly FindingRecord[]; readonly more: number },
  language: 'en' | 'zh-CN',
): string {
  if (others.length + more === 0) return '';
  const words = WORDS[language];
  const lines = [...others.map((one) => lineOf(one, language)), ...(more > 0 ? [words.more(more)] : [])];
  return `${words.title(others.length + more)}\n\n${lines.map((line) => `- ${line}`).join('\n')}`;
}

/** `` `CVE-2021-23337` · high · needs review · ⛔ blocks this change · `Command injection` · `0123456789abcdef` ``. */
function lineOf(finding: FindingRecord, language: 'en' | 'zh-CN'): string {
  const { id, severity, verdict, gate, dependency } = finding;
  const messages = commentMessagesOf(language);
  const vulnerability = dependency?.vulnerability;
  const title = vulnerability?.title ?? '';
  return [
    quoted(vulnerability?.id ?? finding.ruleId),
    messages.severity[severity],
    ...(verdict === null ? [] : [messages.verdict[verdict.label].toLowerCase()]),
    ...(gate.effect === 'blocks' && !isDismissed(finding) ? [messages.blocks] : []),
    ...(title === '' ? [] : [quoted(title, 'quote')]),
    quoted(id),
  ].join(' · ');
}
