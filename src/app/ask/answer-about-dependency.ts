// What the result holds of a package that a question asks about: how it came in, whether it is reached, and the way out with its command.
import { patchNameOf } from '#domain/patch-file.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import { dependencyWords } from '../../publish/dependency-words.ts';
import type { AskMessages } from './ask-messages.ts';
import type { Intent } from './read-intent.ts';

interface AskedOfPackage {
  readonly finding: FindingRecord;
  readonly patches: string;
  readonly messages: AskMessages;
}

/** Lines; null for a finding about code, and for questions that are answered as for code. */
export function answerAboutDependency(
  intent: Intent | null,
  asked: AskedOfPackage,
): readonly string[] | null {
  if (asked.finding.dependency === undefined) return null;
  switch (intent) {
    case 'fix':
      return wayOut(asked);
    case 'source':
    case 'sanitised':
    case 'callers':
      return factLines(asked);
    default:
      return null;
  }
}

function wayOut({ finding, patches, messages }: AskedOfPackage): readonly string[] | null {
  const words = dependencyWords(finding, messages.language);
  if (words?.action == null) return null;
  const { headline, notes, text, command } = words.action;
  return [
    messages.fix([headline, ...notes].join(' · ')),
    ...(finding.patch === null ? [] : [messages.patchHere(`git apply ${patches}/${patchNameOf(finding)}`)]),
    ...(command === null ? [] : [messages.thenRun(command)]),
    ...(text === null ? [] : [text]),
  ];
}

/** What was searched stands in the reasons below. */
function factLines({ finding, messages }: AskedOfPackage): readonly string[] {
  const words = dependencyWords(finding, messages.language);
  const lines = (words?.facts ?? [])
    .filter(({ name }) => name !== 'priority')
    .map(({ name, label, text, brief }) => `- ${messages.labelled(label, name === 'reach' ? brief : text)}`);
  return [words?.title ?? '', ...lines].filter((line) => line !== '');
}
