// The model that finds passages by meaning, where the policy names one and the operator says how to reach it.
import type { ModelName } from '#domain/model.ts';
import type { Phrase } from '#domain/phrase.ts';
import type { Policy } from '#domain/policy.ts';
import type { EmbeddingModel } from '#ports/embedding-model.ts';
import type { Variables } from '../environment.ts';
import type { ModelAccess } from '../model/model-access.ts';
import { modelAddress } from '../model/model-address.ts';

export interface EmbeddingAccess {
  readonly model: EmbeddingModel | null;
  /** What is missing to ask it, in words; null when nothing is, or none was named. */
  readonly missing: Phrase | null;
}

export async function openEmbeddings(
  { model: asked, knowledge }: Pick<Policy, 'model' | 'knowledge'>,
  access: Pick<ModelAccess, 'variables' | 'openEmbeddings'>,
): Promise<EmbeddingAccess> {
  const address = embeddingAddress({ model: asked, knowledge }, access.variables);
  if (address === null) return { model: null, missing: null };
  if ('missing' in address) return { model: null, missing: address.missing };
  return { model: await access.openEmbeddings(address), missing: null };
}

const OWN = { key: 'ASSAY_EMBEDDINGS_API_KEY', address: 'ASSAY_EMBEDDINGS_BASE_URL' } as const;

/** Null when none is named. */
export function embeddingAddress(
  { model: asked, knowledge }: Pick<Policy, 'model' | 'knowledge'>,
  variables: Variables,
): ReturnType<typeof modelAddress> | null {
  const name = knowledge.embeddings;
  return name === null ? null : modelAddress(name, embeddingVariables(variables, name, asked.name), OWN);
}

/**
 * `ASSAY_EMBEDDINGS_BASE_URL` and `ASSAY_EMBEDDINGS_API_KEY` come first. What is meant for the language model serves too, but never for
 * another provider: a key must not reach somebody it was not given by.
 */
function embeddingVariables(variables: Variables, name: ModelName, asked: ModelName | null): Variables {
  const isShared = asked === null || asked.provider === name.provider;
  return {
    ...variables,
    ASSAY_MODEL_BASE_URL:
      variables.ASSAY_EMBEDDINGS_BASE_URL ?? (isShared ? variables.ASSAY_MODEL_BASE_URL : undefined),
    ASSAY_MODEL_API_KEY:
      variables.ASSAY_EMBEDDINGS_API_KEY ?? (isShared ? variables.ASSAY_MODEL_API_KEY : undefined),
  };
}
