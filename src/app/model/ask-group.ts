// One request about the findings of one function: their dossiers laid out, the answers bound to their findings, the claims checked.
import type { CheckedClaim } from '#domain/claim.ts';
import type { Dossier } from '#domain/dossier.ts';
import type { KnowledgeReference } from '#domain/knowledge.ts';
import type { ModelFailure } from '#domain/model.ts';
import type { ModelAnswer } from '#domain/model-answer.ts';
import { gatherDossier } from '../../evidence/gather-dossier.ts';
import { createKnownApis } from '../../evidence/known-apis.ts';
import { citedDocuments } from '../../knowledge/cited-documents.ts';
import { composePrompt, type RenderedPrompt } from '../../prompt/compose-prompt.ts';
import { ANSWERS_SCHEMA } from '../../triage/model/answer-schema.ts';
import { checkClaims } from '../../triage/model/check-claims.ts';
import { packAnswer, unpackAnswer } from '../../triage/model/pack-answer.ts';
import { parseAnswers } from '../../triage/model/parse-answers.ts';
import { withoutClaimChecks } from './ablate-checks.ts';
import type { OpenQuestion, ReadyRequest, RoundOutcome } from './ask-in-rounds.ts';
import type { Asked } from './create-asker.ts';
import { isAskedModel, showEchoed } from './echoed-model.ts';
import type { ModelContext, ModelRoom, PromptRoom } from './open-model-room.ts';

/** What came of asking about one finding. */
export type Said = {
  readonly task: 'verdict' | 'explanation';
  readonly prompt: { readonly id: string; readonly hash: string };
  readonly rounds: number;
  /** Documents of the team that the model was shown. */
  readonly shown: readonly KnowledgeReference[];
} & (
  | {
      readonly kind: 'answered';
      readonly answer: ModelAnswer;
      readonly claims: readonly CheckedClaim[];
      /** What the provider said answered, where it is another model than the one that was asked. */
      readonly answeredBy: string | null;
    }
  | { readonly kind: 'failed'; readonly failure: ModelFailure }
);

type Answer = ModelAnswer | { readonly problem: string };
type Answers = ReadonlyMap<string, Answer>;

interface Subject {
  readonly open: OpenQuestion<Said>;
  readonly dossier: Dossier;
}

/** Tokens of an answer about one finding, thoughts included. */
const ANSWER_TOKENS = 2_500;

export async function prepareGroup(
  group: readonly OpenQuestion<Said>[],
  room: ModelRoom,
  context: ModelContext,
): Promise<ReadyRequest<Said>> {
  const composed = await composeGroup(group, room, context);
  return async () => {
    const asked = await ask(composed, room);
    return Promise.all(
      composed.subjects.map((subject) => outcomeFor(subject, asked, composed, { context, room })),
    );
  };
}

export interface ComposedGroup {
  readonly task: Said['task'];
  readonly subjects: readonly Subject[];
  readonly prompt: RenderedPrompt;
  readonly maxOutputTokens: number;
}

/** What would be sent about these findings. */
export async function composeGroup(
  group: readonly OpenQuestion<Said>[],
  room: PromptRoom,
  context: ModelContext,
): Promise<ComposedGroup> {
  const subjects: Subject[] = [];
  for (const open of group) subjects.push({ open, dossier: await dossierFor(open, room, context) });
  const task = group[0]?.question.task ?? 'verdict';
  const prompt = await composePrompt(room.library, {
    ...{ task, subjects, language: context.policy.language, redact: room.redact },
    isKindOf: context.isKindOf,
    switchedOff: room.switchedOff,
  });
  return { task, subjects, prompt, maxOutputTokens: ANSWER_TOKENS * subjects.length };
}

async function dossierFor(
  { question, requests }: Pick<OpenQuestion<Said>, 'question' | 'requests'>,
  room: PromptRoom,
  { code, policy }: ModelContext,
): Promise<Dossier> {
  const theCase = question.judgement.case;
  return gatherDossier(theCase, {
    ...{ code, requests, repository: room.repository, budgetTokens: policy.model.evidenceTokens },
    knowledge: await room.knowledge.passagesFor(theCase),
  });
}

function ask(
  { task, prompt, subjects, maxOutputTokens }: ComposedGroup,
  room: ModelRoom,
): Promise<Asked<Answers>> {
  const ids = [...prompt.bindings.keys()];
  const dossierOf = new Map(subjects.map(({ dossier }) => [dossier.case.finding.id, dossier]));
  const boundTo = (opaque: string) => dossierOf.get(prompt.bindings.get(opaque) ?? '');
  return room.asker.ask<Answers>({
    ...{ task, prompt, findings: subjects.length, maxOutputTokens },
    schema: { name: 'answers', json: ANSWERS_SCHEMA },
    parse: (text) => {
      const parsed = parseAnswers(text, ids);
      if (parsed.kind === 'invalid') return parsed;
      const value = new Map<string, Answer>(parsed.byId);
      for (const [id, problem] of parsed.problems) value.set(id, { problem });
      return { kind: 'value', value };
    },
    pack: (answers) => {
      const packed = ids.map((id) => {
        const [answer, dossier] = [answers.get(id), boundTo(id)];
        if (answer === undefined || dossier === undefined) return null;
        return 'problem' in answer ? answer : packAnswer(answer, dossier, seenIn(prompt));
      });
      return packed.includes(null) ? null : packed;
    },
    unpack: (stored) =>
      unpackAll(stored, ids, (id) => {
        const dossier = boundTo(id);
        return (one) => {
          if (dossier === undefined) return null;
          return readProblem(one) ?? unpackAnswer(one, dossier, seenIn(prompt));
        };
      }),
  });
}

/** The ids are new in every request; the order of the findings is the same, or the prompt would be another one. */
function unpackAll(
  stored: unknown,
  ids: readonly string[],
  readerOf: (opaque: string) => (stored: unknown) => Answer | null,
): Answers | null {
  if (!Array.isArray(stored) || stored.length !== ids.length) return null;
  const answers = new Map<string, Answer>();
  for (const [index, id] of ids.entries()) {
    const answer = readerOf(id)(stored[index]);
    if (answer === null) return null;
    answers.set(id, answer);
  }
  return answers;
}

/** Why an answer was of no use for one of several findings: a sentence of ours. */
function readProblem(stored: unknown): { readonly problem: string } | null {
  const { problem }: { problem?: unknown } = Object(stored);
  return typeof problem === 'string' ? { problem } : null;
}

/** Quotes are of what the model saw: where a secret or an invisible character was replaced, the file's lines look otherwise. */
function seenIn({ visible }: RenderedPrompt): (item: { readonly text: string }) => string {
  return ({ text }) => visible.get(text) ?? text;
}

async function outcomeFor(
  { open, dossier }: Subject,
  asked: Asked<Answers>,
  { prompt, task }: ComposedGroup,
  { context, room }: { context: ModelContext; room: Pick<ModelRoom, 'documentsAt' | 'catalog'> },
): Promise<RoundOutcome<Said>> {
  const { question, rounds } = open;
  const { id, hash } = prompt;
  const shown = citedDocuments(dossier.knowledge, room.documentsAt);
  const about = { task, prompt: { id, hash }, rounds, shown };
  const fail = (failure: ModelFailure): RoundOutcome<Said> => ({
    ...{ kind: 'settled', question },
    // What an earlier round brought is worth more than that the last one failed.
    said: open.known ?? { kind: 'failed', ...about, failure },
  });
  if (asked.kind === 'failed') return fail(asked.failure);
  const opaque = [...prompt.bindings].find(([, finding]) => finding === dossier.case.finding.id)?.[0] ?? '';
  const answer = asked.value.get(opaque) ?? { problem: 'there is no answer for it' };
  if ('problem' in answer) {
    return fail({
      kind: 'invalid_output',
      text: `The answer about this finding is not usable: ${answer.problem}.`,
    });
  }
  const { code, policy, switchedOff } = context;
  const visible = seenIn(prompt);
  const apis = createKnownApis(dossier.case.finding, room.catalog);
  const { language } = policy;
  const checked = await checkClaims(answer, dossier, { code, apis, visible, language });
  const claims = withoutClaimChecks(checked, dossier, switchedOff);
  const answeredBy = isAskedModel(context.address.name, asked.model) ? null : showEchoed(asked.model);
  const said: Said = { kind: 'answered', ...about, answer, claims, answeredBy };
  const more = wantsMore(answer, claims, open, context);
  if (more.length === 0) return { kind: 'settled', question, said };
  const requests = [...open.requests, ...more];
  return { kind: 'more', open: { question, requests, rounds: rounds + 1, known: said } };
}

/** What it asks to see and was not shown yet; nothing when its answer stands already, or the rounds are over. */
function wantsMore(
  { label, requests }: ModelAnswer,
  claims: readonly CheckedClaim[],
  open: OpenQuestion<Said>,
  { policy }: ModelContext,
): ModelAnswer['requests'] {
  if (open.question.task !== 'verdict' || open.rounds >= policy.model.rounds) return [];
  if (label !== 'needs_review' && claims.some(({ outcome }) => outcome === 'opens')) return [];
  return requests.filter(
    ({ ask: asked, name }) => !open.requests.some((known) => known.ask === asked && known.name === name),
  );
}
