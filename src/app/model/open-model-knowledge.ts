// The passages that a model is shown beside the code: cards, the team's documents and decisions, found for one finding.
import type { Notice } from '#domain/decision.ts';
import type { Case } from '#domain/evidence.ts';
import type { Passage } from '#domain/knowledge.ts';
import { say } from '#domain/phrase.ts';
import type { Policy } from '#domain/policy.ts';
import type { Workspace } from '#ports/workspace.ts';
import { openKnowledgeStore } from '../../adapters/local/knowledge-store.ts';
import { cacheFolder } from '../knowledge/cache-folder.ts';
import { openEmbeddings } from '../knowledge/embedding-access.ts';
import { knowledgeMessagesOf } from '../knowledge/knowledge-messages.ts';
import { openKnowledge } from '../knowledge/open-knowledge.ts';
import { pastDecisions } from '../knowledge/past-decisions.ts';
import { phraseBookOf } from '../phrase-book.ts';
import type { World } from '../world.ts';

export interface ModelKnowledge {
  passagesFor(theCase: Case): Promise<readonly Passage[]>;
  notices(): readonly Notice[];
  close(): void;
}

const MOST_PASSAGES = 3;

export async function openModelKnowledge(parts: {
  readonly tree: Workspace | null;
  readonly policy: Policy;
  readonly world: Pick<World, 'assets' | 'redact' | 'models'>;
  readonly cwd: string;
}): Promise<ModelKnowledge> {
  const { tree, policy, world, cwd } = parts;
  const { language } = policy;
  const embeddings = await openEmbeddings(policy, world.models);
  const folder = embeddings.model === null ? null : cacheFolder(world.models.variables, cwd);
  const store =
    folder === null
      ? null
      : await openKnowledgeStore(folder, { readOnly: (await world.models.trustZone()) === 'untrusted' });
  const knowledge = await openKnowledge({
    ...{ assets: world.assets, tree, policy, language, redact: world.redact, store },
    decisions: pastDecisions(policy),
    embeddings: embeddings.model,
  });
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
      const text = [finding.ruleId, card?.name ?? '', finding.message].join('\n');
      const found = await knowledge.search({ text, cwe: finding.cwe, limit: MOST_PASSAGES + 1 });
      // The card of the weakness stands in every prompt already.
      const others = found.filter(({ id }) => card === null || id !== `cwe-${card.cwe}`);
      return others.slice(0, MOST_PASSAGES).map((passage, index) => ({ ...passage, label: `K${index + 1}` }));
    },
    notices: () => [...missing, ...knowledge.notices],
    close: () => store?.close(),
  };
}
