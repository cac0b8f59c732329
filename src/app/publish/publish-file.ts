// `assay publish RESULT`, and the second workflow of pull requests from forks: the result of an earlier run goes to the change request.
//
// The file is hostile (security §1.3): it is capped and checked against its schema, the change request is never taken from it, its commit has
// to be the head of that change request, and its patches are proved again. It decides no gate.
import { AssayError, EXIT, type ExitCode } from '#domain/errors.ts';
import { phrase, say } from '#domain/phrase.ts';
import type { Policy, PublishingPolicy } from '#domain/policy.ts';
import type { ResultDocument } from '#domain/result-document.ts';
import type { ChangeSource } from '#ports/change-source.ts';
import type { PublicationRecord } from '../../publish/publication-schema.ts';
import { redactDocument } from '../../publish/redact-document.ts';
import { parseResult } from '../../publish/result-schema.ts';
import { compose } from '../compose.ts';
import { DEFAULT_POLICY } from '../config.ts';
import type { Environment } from '../environment.ts';
import { explainError } from '../explain-error.ts';
import { phraseBookOf } from '../phrase-book.ts';
import { readPolicy } from '../read-policy.ts';
import type { PublishRequest, RunRequest } from '../run-request.ts';
import type { World } from '../world.ts';
import { dropForeignCommands } from './drop-foreign-commands.ts';
import { DRY_RUN_FOLDER, publishTriage } from './publish-triage.ts';
import { readEvent } from './read-event.ts';
import { namedTarget, reviewTarget } from './review-target.ts';

export interface PublishOutcome {
  /** 0 posted, or nothing to post; 2 a file or option that cannot be used; 3 the host refused or could not be reached. */
  readonly exitCode: ExitCode;
  readonly record: PublicationRecord | null;
  readonly files: readonly string[];
  readonly display: string;
}

/** A result of 10,000 findings takes some 30 MiB. */
const LARGEST_RESULT = 64 << 20;

/** Never throws: what went wrong is logged, and stands in the exit code. */
export async function publishFile(
  request: PublishRequest,
  environment: Environment,
): Promise<PublishOutcome> {
  try {
    await requireTarget(request, environment);
    await using composed = await compose(request, environment);
    const { world } = composed;
    const { text } = await world.operatorFiles.read(request.result);
    if (text.length > LARGEST_RESULT) throw tooLarge(request.result);
    const parsed = parseResult(text, request.result);
    refuseTwins(parsed, request.result);
    const { document, dropped } = await dropForeignCommands(redactDocument(parsed, world.redact));
    if (dropped > 0)
      world.log.warn(`Commands that are none of Assay's were left out of ${request.result}: ${dropped}.`);
    await world.output.remove(DRY_RUN_FOLDER);
    const published = await publishTriage(document, request, {
      ...{ world, environment, trusted: false },
      policyAt: (baseTip, sources) => policyAt(baseTip, sources, request, world),
    });
    return outcomeOf(published, request.out, document.run.language);
  } catch (error) {
    return {
      exitCode: explainError(error, environment, request.verbose),
      record: null,
      files: [],
      display: '',
    };
  }
}

/** Outside of CI somebody has to say where: a command that is asked to post and knows no place has not done its work. */
async function requireTarget(request: PublishRequest, { variables }: Environment): Promise<void> {
  if (namedTarget(request) !== null || request.dryRun || request.publish === 'none') return;
  const target = reviewTarget(request, variables, await readEvent(variables));
  if (target.kind === 'none' && target.host === null) {
    throw new AssayError('usage', say(target.why, null), { hint: say(target.hint, null) });
  }
}

/** The policy that binds is the base's, whatever the result says it was judged by. */
async function policyAt(
  baseTip: string,
  sources: readonly ChangeSource[],
  request: RunRequest,
  world: World,
): Promise<PublishingPolicy> {
  for (const changes of sources) {
    const { policy, origin } = await readPolicy(request, { ...world, changes }, { baseTip, diff: null });
    if (origin.source !== 'defaults') return policy.publishing;
  }
  return DEFAULT_POLICY.publishing;
}

function outcomeOf(
  published: Awaited<ReturnType<typeof publishTriage>>,
  out: string,
  language: Policy['language'],
): PublishOutcome {
  if (published === null) return { exitCode: EXIT.passed, record: null, files: [], display: '' };
  const { record, files } = published;
  const failed = record.mode === 'failed' || record.mode === 'partly';
  const names = files.map((file) => `${out}/${file}`);
  return {
    exitCode: failed ? EXIT.unfinished : EXIT.passed,
    record,
    files: names,
    display: `${say(phrase`Written:`, phraseBookOf(language))}\n${names.map((name) => `  ${name}\n`).join('')}`,
  };
}

/** Comments are found again by the finding's id, so two of one name would take turns. */
function refuseTwins({ findings }: ResultDocument, name: string): void {
  const seen = new Set<string>();
  for (const { id } of findings) {
    if (seen.has(id)) {
      throw new AssayError('input', `${name} is not a valid result: two findings have the id ${id}.`, {
        hint: 'Was it edited by hand? Run assay triage again to write it anew.',
      });
    }
    seen.add(id);
  }
}

function tooLarge(name: string): AssayError {
  return new AssayError('input', `${name} is larger than the ${LARGEST_RESULT >> 20} MiB that are posted.`, {
    hint: 'Is it the assay.json of a run?',
  });
}
