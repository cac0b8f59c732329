// Which policy binds this run, and where it came from: never from the change under review (security rows 8–10).
import { createHash } from 'node:crypto';
import type { TreeDiff } from '#domain/change.ts';
import type { Notice } from '#domain/decision.ts';
import { AssayError } from '#domain/errors.ts';
import { type Phrase, phrase, say } from '#domain/phrase.ts';
import type { Policy, PolicyOrigin } from '#domain/policy.ts';
import { DEFAULT_POLICY, parsePolicy } from './config.ts';
import { phraseBookOf } from './phrase-book.ts';
import type { RunRequest } from './run-request.ts';
import type { World } from './world.ts';

const POLICY_FILE = 'assay.yml';

export interface PolicyInForce {
  readonly policy: Policy;
  readonly origin: PolicyOrigin;
  readonly notices: readonly Notice[];
  /** Whether the change under review touches the policy file. */
  readonly changed: boolean;
}

/** With the notices not yet said: their language is the policy's own, unless the request names one. */
type UnsaidPolicy = Omit<PolicyInForce, 'notices'> & {
  readonly notices: readonly { readonly code: string; readonly text: Phrase }[];
};

const DEFAULTS = phrase`built-in defaults`;

type PolicyWorld = Pick<World, 'changes' | 'workspace' | 'operatorFiles'>;
type PolicyContext = { readonly baseTip: string | null; readonly diff: TreeDiff | null };

/** Throws AssayError `configuration` when the policy that binds is not valid. */
export async function readPolicy(
  request: RunRequest,
  world: PolicyWorld,
  context: PolicyContext,
): Promise<PolicyInForce> {
  const { origin, notices, ...found } = await findPolicy(request, world, context);
  const book = phraseBookOf(request.language ?? found.policy.language);
  const description = origin.source === 'defaults' ? say(DEFAULTS, book) : origin.description;
  return {
    ...found,
    origin: { ...origin, description },
    notices: notices.map(({ code, text }) => ({ code, text: say(text, book) })),
  };
}

async function findPolicy(
  request: RunRequest,
  world: PolicyWorld,
  context: PolicyContext,
): Promise<UnsaidPolicy> {
  const changed =
    context.diff?.files.some((file) => file.oldPath === POLICY_FILE || file.newPath === POLICY_FILE) ?? false;
  if (request.config !== null) {
    const { text, repositoryPath } = await world.operatorFiles.read(request.config);
    const touched = context.diff?.files.some((file) => file.newPath === repositoryPath) ?? false;
    const binding = inForce(text, request.config, 'file', false);
    return touched ? { ...binding, notices: [operatorFileChanged(request.config)] } : binding;
  }
  if (request.trustHeadConfig) {
    const text = await readText(world.workspace, POLICY_FILE);
    if (text !== null) return inForce(text, POLICY_FILE, 'working_tree', false);
    return byDefault([]);
  }
  const commit = context.baseTip ?? request.policyRevision;
  if (commit !== null && world.changes !== null) {
    const text = await readText(world.changes.at(commit), POLICY_FILE);
    const source = context.baseTip === null ? 'commit' : 'base';
    if (text !== null) return inForce(text, `${POLICY_FILE}@${commit.slice(0, 12)}`, source, changed);
  }
  const here = (await world.workspace.read(POLICY_FILE)).kind === 'text';
  return byDefault(here ? [notInForce(context.baseTip !== null)] : []);
}

function inForce(
  text: string,
  description: string,
  source: PolicyOrigin['source'],
  changed: boolean,
): UnsaidPolicy {
  const sha256 = createHash('sha256').update(text).digest('hex');
  return {
    policy: parsePolicy(text, description),
    origin: { source, description, sha256 },
    notices: [],
    changed,
  };
}

function byDefault(notices: UnsaidPolicy['notices']): UnsaidPolicy {
  const origin: PolicyOrigin = { source: 'defaults', description: say(DEFAULTS, null), sha256: null };
  return { policy: DEFAULT_POLICY, origin, notices, changed: false };
}

function operatorFileChanged(name: string): UnsaidPolicy['notices'][number] {
  return {
    code: 'config-file-changed',
    text: phrase`The policy ${name} is changed by this change and was read as given: name a file from outside of the change.`,
  };
}

function notInForce(hasBase: boolean): UnsaidPolicy['notices'][number] {
  return hasBase
    ? {
        code: 'config-first-adoption',
        text: phrase`${POLICY_FILE} is not on the base yet, so the built-in defaults decide; the file takes effect once it is merged.`,
      }
    : {
        code: 'config-not-read',
        text: phrase`${POLICY_FILE} was not read: without a base nothing vouches for it. Give --base REF, --config ${POLICY_FILE}, or --trust-head-config on your own machine.`,
      };
}

async function readText(workspace: World['workspace'], path: string): Promise<string | null> {
  const outcome = await workspace.read(path);
  if (outcome.kind === 'text') return outcome.text;
  if (outcome.kind === 'missing') return null;
  throw new AssayError('configuration', `${path} cannot be read: ${outcome.why}.`, {
    hint: `Make ${path} a plain text file, or give another one with --config.`,
  });
}
