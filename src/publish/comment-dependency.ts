// The parts of a comment that only a finding about a dependency has: what to do in one line, then what is known, with the lines that show it.
import { codeSpan } from '#support/escape-markdown.ts';
import { shorten } from '#support/shorten.ts';
import { evidenceList } from './comment-evidence.ts';
import type { CommentRequest } from './comment-request.ts';
import { inertText } from './comment-words.ts';
import type { DependencyFact, DependencyWords } from './dependency-words.ts';

/** Longest text of each kind, in characters before it is made inert. */
const LONGEST = { fact: 500, plan: 600, command: 300 } as const;

/** `` **Upgrade `lodash` to `4.17.21`** · may break callers · `npm install lodash@4.17.21` ``, and the plan where that does not say it all. */
export function dependencyAction({ action }: DependencyWords): string {
  if (action === null) return '';
  const { headline, notes, command, text } = action;
  const line = [
    `**${inertText(headline, LONGEST.plan)}**`,
    ...notes.map((note) => inertText(note, LONGEST.fact)),
    ...(command === null ? [] : [codeSpan(shorten(command, LONGEST.command))]),
  ].join(' · ');
  return text === null ? line : `${line}\n\n${inertText(text, LONGEST.plan)}`;
}

/** A list, and in it the lines of code behind what they show; the last look lets no line be indented. */
export function dependencyFacts(
  { facts }: DependencyWords,
  { finding, code, language }: Pick<CommentRequest, 'finding' | 'code' | 'language'>,
): string {
  const evidence = evidenceList(finding, code);
  const colon = language === 'zh-CN' ? '：' : ': ';
  const { verdict, dependency } = finding;
  // What is asked of the reader says the search already, unless it asks why that does not decide.
  const isAsked =
    verdict?.label === 'needs_review' && verdict.reasons[0]?.text === dependency?.reachability?.text;
  const lines = facts.flatMap((fact) => {
    const line = `- ${fact.label}${colon}${inertText(wordsOf(fact, isAsked), LONGEST.fact)}`;
    return fact.name === 'reach' ? [line, evidence] : [line];
  });
  const all = facts.some(({ name }) => name === 'reach') ? lines : [...lines, evidence];
  return all.filter((line) => line !== '').join('\n');
}

function wordsOf({ name, text, brief }: DependencyFact, isAsked: boolean): string {
  return name === 'reach' && isAsked ? brief : text;
}
