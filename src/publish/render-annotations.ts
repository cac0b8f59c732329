// Annotations on the changed files of a GitHub job: workflow commands, few and the most important ones.
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import { type CommandName, workflowCommand } from '#support/escape-command.ts';
import { shorten } from '#support/shorten.ts';
import { dependencyWords } from './dependency-words.ts';
import { byAttention, weaknessesOf } from './finding-order.ts';
import type { Messages } from './messages/en.ts';
import { messagesOf } from './messages/messages-of.ts';

/** GitHub shows ten errors and ten warnings of a step and drops the rest (platforms A5). */
const MOST_OF_A_KIND = 10;
const LONGEST = { title: 120, text: 600 } as const;

/** Lines for stdout, without line ends: errors for what blocks, warnings for what else needs attention. */
export function renderAnnotations(document: ResultDocument): readonly string[] {
  const messages = messagesOf(document.run.language);
  const { matters } = byAttention(document.findings);
  const blocking = matters.filter((finding) => finding.gate.effect === 'blocks');
  const others = matters.filter((finding) => finding.gate.effect !== 'blocks');
  return [
    ...blocking.slice(0, MOST_OF_A_KIND).map((finding) => annotate('error', finding, messages)),
    ...others.slice(0, MOST_OF_A_KIND).map((finding) => annotate('warning', finding, messages)),
  ];
}

function annotate(name: CommandName, finding: FindingRecord, messages: Messages): string {
  const { location, verdict } = finding;
  const title = [
    messages.severity[finding.severity],
    verdict === null ? '' : messages.verdict[verdict.label],
    dependencyWords(finding, messages.language)?.title ?? (weaknessesOf(finding) || finding.ruleId),
  ];
  const [reason] = verdict?.reasons ?? [];
  const lines = [
    shorten(finding.message, LONGEST.text),
    ...(reason === undefined ? [] : [shorten(reason.text, LONGEST.text)]),
    `assay explain ${finding.id}`,
  ];
  const properties = {
    ...(location.resolved
      ? { file: location.path, line: location.startLine, endLine: location.endLine }
      : {}),
    title: shorten(messages.listed(title.filter((part) => part !== '')), LONGEST.title),
  };
  return workflowCommand(name, properties, lines.map((line) => line.replace(/[\r\n]+/g, ' ')).join('\n'));
}
