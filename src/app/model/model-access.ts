// The way to models for one run: what the operator's environment says of addresses and keys, and adapters that are loaded only when asked for.
import type { AnswerCache } from '#ports/answer-cache.ts';
import type { EmbeddingModel } from '#ports/embedding-model.ts';
import type { LanguageModel, ModelAddress } from '#ports/language-model.ts';
import type { Log } from '#ports/log.ts';
import { createBoundedFetch } from '../../adapters/http/bounded-fetch.ts';
import { useProxyOf } from '../../adapters/http/use-proxy.ts';
import { createSleep } from '../../adapters/local/sleep.ts';
import type { ModelProbe } from '../../adapters/models/probe-model.ts';
import type { Environment, Variables } from '../environment.ts';
import { readEvent } from '../publish/read-event.ts';
import { type TrustZone, trustZoneOf } from './trust-zone.ts';

export interface ModelAccess {
  /** Addresses and keys are looked up here, and nowhere else. */
  readonly variables: Variables;
  trustZone(): Promise<TrustZone>;
  open(address: ModelAddress): Promise<LanguageModel>;
  /** One tiny question, for `assay doctor`. */
  probe(address: ModelAddress): Promise<ModelProbe>;
  openEmbeddings(address: ModelAddress): Promise<EmbeddingModel>;
  /** Null when the operator wants none. */
  openCache(zone: TrustZone): Promise<AnswerCache | null>;
}

/** A model may think for long; what it says in the end is short. */
const TIMEOUT_MS = 180_000;
const MAX_ANSWER_BYTES = 1024 * 1024;
/** Vectors of a batch are many numbers. */
const MAX_VECTORS_BYTES = 32 * 1024 * 1024;
const MAX_TOTAL_MS = 24 * 60 * 60_000;

export function createModelAccess(
  environment: Pick<Environment, 'variables' | 'signal' | 'waiting'>,
  context: {
    readonly allowHttp: boolean;
    readonly log: Log;
    readonly redact: (text: string) => string;
    /** Roots of the repository that is judged. */
    readonly checkouts?: readonly string[];
  },
): ModelAccess {
  const { variables, signal } = environment;
  const timeoutMs = environment.waiting?.timeoutMs ?? TIMEOUT_MS;
  const wire = (maxBodyBytes: number) => {
    useProxyOf(variables);
    return {
      fetch: createBoundedFetch({
        ...{ signal, timeoutMs, maxBodyBytes, maxTotalMs: MAX_TOTAL_MS, allowHttp: context.allowHttp },
      }),
      sleep: environment.waiting?.sleep ?? createSleep(signal),
      now: Date.now,
      ...{ signal, timeoutMs, redact: context.redact, log: context.log },
    };
  };
  return {
    variables,
    trustZone: async () => trustZoneOf(variables, await readEvent(variables)),
    open: async (address) => {
      const { openLanguageModel } = await import('../../adapters/models/open-language-model.ts');
      return openLanguageModel(address, wire(MAX_ANSWER_BYTES));
    },
    probe: async (address) => {
      const { probeModel } = await import('../../adapters/models/probe-model.ts');
      return probeModel(address, wire(MAX_ANSWER_BYTES));
    },
    openEmbeddings: async (address) => {
      const { openEmbeddingModel } = await import('../../adapters/models/open-embedding-model.ts');
      return openEmbeddingModel(address, wire(MAX_VECTORS_BYTES));
    },
    openCache: async (zone) => {
      const { openAnswerCache } = await import('../../adapters/local/answer-cache.ts');
      const { log, checkouts = [] } = context;
      return openAnswerCache(variables, { readOnly: zone === 'untrusted', log, checkouts });
    },
  };
}
