// What `assay.yml` says of models and documents → the policy, with the defaults filled in.
import type { ModelName } from '#domain/model.ts';
import type { KnowledgePolicy, ModelPolicy } from '#domain/policy.ts';
import type { PolicyDocument } from './policy-schema.ts';

/** Where teams keep such documents, when they do not say. */
const USUAL_DOCUMENTS = ['SECURITY.md', 'docs/security/**', '.assay/knowledge/**'];

export function toModelPolicy(document: PolicyDocument['model'] = {}): ModelPolicy {
  const { provider, name, dismiss, budget } = document;
  return {
    name: provider === undefined || name === undefined ? null : { provider, name },
    judge: document.judge ?? null,
    dismiss: { below: dismiss?.below ?? 'high', confidence: dismiss?.confidence ?? 0.8 },
    budget: {
      tokens: budget?.tokens ?? 2_000_000,
      money: budget?.money ?? null,
      findings: budget?.findings ?? 300,
    },
    rounds: document.rounds ?? 2,
    concurrency: document.concurrency ?? 4,
    evidenceTokens: document.evidence_tokens ?? 6000,
    explain: document.explain ?? true,
    patches: document.patches ?? true,
  };
}

export function toKnowledgePolicy(document: PolicyDocument['knowledge'] = {}): KnowledgePolicy {
  const embeddings: ModelName | null = document.embeddings ?? null;
  return { paths: document.paths ?? USUAL_DOCUMENTS, embeddings };
}
