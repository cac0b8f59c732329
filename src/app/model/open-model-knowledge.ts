// The passages that a model is shown beside the code: cards, the team's documents and decisions, found for one finding.
import type { Notice } from '#domain/decision.ts';
import type { Case } from '#domain/evidence.ts';
import type { Passage } from '#domain/knowledge.ts';
import type { ModelPrice } from '#domain/model.ts';
import { phrase, say } from '#domain/phrase.ts';
import type { Policy } from '#domain/policy.ts';
import type { EmbeddingUse } from '#domain/result-document.ts';
import type { Workspace } from '#ports/workspace.ts';
import { openKnowledgeStore } from '../../adapters/local/knowledge-store.ts';
import type { Variables } from '../environment.ts';
import { cacheFolder } from '../knowledge/cache-folder.ts';
import { embeddingText } from '../knowledge/embed-chunks.ts';
import { type EmbeddingAccess, embeddingAddress, openEmbeddings } from '../knowledge/embedding-access.ts';
import { knowledgeMessagesOf } from '../knowledge/knowledge-messages.ts';
import { openKnowledge } from '../knowledge/open-knowledge.ts';
import { pastDecisions } from '../knowledge/past-decisions.ts';
import { phraseBookOf } from '../phrase-book.ts';
import type { World } from '../world.ts';
import type { Bill } from './bill.ts';
import type { Budget } from './budget.ts';
import { meterEmbeddings } from './meter-embeddings.ts';
import { embeddingPriceOf } from './prices.ts';

export interface ModelKnowledge {
  passagesFor(theCase: Case): Promise<readonly Passage[]>;
  /** What finding passages by meaning took; null where it was not tried. */
  embeddings(): EmbeddingUse | null;
  notices(): readonly Notice[];
  close(): void;
}

export interface Spending {
  readonly bill: Bill;
  readonly budget: Budget;
}

const MOST_PASSAGES = 3;

export async function openModelKnowledge(parts: {
  readonly tree: Workspace | null;
  readonly policy: Policy;
  readonly world: Pick<World, 'assets' | 'redact' | 'models'>;
  readonly cwd: string;
  /** Null for an estimate: nothing is sent, and passages are found by words alone. */
  readonly spending: Spending | null;
}): Promise<ModelKnowledge> {
  const { tree, policy, world, cwd, spending } = parts;
  const { language } = policy;
  const embeddings = await askableEmbeddings(parts);
  const folder = embeddings.model === null ? null : cacheFolder(world.models.variables, cwd);
  const store =
    folder === null
      ? null
      : await openKnowledgeStore(folder, { readOnly: (await world.models.trustZone()) === 'untrusted' });
  const name = policy.knowledge.embeddings;
  const meter =
    name === null || (spending !== null && embeddings.model === null)
      ? null
      : meterEmbeddings({
          ...{
            id: `${name.provider}/${name.name}`,
            price: embeddingPrice(policy, world.models.variables),
            store,
          },
          spending:
            spending === null || embeddings.model === null ? null : { ...spending, model: embeddings.model },
        });
  const knowledge = await openKnowledge({
    ...{ assets: world.assets, tree, policy, language, redact: world.redact, store },
    decisions: pastDecisions(policy),
    embeddings: meter,
  });
  let pieces: readonly string[] | null = null;
  const missing =
    embeddings.missing === null
      ? []
      : [
          {
            code: 'embeddings-not-asked',
            text: knowledgeMessagesOf(language).embeddingsNotAsked(
              say(embeddings.missing, phraseBookOf(language)),
            ),
          },
        ];
  return {
    passagesFor: async ({ finding, card }) => {
      // A piece without room in the budget leaves the search to words: the model says so when it is asked.
      pieces ??= knowledge.chunks.map((chunk) => embeddingText(chunk, world.redact));
      await meter?.admit(pieces);
      const text = [finding.ruleId, card?.name ?? '', finding.message].join('\n');
      const found = await knowledge.search({ text, cwe: finding.cwe, limit: MOST_PASSAGES + 1 });
      // The card of the weakness stands in every prompt already.
      const others = found.filter(({ id }) => card === null || id !== `cwe-${card.cwe}`);
      return others.slice(0, MOST_PASSAGES).map((passage, index) => ({ ...passage, label: `K${index + 1}` }));
    },
    embeddings: () => meter?.use() ?? null,
    notices: () => [...missing, ...knowledge.notices],
    close: () => store?.close(),
  };
}

/** None where nothing is sent, and where a limit in dollars could not be kept. */
async function askableEmbeddings({
  policy,
  world,
  spending,
}: {
  readonly policy: Policy;
  readonly world: Pick<World, 'models'>;
  readonly spending: Spending | null;
}): Promise<EmbeddingAccess> {
  if (spending === null) return { model: null, missing: null };
  const isUnpriced =
    policy.model.budget.money !== null && embeddingPrice(policy, world.models.variables) === null;
  if (policy.knowledge.embeddings === null || !isUnpriced) return openEmbeddings(policy, world.models);
  return {
    model: null,
    missing: phrase`${'`model.budget.money`'} needs a known price, which ${'`knowledge.embeddings.price`'} can say`,
  };
}

/** Null when none is known, or no embedding model is named. */
export function embeddingPrice(policy: Policy, variables: Variables): ModelPrice | null {
  const name = policy.knowledge.embeddings;
  if (name === null) return null;
  const address = embeddingAddress(policy, variables);
  const baseUrl = address === null || 'missing' in address ? null : address.baseUrl;
  return embeddingPriceOf({ name, baseUrl }, policy.knowledge);
}
