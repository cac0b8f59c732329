// The folded end of a comment: who reported it under which rule, what it is called, and how to answer; only what works.

import type { ToolReport } from '#domain/finding.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import { codeFence, codeSpan } from '#support/escape-markdown.ts';
import type { CommentRequest } from './comment-request.ts';
import { awaitsAgreement, isDismissed, weaknessesOf } from './finding-order.ts';
import { quoted, sentence } from './markdown-blocks.ts';
import type { CommentMessages } from './messages/comment-en.ts';
import { commentMessagesOf } from './messages/comment-messages-of.ts';
import { messagesOf } from './messages/messages-of.ts';
import { claimCounts } from './model-part.ts';
import { oddNameTexts } from './odd-names.ts';

const MOST_TOOLS = 5;
/** An id that needs no quotes in YAML, and no escaping anywhere. */
const PLAIN_ID = /^[0-9A-Za-z][\w.-]{0,63}$/;

export function commentFold({
  finding,
  also,
  language,
  onlyReports = false,
}: Pick<CommentRequest, 'finding' | 'also' | 'language' | 'onlyReports'>): string {
  const messages = commentMessagesOf(language);
  const words = messagesOf(language, onlyReports ? 'report' : 'enforce');
  const odd = oddNameTexts(finding, words, quoted);
  const facts = [
    messages.reportedBy(words.listed(toolNames(finding.tools, messages))),
    messages.inItsWords(quoted(finding.message, 'sentence')),
    ...(odd.length === 0 ? [] : [messages.oddNames(words.listed(odd))]),
    messages.finding(quoted(finding.id), fingerprintOf(finding), weaknessesOf(finding)),
    messages.gate(words.effect[finding.gate.effect], sentence(finding.gate.why)),
    ...modelPart(finding, messages),
  ];
  const blocks = [
    listOf(facts),
    messages.howToAnswer,
    listOf(answers(finding, messages)),
    waiverOf([finding, ...(also?.others ?? [])], messages),
  ];
  const content = blocks.filter((block) => block !== '').join('\n\n');
  return `<details><summary>${messages.foldTitle}</summary>\n\n${content}\n\n</details>`;
}

function toolNames(tools: readonly ToolReport[], messages: CommentMessages): readonly string[] {
  const names = tools.slice(0, MOST_TOOLS).map(({ name, version, ruleId }) => {
    const words = sentence([name, version ?? ''].join(' ').trim());
    return `${words} ${quoted(ruleId)}`;
  });
  const more = tools.length - names.length;
  return [...names, ...(more > 0 ? [messages.andMore(more)] : [])];
}

/** What a model had to do with it; claims that failed their check are counted, never quoted. */
function modelPart({ verdict }: FindingRecord, messages: CommentMessages): readonly string[] {
  const opinion = verdict?.model;
  if (opinion === undefined) return [];
  const { model, prompt, part, label, failure } = opinion;
  const parts = {
    ...{ model: quoted(model), prompt: quoted(prompt.id), part, ...claimCounts(opinion) },
    ...{ label: label === null ? null : messages.verdict[label] },
    failure: failure === null ? null : sentence(failure.text),
  };
  return [messages.modelPart(parts)];
}

function fingerprintOf({ fingerprints }: FindingRecord): string | null {
  const fingerprint = fingerprints['assay/v1'];
  return fingerprint === undefined ? null : quoted(fingerprint);
}

function answers(finding: FindingRecord, messages: CommentMessages): readonly string[] {
  const { id } = finding;
  const explain = PLAIN_ID.test(id)
    ? [messages.explain(codeSpan(`assay explain ${id} --result assay.json`))]
    : [];
  return [
    ...explain,
    messages.resolve,
    ...(isWaivable(finding) ? [awaitsAgreement(finding) ? messages.agree : messages.waive] : []),
  ];
}

/** Ready to paste into `assay.yml`; the three words that only people know are left to them. */
function waiverOf(findings: readonly FindingRecord[], { waiver }: CommentMessages): string {
  const entries = findings.filter(isWaivable).map((finding) => [
    // An id of digits alone would be read as a number.
    `  - id: '${finding.id}'`,
    `    reason: ${awaitsAgreement(finding) ? waiver.agreed : waiver.reason}`,
    `    owner: ${waiver.owner}`,
    '    expires: YYYY-MM-DD',
  ]);
  if (entries.length === 0) return '';
  const lines = ['waivers:', ...entries.flat()];
  return codeFence(lines.join('\n'), 'yaml').trimEnd();
}

function isWaivable(finding: FindingRecord): boolean {
  return PLAIN_ID.test(finding.id) && !isDismissed(finding);
}

function listOf(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}
