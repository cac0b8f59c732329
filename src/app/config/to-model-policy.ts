// What `assay.yml` says of models and documents → the policy, with the defaults filled in.
import type { ModelName, ModelPrice } from '#domain/model.ts';
import type { KnowledgePolicy, ModelPolicy, PatchChoice } from '#domain/policy.ts';
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
    patches: patchChoice(document.patches),
    price: priceSaid(document.price),
  };
}

export function toKnowledgePolicy(document: PolicyDocument['knowledge'] = {}): KnowledgePolicy {
  const { provider, name, price } = document.embeddings ?? {};
  const embeddings: ModelName | null =
    provider === undefined || name === undefined ? null : { provider, name };
  return { paths: document.paths ?? USUAL_DOCUMENTS, embeddings, embeddingsPrice: price ?? null };
}

/** Who does not say what the cached part costs pays the whole price for it. */
function priceSaid(price: NonNullable<PolicyDocument['model']>['price']): ModelPrice | null {
  if (price === undefined) return null;
  return { input: price.input, cached: price.cached ?? price.input, output: price.output };
}

function patchChoice(said: NonNullable<PolicyDocument['model']>['patches'] = 'shown'): PatchChoice {
  if (typeof said === 'string') return said;
  return said ? 'shown' : 'none';
}
