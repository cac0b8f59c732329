// `assay ask`: a question about a finding or a run, answered from the result's facts, or by a model that is shown them.
import { AssayError } from '#domain/errors.ts';
import { type Phrase, say } from '#domain/phrase.ts';
import type { Policy } from '#domain/policy.ts';
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import type { LanguageModel } from '#ports/language-model.ts';
import { createOperatorFiles } from '../adapters/local/operator-files.ts';
import { PackageAssets } from '../adapters/local/package-assets.ts';
import { loadWeaknessTree } from '../findings/weakness-tree.ts';
import { loadAliases } from '../knowledge/load-aliases.ts';
import { loadCards } from '../knowledge/load-cards.ts';
import { loadPromptLibrary } from '../prompt/load-prompt-library.ts';
import { createPromptRedactor } from '../prompt/prompt-redactor.ts';
import { parseResult } from '../publish/result-schema.ts';
import { toTerminal } from '../support/escape-terminal.ts';
import { createRedactor } from '../support/redact.ts';
import { wrapColumns } from '../support/text-columns.ts';
import { answerAboutFinding, answerAboutRun, type FactAnswer } from './ask/answer-from-facts.ts';
import { type AskMessages, askMessagesOf } from './ask/ask-messages.ts';
import { askModel, type ModelSaid } from './ask/ask-model.ts';
import { findSubject } from './ask/find-subject.ts';
import { gatherQuestion } from './ask/gather-question.ts';
import { readIntent } from './ask/read-intent.ts';
import { compose } from './compose.ts';
import type { Environment } from './environment.ts';
import { openEmbeddings } from './knowledge/embedding-access.ts';
import { openKnowledge } from './knowledge/open-knowledge.ts';
import { pastDecisions } from './knowledge/past-decisions.ts';
import { chooseModel } from './model/choose-model.ts';
import { readPromptOverrides } from './model/read-prompt-overrides.ts';
import { phraseBookOf } from './phrase-book.ts';
import { readPolicy } from './read-policy.ts';
import { defaultRequest, type RunRequest } from './run-request.ts';
import { secretValues } from './secret-variables.ts';
import { trustedTree } from './trusted-tree.ts';
import type { World } from './world.ts';

export interface AskRequest {
  readonly question: string;
  /** A finding id or its first characters; null: what the question names. */
  readonly finding: string | null;
  readonly result: string;
  /** `provider/name`; null: what the policy says. */
  readonly model: string | null;
  readonly repo: string;
  /** Where policy, prompts and documents are read from; null: the working tree, outside of CI. */
  readonly base: string | null;
  readonly allowHttp: boolean;
  readonly cwd: string;
}

/** What a door hands over so that a test can hand over another. */
export interface AskOutlet {
  write(text: string): void;
  /** Takes the place of the model that the request or the policy names. */
  readonly model?: LanguageModel;
}

/** Writes the answer; throws AssayError for a result that cannot be read and an id that names none. */
export async function ask(request: AskRequest, environment: Environment, outlet: AskOutlet): Promise<void> {
  const files = createOperatorFiles({ cwd: request.cwd, repository: request.cwd });
  const { text } = await files.read(request.result);
  const document = parseResult(text, request.result);
  const assets = new PackageAssets();
  const finding = findSubject(document.findings, request, await loadAliases(assets));
  const messages = askMessagesOf(document.run.language);
  const redact = createRedactor(secretValues(environment.variables));
  const tell = (lines: readonly string[]) =>
    outlet.write(toText(lines.map(redact), environment.terminalWidth ?? 100));

  const asked = await tryOrPass({ request, document, finding, messages, redact }, environment, outlet);
  if (asked.kind === 'answered') {
    outlet.write('\n\n');
    tell([...listSources(asked.sources, messages), messages.answeredBy(asked.model)]);
    return;
  }
  if (asked.kind === 'none') {
    if (asked.why !== null) tell([asked.why]);
  } else {
    outlet.write('\n');
    tell([messages.modelFailed(asked.why)]);
  }
  const cards = await loadCards(assets, document.run.language);
  const facts: FactAnswer =
    finding === null
      ? answerAboutRun(document, messages)
      : answerAboutFinding(readIntent(request.question), {
          finding,
          document,
          messages,
          card: cards.cardFor(finding.cwe),
        });
  tell([...facts.lines, ...listSources(facts.sources, messages)]);
}

interface Question {
  readonly request: AskRequest;
  readonly document: ResultDocument;
  readonly finding: FindingRecord | null;
  readonly messages: AskMessages;
  readonly redact: (text: string) => string;
}

type Tried =
  | { readonly kind: 'answered'; readonly sources: readonly string[]; readonly model: string }
  | { readonly kind: 'failed'; readonly why: string }
  /** `why` null when nobody wanted a model. */
  | { readonly kind: 'none'; readonly why: string | null };

/** Without `--model`, what keeps a model from being asked keeps no facts back. */
async function tryOrPass(asked: Question, environment: Environment, outlet: AskOutlet): Promise<Tried> {
  try {
    return await tryModel(asked, environment, outlet);
  } catch (error) {
    if (!(error instanceof AssayError) || asked.request.model !== null) throw error;
    return { kind: 'none', why: asked.messages.modelNotAsked(error.message.replace(/\.$/, '')) };
  }
}

async function tryModel(asked: Question, environment: Environment, outlet: AskOutlet): Promise<Tried> {
  const { request, document, finding, messages } = asked;
  const run: RunRequest = {
    ...defaultRequest(request.cwd),
    ...{ repo: request.repo, base: request.base, model: request.model, allowHttp: request.allowHttp },
    trustHeadConfig: request.base === null && environment.variables.CI !== 'true',
    language: document.run.language,
  };
  await using composed = await compose(run, environment);
  const world = atHead(composed.world, document.run.head);
  const commits = (await world.changes?.commits()) ?? { baseTip: null };
  const { policy } = await readPolicy(run, world, { baseTip: commits.baseTip, diff: null });
  const { address, notAsked } = chooseModel(
    { ...run, judge: request.model === null ? null : 'auto' },
    policy,
    environment.variables,
  );
  const book = phraseBookOf(document.run.language);
  if (address === null && outlet.model === undefined) {
    const why = (phrase: Phrase) => messages.modelNotAsked(say(phrase, book).replace(/[.。]$/, ''));
    return { kind: 'none', why: notAsked === null ? null : why(notAsked) };
  }
  if (finding === null) return { kind: 'none', why: messages.modelNeedsFinding };
  const model = outlet.model ?? (address === null ? null : await world.models.open(address));
  if (model === null) return { kind: 'none', why: null };
  const tree = trustedTree(run, world, commits);
  const said = await putToModel(
    { ...asked, finding },
    { world, policy: { ...policy, language: document.run.language }, tree, model },
    outlet,
  );
  return said.kind === 'answered'
    ? { kind: 'answered', sources: said.sources, model: model.id }
    : { kind: 'failed', why: said.failure.text.replace(/[.。]$/, '') };
}

async function putToModel(
  { request, document, finding, messages, redact }: Question & { readonly finding: FindingRecord },
  parts: { world: World; policy: Policy; tree: ReturnType<typeof trustedTree>; model: LanguageModel },
  outlet: AskOutlet,
): Promise<ModelSaid> {
  const { world, policy, tree, model } = parts;
  const { assets } = world;
  const embeddings = await openEmbeddings(policy, world.models);
  const knowledge = await openKnowledge({
    ...{ assets, policy, redact, tree: tree?.files ?? null, commit: tree?.commit ?? null, store: null },
    ...{ language: policy.language, decisions: pastDecisions(policy), embeddings: embeddings.model },
  });
  const weaknesses = await loadWeaknessTree(assets);
  return askModel(
    {
      ...{ question: request.question, language: document.run.language, redact, messages },
      dossier: await gatherQuestion({ finding, question: request.question }, { world, policy, knowledge }),
      library: await loadPromptLibrary(assets, await readPromptOverrides(tree?.files ?? null)),
      redactPrompt: await createPromptRedactor(secretValues(world.models.variables)),
      isKindOf: (cwe, ancestor) => cwe === ancestor || weaknesses.isAncestor(ancestor, cwe),
    },
    model,
    outlet.write,
  );
}

/** The sources as they were judged, where that commit is named and here. */
function atHead(world: World, head: string | null): World {
  if (head === null || world.changes === null || !/^[0-9a-f]{40,64}$/.test(head)) return world;
  return { ...world, workspace: world.changes.at(head) };
}

function listSources(sources: readonly string[], { sources: title }: AskMessages): readonly string[] {
  return sources.length === 0 ? [] : ['', title, ...sources.map((source) => `  ${source}`)];
}

function toText(lines: readonly string[], columns: number): string {
  const width = Math.min(Math.max(columns, 60), 120);
  const wrapped = lines.flatMap((line) => {
    const [first = '', ...rest] = wrapColumns(toTerminal(line), width - 4);
    const indent = /^ */.exec(line)?.[0] ?? '';
    return [`${indent}${first}`, ...rest.map((more) => `${indent}  │ ${more}`)];
  });
  return `${wrapped.join('\n')}\n`;
}
