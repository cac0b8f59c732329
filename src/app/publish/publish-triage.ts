// The last step of a run that publishes: finds the change request, posts, and writes the ledger. What fails here leaves the gate's code.
import { type PhraseBook, phrase, say } from '#domain/phrase.ts';
import type { ResultDocument } from '#domain/result-document.ts';
import { type PublicationRecord, renderPublication } from '../../publish/publication-schema.ts';
import type { Environment } from '../environment.ts';
import { phraseBookOf } from '../phrase-book.ts';
import type { RunRequest } from '../run-request.ts';
import type { World } from '../world.ts';
import { brokenOff } from './broken-off.ts';
import { silentRecord } from './ledger.ts';
import { markerKeyOf } from './marker-key.ts';
import { type OpenDesk, openDesk } from './open-desk.ts';
import { openPaperDesk } from './paper-desk.ts';
import { publishRun } from './publish-run.ts';
import type { Publishing } from './publishing.ts';
import { readEvent } from './read-event.ts';
import { type ReviewTarget, reviewTarget } from './review-target.ts';
import { tellPublication } from './tell-publication.ts';

export type PublishOptions = Pick<
  RunRequest,
  'publish' | 'dryRun' | 'pullRequest' | 'mergeRequest' | 'allowHttp' | 'out'
>;

/** The folder of a dry run. */
export const DRY_RUN_FOLDER = 'publication';

export interface PublishedRun {
  readonly record: PublicationRecord;
  /** Names of the files written to the output folder. */
  readonly files: readonly string[];
}

export type PublishWorld = Pick<
  World,
  'changes' | 'output' | 'log' | 'redact' | 'signal' | 'assets' | 'workspace'
>;

/**
 * Null when nothing was to be published. Throws AssayError `usage` for a change request that is not written as one, `output` when the
 * ledger cannot be written.
 */
export async function publishTriage(
  document: ResultDocument,
  options: PublishOptions,
  context: {
    readonly world: PublishWorld;
    readonly environment: Environment;
    readonly policyAt: Publishing['policyAt'];
    readonly trusted: boolean;
  },
): Promise<PublishedRun | null> {
  const named = options.pullRequest !== null || options.mergeRequest !== null;
  if (options.publish === 'none' && !named) return null;
  const { world, environment } = context;
  const target = reviewTarget(options, environment.variables, await readEvent(environment.variables));
  const published = await publishAt(document, target, options, context).catch((error: unknown) =>
    brokenOff(document, error, world, null),
  );
  const { files } = published;
  const record = withoutSecrets(published.record, world.redact);
  const written: string[] = [];
  for (const { name, text } of files) {
    await world.output.write(name, text);
    written.push(name);
  }
  await world.output.write('publication.json', renderPublication(record));
  tellPublication(record, world.log, document.run.language);
  return { record, files: [...written, 'publication.json'] };
}

/** The findings' texts are redacted already; what the host said is not. */
function withoutSecrets(record: PublicationRecord, redact: (text: string) => string): PublicationRecord {
  const problems = record.problems.map((problem) => ({
    ...problem,
    text: redact(problem.text),
    hint: redact(problem.hint),
  }));
  return { ...record, why: redact(record.why), problems };
}

type Context = Parameters<typeof publishTriage>[2];

async function publishAt(
  document: ResultDocument,
  target: ReviewTarget,
  options: PublishOptions,
  context: Context,
): Promise<Awaited<ReturnType<typeof publishRun>>> {
  const { world, environment } = context;
  const book = phraseBookOf(document.run.language);
  const silent = (about: Parameters<typeof silentRecord>[1]) => ({
    record: silentRecord(document, about),
    files: [],
  });
  if (world.signal.aborted) {
    const why = say(phrase`The run was interrupted.`, book);
    return silent({ host: null, change: null, mode: 'skipped', why });
  }
  const desk = await deskFor(target, options, context, book);
  if ('why' in desk) {
    const why = [desk.why, desk.hint].map((one) => say(one, book)).join(' ');
    return silent({ host: desk.host, change: null, mode: 'skipped', why });
  }
  if ('problem' in desk) {
    const host = target.kind === 'gitlab' ? 'gitlab' : 'github';
    const { problem } = desk;
    return silent({ host, change: null, mode: 'failed', why: problem.text, problems: [problem] });
  }
  const published = publishRun(
    document,
    {
      ...{ desk: desk.desk, scanning: desk.scanning, clone: world.changes, host: desk.changes },
      ...{ policyAt: context.policyAt, trusted: context.trusted },
      ...{ redact: world.redact, log: world.log, requests: desk.requests, outName: options.out },
      ...{ assets: world.assets, markerKey: markerKeyOf(environment.variables, world.log) },
    },
    options,
  );
  const host = target.kind === 'gitlab' ? 'gitlab' : 'github';
  return published.catch((error: unknown) =>
    brokenOff(document, error, world, { host, change: desk.name, requests: desk.requests }),
  );
}

async function deskFor(
  target: ReviewTarget,
  options: PublishOptions,
  { world, environment }: Context,
  book: PhraseBook | null,
): Promise<
  | OpenDesk
  | Extract<Awaited<ReturnType<typeof openDesk>>, { problem: unknown }>
  | Extract<ReviewTarget, { kind: 'none' }>
> {
  const { variables, waiting } = environment;
  const { signal, log, changes: clone } = world;
  const reach = { ...options, variables, waiting, signal, log, clone, book };
  if (target.kind !== 'none') {
    const opened = await openDesk(target, reach);
    if (!options.dryRun || !('problem' in opened)) return opened;
  }
  if (options.dryRun && world.changes !== null)
    return openPaperDesk(world.changes, target, { choice: options.publish, variables, book });
  return target.kind === 'none' ? target : openDesk(target, reach);
}
