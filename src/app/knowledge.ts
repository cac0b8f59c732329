// `assay knowledge search`: what would be laid before a model, or named in a comment, and why.
import { AssayError } from '#domain/errors.ts';
import type { Passage } from '#domain/knowledge.ts';
import { say } from '#domain/phrase.ts';
import type { Policy } from '#domain/policy.ts';
import { openKnowledgeStore } from '../adapters/local/knowledge-store.ts';
import { compose } from './compose.ts';
import type { Environment } from './environment.ts';
import { cacheFolder } from './knowledge/cache-folder.ts';
import { openEmbeddings } from './knowledge/embedding-access.ts';
import { knowledgeMessagesOf } from './knowledge/knowledge-messages.ts';
import { openKnowledge } from './knowledge/open-knowledge.ts';
import { pastDecisions } from './knowledge/past-decisions.ts';
import { type FoundPassages, passagesAsJson, passagesAsTable } from './knowledge/show-passages.ts';
import { createModelAccess } from './model/model-access.ts';
import { phraseBookOf } from './phrase-book.ts';
import { readPolicy } from './read-policy.ts';
import { defaultRequest } from './run-request.ts';
import { trustedTree } from './trusted-tree.ts';

export interface KnowledgeSearchRequest {
  readonly question: string;
  readonly cwe: readonly number[];
  readonly limit: number;
  readonly format: 'table' | 'json';
  readonly repo: string;
  readonly base: string | null;
  readonly config: string | null;
  /** Null: what the policy says. */
  readonly language: Policy['language'] | null;
  readonly cwd: string;
  readonly allowHttp: boolean;
}

const MOST_PASSAGES = 50;

/** Throws AssayError `usage` for an empty question without a CWE, and what composing a run throws. */
export async function searchKnowledge(
  request: KnowledgeSearchRequest,
  environment: Environment,
): Promise<string> {
  if (request.question.trim() === '' && request.cwe.length === 0) {
    throw new AssayError('usage', 'Nothing was asked.', {
      hint: 'Give a question, for example assay knowledge search "how do we escape SQL", or --cwe 89.',
    });
  }
  if (!Number.isInteger(request.limit) || request.limit < 1 || request.limit > MOST_PASSAGES) {
    throw new AssayError('usage', `--limit takes a number from 1 to ${MOST_PASSAGES}.`);
  }
  const { text, redact } = await find(request, environment);
  return redact(text);
}

async function find(
  request: KnowledgeSearchRequest,
  environment: Environment,
): Promise<{ text: string; redact: (text: string) => string }> {
  const { repo, base, config, cwd, allowHttp } = request;
  // On one's own machine nothing is decided by what is shown here; in CI only a base vouches for documents.
  const isOwnMachine = base === null && config === null && environment.variables.CI !== 'true';
  const run = { ...defaultRequest(cwd), repo, base, config, allowHttp, trustHeadConfig: isOwnMachine };
  await using composed = await compose(run, environment);
  const { world } = composed;
  const { redact } = world;
  const commits = (await world.changes?.commits()) ?? { baseTip: null };
  const { policy } = await readPolicy(run, world, { baseTip: commits.baseTip, diff: null });
  const language = request.language ?? policy.language;
  const messages = knowledgeMessagesOf(language);
  const tree = trustedTree(
    { ...run, trustHeadConfig: base === null && environment.variables.CI !== 'true' },
    world,
    commits,
  );
  const access = createModelAccess(environment, { allowHttp, log: world.log, redact });
  const embeddings = await openEmbeddings(policy, access);
  const folder = embeddings.model === null ? null : cacheFolder(environment.variables, cwd);
  const store = folder === null ? null : await openKnowledgeStore(folder);
  try {
    const knowledge = await openKnowledge({
      ...{ assets: world.assets, tree: tree?.files ?? null, policy, language, redact, store },
      decisions: pastDecisions(policy),
      embeddings: embeddings.model,
    });
    const passages = await knowledge.search({
      text: request.question,
      cwe: request.cwe,
      limit: request.limit,
    });
    const notices = [
      ...(tree === null ? [messages.noTree] : tree.commit === null ? [messages.workingTree] : []),
      ...(embeddings.missing === null
        ? []
        : [messages.embeddingsNotAsked(say(embeddings.missing, phraseBookOf(language)))]),
      ...knowledge.notices.map((notice) => notice.text),
    ];
    const found: FoundPassages = {
      ...{ passages, notices, question: request.question, cwe: request.cwe, language },
      searched: countSources(knowledge.chunks),
    };
    const shown = { width: environment.terminalWidth ?? 100, color: environment.color };
    return {
      text: request.format === 'json' ? passagesAsJson(found) : passagesAsTable(found, shown),
      redact,
    };
  } finally {
    store?.close();
  }
}

function countSources(chunks: readonly Pick<Passage, 'source'>[]): FoundPassages['searched'] {
  const count = (source: Passage['source']) => chunks.filter((chunk) => chunk.source === source).length;
  return { card: count('card'), document: count('document'), decision: count('decision') };
}
