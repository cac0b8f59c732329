// Chooses the model, gathers what it is shown of a finding or of a run, and asks it; says why when it is not asked.
import { AssayError } from '#domain/errors.ts';
import { say } from '#domain/phrase.ts';
import type { ResultDocument } from '#domain/result-document.ts';
import type { LanguageModel } from '#ports/language-model.ts';
import { loadWeaknessTree } from '../../findings/weakness-tree.ts';
import { loadPromptLibrary } from '../../prompt/load-prompt-library.ts';
import { createPromptRedactor } from '../../prompt/prompt-redactor.ts';
import { openEmbeddings } from '../knowledge/embedding-access.ts';
import { openKnowledge } from '../knowledge/open-knowledge.ts';
import { pastDecisions } from '../knowledge/past-decisions.ts';
import { chooseModel } from '../model/choose-model.ts';
import { readPromptOverrides } from '../model/read-prompt-overrides.ts';
import { phraseBookOf } from '../phrase-book.ts';
import { secretValues } from '../secret-variables.ts';
import type { AskMessages } from './ask-messages.ts';
import { askModel, type ModelSaid, type QuestionForModel } from './ask-model.ts';
import type { Subject } from './find-subject.ts';
import { gatherQuestion } from './gather-question.ts';
import { gatherRunQuestion } from './gather-run-question.ts';
import type { SourceRoom } from './open-sources.ts';

export interface Put {
  readonly question: string;
  readonly document: ResultDocument;
  readonly subject: Subject;
  /** Weaknesses that the question names. */
  readonly weaknesses: readonly number[];
  readonly messages: AskMessages;
  readonly redact: (text: string) => string;
  readonly write: (text: string) => void;
}

export type Tried =
  | (ModelSaid & { readonly model: string })
  /** `why` null when nobody wanted a model. */
  | { readonly kind: 'none'; readonly why: string | null };

const MOST_PASSAGES = 4;
/** Of a run, findings of all kinds are shown: what is said to one kind is left out. */
const ONLY_OF_ONE_FINDING = ['family'];

/** `given` takes the place of the model that the request or the policy names. What keeps a model from being asked is no error. */
export async function putToModel(
  put: Put,
  room: SourceRoom,
  given: LanguageModel | undefined,
): Promise<Tried> {
  try {
    const model = given ?? (await openModel(put, room));
    if (!('stream' in model)) return { kind: 'none', why: model.why };
    const asked = await prepare(put, room);
    if (asked === null) return { kind: 'none', why: null };
    return { ...(await askModel(asked, model, put.write)), model: model.id };
  } catch (error) {
    if (!(error instanceof AssayError) || error.code === 'internal') throw error;
    return { kind: 'none', why: error.message.replace(/\.$/, '') };
  }
}

async function openModel(
  { messages }: Put,
  { run, policy, world }: SourceRoom,
): Promise<LanguageModel | { readonly why: string | null }> {
  const judge = run.model === null ? null : 'auto';
  const { address, notAsked } = chooseModel({ ...run, judge }, policy, world.models.variables);
  if (address !== null) return world.models.open(address);
  if (notAsked === null) return { why: null };
  const missing = notAsked.facts[0];
  if (missing === undefined) return { why: say(notAsked, phraseBookOf(messages.language)) };
  return {
    why: typeof missing === 'object' ? say(missing, phraseBookOf(messages.language)) : String(missing),
  };
}

/** Null for a run without a finding: there is nothing to show. */
async function prepare(put: Put, room: SourceRoom): Promise<QuestionForModel | null> {
  const { question, document, subject, messages, redact } = put;
  const { world, policy, tree } = room;
  const { assets } = world;
  const embeddings = await openEmbeddings(policy, world.models);
  const knowledge = await openKnowledge({
    ...{ assets, policy, redact, tree: tree?.files ?? null, commit: tree?.commit ?? null, store: null },
    ...{ language: policy.language, decisions: pastDecisions(policy), embeddings: embeddings.model },
  });
  const shown = await (async (): Promise<QuestionForModel['shown'] | null> => {
    if (subject.finding !== null) {
      const dossier = await gatherQuestion(
        { finding: subject.finding, question },
        { world, policy, knowledge },
      );
      return { subjects: [{ dossier }], switchedOff: new Set() };
    }
    const { opening, subjects } = gatherRunQuestion(document, subject.named, policy.model.evidenceTokens);
    if (subjects.length === 0) return null;
    const cwe = [...new Set([...put.weaknesses, ...subject.named.flatMap((finding) => finding.cwe)])];
    const passages = await knowledge.search({ text: question, cwe, limit: MOST_PASSAGES });
    return {
      ...{ subjects, opening, closing: { knowledge: passages } },
      switchedOff: new Set(ONLY_OF_ONE_FINDING),
    };
  })();
  if (shown === null) return null;
  const weaknesses = await loadWeaknessTree(assets);
  return {
    ...{ question, shown, findings: document.findings, language: messages.language, redact, messages },
    library: await loadPromptLibrary(assets, await readPromptOverrides(tree?.files ?? null)),
    redactPrompt: await createPromptRedactor(secretValues(world.models.variables)),
    signal: world.signal,
    isKindOf: (cwe, ancestor) => cwe === ancestor || weaknesses.isAncestor(ancestor, cwe),
  };
}
