// Findings → the same with the team's own documents named that speak of their weakness: by number and name, without any search or model.
import type { Commits } from '#domain/change.ts';
import type { Policy } from '#domain/policy.ts';
import type { JudgedFinding } from '#domain/verdict.ts';
import type { RunRequest } from '../run-request.ts';
import { trustedTree } from '../trusted-tree.ts';
import type { World } from '../world.ts';
import { nameDocuments } from './name-documents.ts';
import { openKnowledge } from './open-knowledge.ts';

/** Documents that a model was shown, and so may speak of, are left as they are. */
export async function documentFindings(
  findings: readonly JudgedFinding[],
  context: {
    readonly request: RunRequest;
    readonly policy: Policy;
    readonly commits: Commits;
    readonly world: World;
  },
): Promise<readonly JudgedFinding[]> {
  const { request, policy, commits, world } = context;
  const trusted = trustedTree(request, world, commits);
  const isShown = ({ inScope, verdict }: JudgedFinding) => inScope && verdict?.label !== 'false_positive';
  if (trusted === null || !findings.some(isShown)) return findings;
  const knowledge = await openKnowledge({
    ...{ assets: world.assets, tree: trusted.files, commit: trusted.commit },
    ...{ policy, language: policy.language, redact: world.redact, decisions: [] },
    ...{ embeddings: null, store: null },
  });
  return nameDocuments(findings, knowledge);
}
