// What a model is shown for a question about a finding of an earlier run: the evidence is gathered again from the sources at hand.
import type { Dossier } from '#domain/dossier.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import { createCodeIndex } from '../../code/code-index.ts';
import { createRepositoryIndex } from '../../code/repository-index.ts';
import { loadCatalog } from '../../evidence/catalog.ts';
import { gatherDossier } from '../../evidence/gather-dossier.ts';
import { gatherEvidence } from '../../evidence/gather-evidence.ts';
import { buildCase } from '../../knowledge/build-case.ts';
import { loadCards } from '../../knowledge/load-cards.ts';
import type { Knowledge } from '../knowledge/open-knowledge.ts';
import type { SourceRoom } from './open-sources.ts';
import { scopedAgain } from './scoped-again.ts';

const MOST_PASSAGES = 4;

export async function gatherQuestion(
  { finding: record, question }: { readonly finding: FindingRecord; readonly question: string },
  {
    world,
    policy,
    knowledge,
  }: Pick<SourceRoom, 'world' | 'policy'> & { readonly knowledge: Pick<Knowledge, 'search'> },
): Promise<Dossier> {
  const finding = scopedAgain(record);
  const code = createCodeIndex(world.workspace, world.assets);
  const gathered = await gatherEvidence([finding], {
    ...{ code, catalog: await loadCatalog(world.assets), policyPaths: policy.policyPaths },
    onDone: () => undefined,
  });
  const evidence = gathered.get(finding.id);
  if (evidence === undefined) throw new Error(`no evidence was gathered for finding ${finding.id}`);
  const cards = await loadCards(world.assets, policy.language);
  return gatherDossier(buildCase(finding, evidence, cards), {
    ...{ code, repository: createRepositoryIndex(world.workspace, code), requests: [] },
    budgetTokens: policy.model.evidenceTokens,
    knowledge: await knowledge.search({
      text: `${question}\n${finding.ruleId}\n${finding.message}`,
      cwe: finding.cwe,
      limit: MOST_PASSAGES,
    }),
  });
}
