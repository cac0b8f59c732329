// `assay ask`: a question about a finding or a run, answered from the result's facts, or by a model that is shown them.
import path from 'node:path';
import { AssayError, EXIT, type ExitCode } from '#domain/errors.ts';
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import type { LanguageModel } from '#ports/language-model.ts';
import { createOperatorFiles } from '../adapters/local/operator-files.ts';
import { PackageAssets } from '../adapters/local/package-assets.ts';
import { loadAliases } from '../knowledge/load-aliases.ts';
import { loadCards } from '../knowledge/load-cards.ts';
import { parseResult } from '../publish/result-schema.ts';
import { createRedactor } from '../support/redact.ts';
import { answerAboutRun, type FactAnswer } from './ask/answer-about-run.ts';
import { answerAboutFinding } from './ask/answer-from-facts.ts';
import { type AskMessages, askMessagesOf } from './ask/ask-messages.ts';
import { findSubject } from './ask/find-subject.ts';
import { callsOf, retell } from './ask/look-at-code.ts';
import { openSources, type Sources } from './ask/open-sources.ts';
import { createPage, type Page } from './ask/page.ts';
import { type Put, putToModel, type Tried } from './ask/put-to-model.ts';
import { readIntent } from './ask/read-intent.ts';
import { LONGEST_QUESTION, languageOfQuestion, readQuestion } from './ask/read-question.ts';
import type { Environment } from './environment.ts';
import { parseModelName } from './model/parse-model-name.ts';
import { secretValues } from './secret-variables.ts';

export interface AskRequest {
  readonly question: string;
  /** A finding id or its first characters; null: what the question names. */
  readonly finding: string | null;
  readonly result: string;
  /** `provider/name`; null: what the policy says. */
  readonly model: string | null;
  /** Null: the question's own. */
  readonly language: 'en' | 'zh-CN' | null;
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

/**
 * Writes the answer. 0 when it is one, from facts where a model is of no help; 3 when the reader interrupted it.
 * Throws AssayError for an empty question, a result that cannot be read, and a finding that is none or several.
 */
export async function ask(
  request: AskRequest,
  environment: Environment,
  outlet: AskOutlet,
): Promise<ExitCode> {
  const { text: question, isCut } = readQuestion(request.question);
  // A name that is none is a mistake of the command line; whatever else keeps a model away leaves the facts.
  if (request.model !== null) parseModelName(request.model);
  const files = createOperatorFiles({ cwd: request.cwd, repository: request.cwd });
  if (!(await files.exists(request.result))) {
    throw new AssayError('usage', `There is no result at ${request.result}.`, {
      hint: 'Run assay triage first: it writes assay.json to its --out folder. Or name another one with --result.',
    });
  }
  const { text } = await files.read(request.result);
  const document = parseResult(text, request.result);
  const language = request.language ?? languageOfQuestion(question) ?? document.run.language;
  const aliases = await loadAliases(new PackageAssets());
  const subject = findSubject(document.findings, { question, finding: request.finding }, aliases);
  const messages = askMessagesOf(language);
  const redact = createRedactor(secretValues(environment.variables));
  const page = createPage((piece) => outlet.write(piece), {
    ...{ columns: environment.terminalWidth, color: environment.color, redact },
  });

  page.line(headOf(subject.finding, messages), 'bold');
  if (isCut) page.line(messages.questionCut(LONGEST_QUESTION));
  if (subject.unknownId !== null) page.line(messages.noSuchId(subject.unknownId));
  const { run } = document;
  await using sources = await openSources({ ...request, language, head: run.head }, environment);
  const put: Put = {
    ...{ question, document, subject, messages, redact, write: page.flow },
    weaknesses: aliases.weaknessesIn(question),
  };
  const tried = await tryModel(put, sources, { request, model: outlet.model });
  // Of a run, no code is read.
  const otherCommit = sources.kind === 'sources' && subject.finding !== null ? sources.otherCommit : null;
  const goOn = sayWhatCame(tried, page, { messages, otherCommit });
  if (goOn) {
    const patches = path.posix.join(path.dirname(request.result), 'patches');
    const facts = await answerFromFacts({ ...put, patches }, sources, page);
    for (const line of facts.lines) page.line(line);
    listSources(facts.sources, page, messages);
  }
  return environment.signal.aborted ? EXIT.unfinished : EXIT.passed;
}

function headOf(finding: FindingRecord | null, messages: AskMessages): string {
  if (finding === null) return messages.aboutRun;
  const { path, startLine } = finding.location;
  return messages.about(finding.id, `${path}:${startLine}`);
}

async function tryModel(
  put: Put,
  sources: Sources,
  { request, model }: { readonly request: AskRequest; readonly model: LanguageModel | undefined },
): Promise<Tried> {
  if (sources.kind === 'sources') return putToModel(put, sources, model);
  const isWanted = request.model !== null || request.base !== null || model !== undefined || sources.isPolicy;
  return { kind: 'none', why: isWanted ? sources.why : null };
}

/** Whether the facts are still to be told. */
function sayWhatCame(
  tried: Tried,
  page: Page,
  { messages, otherCommit }: { readonly messages: AskMessages; readonly otherCommit: string | null },
): boolean {
  page.endLine();
  switch (tried.kind) {
    case 'answered':
      if (otherCommit !== null) page.line(messages.otherCommit(otherCommit));
      listSources(tried.sources, page, messages);
      page.line('');
      page.line(
        tried.sources.length === 0 ? messages.citesNothing(tried.model) : messages.answeredBy(tried.model),
        'dim',
      );
      return false;
    case 'failed':
      if (tried.begun) {
        listSources(tried.sources, page, messages);
        page.line('');
      }
      page.line(tried.begun ? messages.modelBrokeOff(tried.failure) : messages.modelFailed(tried.failure));
      return true;
    case 'none':
      if (tried.why !== null) page.line(messages.modelNotAsked(tried.why));
      return true;
  }
}

async function answerFromFacts(
  put: Put & { readonly patches: string },
  sources: Sources,
  page: Page,
): Promise<FactAnswer> {
  const { question, document, subject, weaknesses, messages, patches } = put;
  const intent = readIntent(question);
  const cards = await loadCards(new PackageAssets(), messages.language);
  const { finding, named } = subject;
  if (finding === null) {
    // A name may stand for several weaknesses: the one that was found here is meant, else the widest.
    const reported = weaknesses.find((cwe) => document.findings.some((each) => each.cwe.includes(cwe)));
    const weakness = reported ?? weaknesses[0];
    const card = weakness === undefined ? null : cards.cardFor([weakness]);
    return answerAboutRun({ intent, question, document, named, card, patches, messages });
  }
  const told = await inLanguage(finding, document, sources, messages);
  const calls = await (async () => {
    if (intent !== 'callers') return null;
    if (sources.kind === 'none') return { kind: 'no_sources' as const, why: sources.why };
    if (sources.otherCommit !== null) page.line(messages.otherCommit(sources.otherCommit));
    return callsOf(finding, sources, messages.language);
  })();
  return answerAboutFinding(intent, {
    ...{ finding: told, document, messages, calls, patches, card: cards.cardFor(finding.cwe) },
  });
}

/** Texts of ours in a result have its language; they are said anew where the answer has another. */
async function inLanguage(
  finding: FindingRecord,
  { run }: ResultDocument,
  sources: Sources,
  { language }: AskMessages,
): Promise<FindingRecord> {
  if (run.language === language) return finding;
  const withoutFix = { ...finding, remediation: null };
  return sources.kind === 'none' ? withoutFix : retell(withoutFix, sources, language);
}

function listSources(sources: readonly string[], page: Page, messages: AskMessages): void {
  if (sources.length === 0) return;
  page.line('');
  page.line(messages.sources, 'bold');
  for (const source of sources) page.line(`  ${source}`, 'dim');
}
