// Everything that asking a model takes in one run: the model, its answers of the past, the budget and the bill, prompts and knowledge.
import { createHash } from 'node:crypto';
import type { Commits } from '#domain/change.ts';
import type { Notice } from '#domain/decision.ts';
import type { JudgeChoice, Policy } from '#domain/policy.ts';
import type { ModelAddress } from '#ports/language-model.ts';
import type { CodeIndex } from '../../code/code-index.ts';
import { createRepositoryIndex, type RepositoryIndex } from '../../code/repository-index.ts';
import { type Catalog, loadCatalog } from '../../evidence/catalog.ts';
import { ablationNames } from '../../prompt/ablation-names.ts';
import { loadPromptLibrary } from '../../prompt/load-prompt-library.ts';
import type { PromptLibrary } from '../../prompt/prompt-part.ts';
import { createPromptRedactor } from '../../prompt/prompt-redactor.ts';
import type { RedactText } from '../../prompt/visible-text.ts';
import type { RunRequest } from '../run-request.ts';
import { secretValues } from '../secret-variables.ts';
import { trustedTree } from '../trusted-tree.ts';
import { VERSION } from '../version.ts';
import type { World } from '../world.ts';
import { type Bill, createBill } from './bill.ts';
import { type Budget, createBudget } from './budget.ts';
import { type Asker, createAsker } from './create-asker.ts';
import { keepNoSecrets } from './keep-no-secrets.ts';
import {
  embeddingPrice,
  type ModelKnowledge,
  openModelKnowledge,
  type Spending,
} from './open-model-knowledge.ts';
import { type KnownPrice, priceOf, readPrices, unpricedNotice } from './prices.ts';
import { readPromptOverrides } from './read-prompt-overrides.ts';

export interface ModelContext {
  readonly request: RunRequest;
  readonly address: ModelAddress;
  readonly judge: JudgeChoice;
  readonly policy: Policy;
  readonly commits: Commits;
  readonly code: CodeIndex;
  readonly world: World;
  isKindOf(cwe: number, ancestor: number): boolean;
  /** Parts of prompts and checks that are left out, to measure what they are worth. */
  readonly switchedOff: ReadonlySet<string>;
}

/** What prompts are made of; nothing here reaches a model. */
export interface PromptRoom {
  /** `provider/name`. */
  readonly id: string;
  readonly price: KnownPrice | null;
  readonly library: PromptLibrary;
  readonly redact: RedactText;
  /** Of the prompt's parts: what `ModelContext.switchedOff` names of them. */
  readonly switchedOff: ReadonlySet<string>;
  readonly repository: RepositoryIndex;
  readonly knowledge: ModelKnowledge;
  /** That the team's documents are read at; null for a working tree, and where none are read. */
  readonly documentsAt: string | null;
}

export interface ModelRoom extends PromptRoom {
  readonly asker: Asker;
  readonly bill: Bill;
  readonly budget: Budget;
  /** Claims are held against it. */
  readonly catalog: Catalog;
  /** Grows while the knowledge is asked. */
  notices(): readonly Notice[];
}

/** @param spending null for an estimate, which sends nothing, not to an embedding model either */
export async function openPromptRoom(context: ModelContext, spending: Spending | null): Promise<PromptRoom> {
  const { request, address, policy, world, commits } = context;
  const trusted = trustedTree(request, world, commits);
  const tree = trusted?.files ?? null;
  const library = await loadPromptLibrary(world.assets, await readPromptOverrides(tree));
  const names = new Set(ablationNames(library));
  return {
    id: `${address.name.provider}/${address.name.name}`,
    price: await readPrice(context),
    library,
    redact: await createPromptRedactor(secretValues(world.models.variables)),
    switchedOff: new Set([...context.switchedOff].filter((name) => names.has(name))),
    repository: createRepositoryIndex(world.workspace, context.code),
    documentsAt: trusted?.commit ?? null,
    knowledge: await openModelKnowledge({ ...{ tree, policy, world, spending }, cwd: request.cwd }),
  };
}

export async function openModelRoom(context: ModelContext): Promise<ModelRoom> {
  const { policy, world } = context;
  const price = (await readPrice(context))?.price ?? null;
  const bill = createBill(price, embeddingPrice(policy, world.models.variables));
  const budget = createBudget(policy.model.budget, price, policy.model.concurrency);
  const room = await openPromptRoom(context, { bill, budget });
  const { id, knowledge } = room;
  const unpriced = unpricedNotice(policy, price, id);
  return {
    ...room,
    bill,
    budget,
    catalog: await loadCatalog(world.assets),
    asker: await openAsker(context, { bill, budget }),
    notices: () => [...(unpriced === null ? [] : [unpriced]), ...knowledge.notices()],
  };
}

async function readPrice({ address, policy, world }: ModelContext): Promise<KnownPrice | null> {
  return priceOf(address, readPrices(await world.assets.data('rules/model-prices.yaml')), policy.model);
}

async function openAsker(
  { address, policy, world }: ModelContext,
  { bill, budget }: Pick<ModelRoom, 'bill' | 'budget'>,
): Promise<Asker> {
  const trustZone = await world.models.trustZone();
  const cache = await world.models.openCache(trustZone);
  return createAsker({
    model: await world.models.open(address),
    cache: cache === null ? null : keepNoSecrets(cache, world.redact),
    ...{ bill, budget, concurrency: policy.model.concurrency },
    keyParts: { toolVersion: VERSION, policyHash: policyHash(policy), trustZone },
  });
}

/** What of the policy could change an answer; what may be spent, and how fast, changes none. */
function policyHash(policy: Policy): string {
  const { neverDismiss, language } = policy;
  const { paths, embeddings } = policy.knowledge;
  const { rounds, evidenceTokens } = policy.model;
  return createHash('sha256')
    .update(JSON.stringify([neverDismiss, language, paths, embeddings, rounds, evidenceTokens]))
    .digest('hex');
}
