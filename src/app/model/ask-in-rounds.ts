// Asks group by group, the most severe first, and again with the code that a model asked for; what comes back is in asking order, whatever was faster.
import type { CodeRequest } from '#domain/claim.ts';
import type { Question } from './select-questions.ts';

/** A question with what it is to be shown besides. */
export interface OpenQuestion<S> {
  readonly question: Question;
  /** Everything that was asked for so far. */
  readonly requests: readonly CodeRequest[];
  /** Rounds that are behind it. */
  readonly rounds: number;
  /** What is known from the rounds before, should the next one bring nothing. */
  readonly known: S | null;
}

export type RoundOutcome<S> =
  | { readonly kind: 'settled'; readonly question: Question; readonly said: S }
  /** It wants to see more. */
  | { readonly kind: 'more'; readonly open: OpenQuestion<S> };

/** A request that is ready to be sent: calling it takes its place in the line at once. */
export type ReadyRequest<S> = () => Promise<readonly RoundOutcome<S>[]>;

export interface Rounds<S> {
  /** Gathers what is shown; one group at a time, so that the line is in order. */
  prepare(group: readonly OpenQuestion<S>[]): Promise<ReadyRequest<S>>;
  /** Groups that are prepared and not answered yet, at most: each holds its code. */
  readonly window: number;
  readonly isInterrupted: () => boolean;
  onSettled(count: number): void;
}

/** What was said, by finding id; findings that were not reached are missing. */
export async function askInRounds<S>(
  groups: readonly (readonly Question[])[],
  rounds: Rounds<S>,
): Promise<ReadonlyMap<string, S>> {
  const said = new Map<string, S>();
  let open: (readonly OpenQuestion<S>[])[] = groups.map((group) =>
    group.map((question) => ({ question, requests: [], rounds: 0, known: null })),
  );
  while (open.length > 0 && !rounds.isInterrupted()) {
    const more: OpenQuestion<S>[] = [];
    for (const outcome of await askRound(open, rounds)) {
      if (outcome.kind === 'more') more.push(outcome.open);
      else said.set(outcome.question.judgement.case.finding.id, outcome.said);
    }
    rounds.onSettled(said.size);
    // Who wants to see more wants other things than the neighbours.
    open = more.map((question) => [question]);
  }
  for (const { question, known } of open.flat()) {
    if (known !== null) said.set(question.judgement.case.finding.id, known);
  }
  return said;
}

async function askRound<S>(
  groups: readonly (readonly OpenQuestion<S>[])[],
  rounds: Rounds<S>,
): Promise<readonly RoundOutcome<S>[]> {
  const asked: Promise<readonly RoundOutcome<S>[]>[] = [];
  for (const [index, group] of groups.entries()) {
    await asked[index - rounds.window];
    if (rounds.isInterrupted()) break;
    const request = await rounds.prepare(group);
    asked.push(request());
  }
  return (await Promise.all(asked)).flat();
}
