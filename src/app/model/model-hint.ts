// What most likely mends it when a model is of no help: told by the doctor and by a run in which nobody answered.
import type { ModelFailure, ModelFailureKind } from '#domain/model.ts';
import { type Phrase, phrase } from '#domain/phrase.ts';
import type { ModelAddress } from '#ports/language-model.ts';
import { markOutside } from '#support/mark-outside.ts';
import { keyVariables } from './model-address.ts';

const BASE = '`ASSAY_MODEL_BASE_URL`';

const HINTS: Readonly<Partial<Record<ModelFailureKind, Phrase>>> = {
  unknown_model: phrase`Check the model's name and ${BASE}; most servers want an address that ends in /v1.`,
  provider_down: phrase`Check that the server runs and that ${BASE} leads to it from here.`,
  redirect: phrase`Set ${BASE} to the address that the server redirects to.`,
  timeout: phrase`The server is slow, or still loading the model: try again.`,
  rate_limited: phrase`The provider wants fewer requests: lower ${'`model.concurrency`'}, or try again later.`,
};

/** One sentence; null when nothing is known to help. */
export function hintFor({ kind, text }: ModelFailure, address: ModelAddress): Phrase | null {
  const { name, apiKey, baseUrl, extra } = address;
  const shorter = baseUrl === null ? null : withoutEndpoint(baseUrl);
  if (shorter !== null) {
    const given = markOutside(shorter.endpoint);
    return phrase`The base address ends in ${given}, which is added to it: set ${BASE} to ${markOutside(shorter.base, 200)}.`;
  }
  if (kind === 'bad_request' && text.includes('is http, not https'))
    return phrase`Use https, or add ${'`--allow-http`'} (in a job the input ${'`allow-http`'}) when the network between is yours.`;
  const keys = keyVariables(name.provider);
  const hasKey = apiKey !== null || extra.accessKeyId !== undefined;
  if (!hasKey && (kind === 'unauthorised' || kind === 'bad_request'))
    return phrase`No key was sent; if the server wants one, put it into ${keys}.`;
  if (kind === 'unauthorised') return phrase`Check the key in ${keys}, and whether it may use this model.`;
  return HINTS[kind] ?? null;
}

const ENDPOINT = /\/(?:chat\/completions|completions|responses|messages|embeddings)\/*$/;

/** Null for an address without one, and for one that may hold a secret. */
function withoutEndpoint(text: string): { readonly base: string; readonly endpoint: string } | null {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return null;
  const endpoint = ENDPOINT.exec(url.pathname)?.[0];
  if (endpoint === undefined) return null;
  return {
    base: url.origin + url.pathname.slice(0, -endpoint.length),
    endpoint: endpoint.replace(/\/+$/, ''),
  };
}
