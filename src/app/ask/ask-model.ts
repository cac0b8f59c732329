// A question put to a language model: the same prompts and protections as for a verdict, the answer shown as it comes.
import type { Dossier } from '#domain/dossier.ts';
import type { ModelFailure } from '#domain/model.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import type { LanguageModel, ModelReply } from '#ports/language-model.ts';
import { composePrompt, type PromptRequest } from '../../prompt/compose-prompt.ts';
import type { PromptLibrary } from '../../prompt/prompt-part.ts';
import type { RedactText } from '../../prompt/visible-text.ts';
import { citedAs } from '../knowledge/show-passages.ts';
import type { AskMessages } from './ask-messages.ts';
import { createInertStream } from './inert-stream.ts';

const MAX_OUTPUT_TOKENS = 1_500;

export interface QuestionForModel {
  readonly question: string;
  /** What is laid before the model; the question goes behind it. */
  readonly shown: Pick<PromptRequest, 'subjects' | 'opening' | 'closing' | 'switchedOff'>;
  /** Those of the subjects at least. */
  readonly findings: readonly FindingRecord[];
  readonly language: 'en' | 'zh-CN';
  readonly library: PromptLibrary;
  /** Of what leaves for the model. */
  readonly redactPrompt: RedactText;
  /** Of what comes back. */
  readonly redact: (text: string) => string;
  readonly messages: Pick<AskMessages, 'unknownItem'>;
  readonly signal: AbortSignal;
  isKindOf(cwe: number, ancestor: number): boolean;
}

export type ModelSaid =
  | { readonly kind: 'answered'; readonly sources: readonly string[] }
  /** `begun`: some of the answer was shown. `sources` are those of that part. */
  | {
      readonly kind: 'failed';
      readonly failure: ModelFailure;
      readonly begun: boolean;
      readonly sources: readonly string[];
    };

/** Writes the answer to `write` as it comes, without power over a terminal; returns what its citations stand for. */
export async function askModel(
  asked: QuestionForModel,
  model: LanguageModel,
  write: (text: string) => void,
): Promise<ModelSaid> {
  const { shown, messages, redact } = asked;
  const prompt = await composePrompt(asked.library, {
    ...{ task: 'question', ...shown, language: asked.language, redact: asked.redactPrompt },
    closing: {
      ...shown.closing,
      outside: [...(shown.closing?.outside ?? []), { title: 'Question', text: asked.question }],
    },
    isKindOf: asked.isKindOf,
  });
  const places = placesOf(asked, prompt.bindings);
  const known = new Map([...places].map(([label, { as }]) => [label, as]));
  let begun = false;
  const stream = createInertStream(
    (text) => {
      begun ||= text.trim() !== '';
      write(text);
    },
    { known, unknown: messages.unknownItem, isPlace: placeCheck(asked), redact },
  );
  const reply = await streamFrom(model, prompt, stream.push, asked.signal);
  stream.end();
  const sources = stream.cited.flatMap((label) => {
    const place = [...places.values()].find(({ as }) => as === label);
    return place === undefined ? [] : [`[${label}] ${place.source}`];
  });
  if (reply.kind === 'failed') return { kind: 'failed', failure: reply.failure, begun, sources };
  if (begun) return { kind: 'answered', sources };
  const failure: ModelFailure = { kind: 'invalid_output', text: 'The answer is empty.' };
  return { kind: 'failed', failure, begun, sources };
}

async function streamFrom(
  model: LanguageModel,
  { system, prompt }: { readonly system: string; readonly prompt: string },
  push: (piece: string) => void,
  signal: AbortSignal,
): Promise<ModelReply | { readonly kind: 'failed'; readonly failure: ModelFailure }> {
  let received = 0;
  const request = {
    task: 'question' as const,
    system,
    prompt,
    schema: null,
    maxOutputTokens: MAX_OUTPUT_TOKENS,
  };
  try {
    const reply = await model.stream(request, (piece) => {
      received += piece.length;
      push(piece);
    });
    // A model that answers in one piece only may hand nothing out on the way.
    if (reply.kind === 'text' && received === 0) push(reply.text);
    return reply;
  } catch (error) {
    if (!signal.aborted) throw error;
    return { kind: 'failed', failure: { kind: 'interrupted', text: 'It was interrupted.' } };
  }
}

/** Lines of items, findings and passages: by the whole path, or by its end, as people shorten it. */
function placeCheck({ shown, findings }: QuestionForModel): (path: string, line: number) => boolean {
  const lines = shown.subjects.flatMap(({ dossier }) => [
    ...dossier.items,
    ...dossier.case.finding.flow.map(({ location }) => location),
    dossier.case.finding.location,
  ]);
  const passages = [
    ...shown.subjects.flatMap(({ dossier }) => dossier.knowledge),
    ...(shown.closing?.knowledge ?? []),
  ].flatMap(({ path }) => (path === null ? [] : [{ path, startLine: 1, endLine: Number.POSITIVE_INFINITY }]));
  const known = [...lines, ...passages, ...findings.map(({ location }) => location)];
  return (path, line) =>
    known.some(
      (place) =>
        (place.path === path || place.path.endsWith(`/${path}`)) &&
        place.startLine <= line &&
        place.endLine >= line,
    );
}

interface CitedPlace {
  /** What the reader sees in brackets. */
  readonly as: string;
  readonly source: string;
}

/** Everything that may be cited: items, passages, and the findings by the name of the prompt or by their id. */
function placesOf(
  { shown, findings }: Pick<QuestionForModel, 'shown' | 'findings'>,
  bindings: ReadonlyMap<string, string>,
): ReadonlyMap<string, CitedPlace> {
  const places = new Map<string, CitedPlace>();
  const passages = [
    ...shown.subjects.flatMap(({ dossier }) => dossier.knowledge),
    ...(shown.closing?.knowledge ?? []),
  ];
  for (const { dossier } of shown.subjects)
    for (const item of dossier.items) places.set(item.id, { as: item.id, source: placeOf(item) });
  for (const passage of passages) {
    const source = `${citedAs(passage)} · ${passage.title}`;
    places.set(passage.label, { as: passage.label, source });
  }
  for (const [name, id] of bindings) {
    const finding = findings.find((one) => one.id === id);
    if (finding === undefined) continue;
    const { location, ruleId } = finding;
    const place = { as: id, source: `${location.path}:${location.startLine} · ${ruleId}` };
    places.set(name, place).set(id, place);
  }
  return places;
}

function placeOf({ path, startLine, endLine }: Dossier['items'][number]): string {
  return `${path}:${startLine}${endLine > startLine ? `-${endLine}` : ''}`;
}
