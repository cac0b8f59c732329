// One set judged by one subject: the main job as `assay triage` runs it, over everything, with nothing published or written.
import type { ResultDocument } from '#domain/result-document.ts';
import type { Subject } from '../../measure/evaluation.ts';
import { redactDocument } from '../../publish/redact-document.ts';
import { compose } from '../compose.ts';
import type { Environment } from '../environment.ts';
import type { RunBill } from '../model/bill.ts';
import { run } from '../run.ts';
import { defaultRequest, type RunRequest } from '../run-request.ts';
import type { World } from '../world.ts';
import type { EvaluateRequest } from './evaluate-request.ts';
import type { LabelledSet } from './find-sets.ts';
import { variablesOf } from './variables-of.ts';

export interface CaseRequest {
  readonly set: LabelledSet;
  readonly subject: Subject;
  /** Parts of the prompt and checks that are left out, to learn what they are worth; none in every run that decides anything. */
  readonly switchedOff: readonly string[];
}

export interface CaseRun {
  readonly document: ResultDocument;
  /** What asking the model took in this very run; null when none was asked. */
  readonly bill: RunBill | null;
  readonly elapsedMs: number;
}

/** Throws AssayError as the main job does. */
export type RunCase = (request: CaseRequest) => Promise<CaseRun>;

type CaseOptions = Pick<EvaluateRequest, 'cwd' | 'config' | 'models' | 'allowHttp' | 'quiet' | 'verbose'>;

export function createCaseRunner(environment: Environment, { models, ...options }: CaseOptions): RunCase {
  return async ({ set, subject, switchedOff }) => {
    const request: RunRequest = {
      ...defaultRequest(options.cwd),
      ...options,
      reports: set.reports,
      repo: set.sources,
      scope: 'all',
      judge: subject.judge,
      model: subject.model,
      format: 'none',
      publish: 'none',
      language: 'en',
      switchedOff,
    };
    await using composed = await compose(request, environment);
    const { world } = composed;
    const started = world.clock.elapsed();
    const { document, bill } = await run(request, withOwnVariables(world, subject, models));
    return {
      document: redactDocument(document, world.redact),
      bill,
      elapsedMs: Math.round(world.clock.elapsed() - started),
    };
  };
}

/** Secrets of all of them are still kept out of every text. */
function withOwnVariables(world: World, { model }: Subject, models: readonly string[]): World {
  if (model === null) return world;
  const variables = variablesOf(model, models, world.models.variables);
  return { ...world, models: { ...world.models, variables } };
}
