// `assay fix`: the proved patches of an earlier run, made in the working tree; a result file is believed in nothing but what is to be tried.
import path from 'node:path';
import { AssayError, EXIT, type ExitCode } from '#domain/errors.ts';
import { type PhraseBook, phrase, say } from '#domain/phrase.ts';
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import type { LockTool } from '#ports/lock-tool.ts';
import type { Log } from '#ports/log.ts';
import type { SourceHistory } from '#ports/source-history.ts';
import type { SourceWriter } from '#ports/source-writer.ts';
import type { Workspace } from '#ports/workspace.ts';
import { readFileModes } from '../adapters/local/file-modes.ts';
import { findCommit } from '../adapters/local/find-commit.ts';
import { findRepository } from '../adapters/local/find-repository.ts';
import { listWorkingFiles } from '../adapters/local/list-working-files.ts';
import { createOperatorFiles } from '../adapters/local/operator-files.ts';
import { PackageAssets } from '../adapters/local/package-assets.ts';
import { createLockTool } from '../adapters/local/run-lock-tool.ts';
import { createSourceHistory } from '../adapters/local/source-history.ts';
import { createSourceWriter } from '../adapters/local/source-writer.ts';
import { createStderrLog } from '../adapters/local/stderr-log.ts';
import { WorkingTree } from '../adapters/local/working-tree.ts';
import { parseResult } from '../publish/result-schema.ts';
import { toTerminal } from '../support/escape-terminal.ts';
import { createRedactor } from '../support/redact.ts';
import type { Environment } from './environment.ts';
import { commitMessage, isShort, mendedBy, requireBranch } from './fix/commit-fixes.ts';
import { describeFixes } from './fix/describe-fixes.ts';
import { type FixRequest, refuseIdleOptions } from './fix/fix-request.ts';
import { type LockJob, tellLocks } from './fix/lock-groups.ts';
import { keepHarmless } from './fix/open/keep-harmless.ts';
import { locksThere } from './fix/open/locks-there.ts';
import { openAll } from './fix/open/open-all.ts';
import { prepareProposal } from './fix/open/prepare-proposal.ts';
import type { Proposal } from './fix/open/propose-fixes.ts';
import { type FileFix, type LeftOut, type ProvedFixes, proveFixes } from './fix/prove-fixes.ts';
import { allFixes, type Fixable, selectFixes } from './fix/select-fixes.ts';
import { type LockResult, writeLocks } from './fix/write-locks.ts';
import { phraseBookOf } from './phrase-book.ts';
import { secretValues } from './secret-variables.ts';

export interface FixOutcome {
  /** 0 all that was asked for is made, would be, or is there; 3 something was left out, or a lock file could not be written. */
  readonly exitCode: ExitCode;
  readonly display: string;
}

interface Bench {
  /** The working tree as it is at the call. */
  readonly sources: () => Workspace;
  readonly history: (SourceHistory & AsyncDisposable) | null;
  readonly writer: SourceWriter;
  readonly lockTool: LockTool;
  readonly log: Log;
  readonly book: PhraseBook | null;
  readonly redact: (text: string) => string;
  /** Of files of the repository; null where there is no git. */
  readonly modes: ((paths: readonly string[]) => ReturnType<typeof readFileModes>) | null;
}

/** A result of 10,000 findings takes some 30 MiB. */
const LARGEST_RESULT = 64 << 20;

/** Throws AssayError for what cannot be used: options, the result, the repository, the branch. Nothing is written then. */
export async function fix(request: FixRequest, environment: Environment): Promise<FixOutcome> {
  refuseIdleOptions(request);
  const document = await readDocument(request);
  const bench = await openBench(request, environment, document);
  try {
    if (!request.open) await requireBranch(request.branch, bench.history);
    const proposal = await prepare(request, environment, bench);
    if (proposal?.kind === 'left') {
      const display = `${toTerminal(say(proposal.why, bench.book))}\n`;
      return { exitCode: proposal.isShort ? EXIT.unfinished : EXIT.passed, display };
    }
    const all = allFixes(document.findings);
    const { kept, leftOut } = request.open
      ? keepHarmless(selectFixes(document.findings, request), document.findings, bench.book)
      : { kept: selectFixes(document.findings, request), leftOut: [] };
    const proved = await proveFixes(all, new Set(kept.map(({ finding }) => finding.id)), {
      ...{ sources: bench.sources(), history: bench.history, commit: document.run.head },
      ...{ assets: new PackageAssets(), language: document.run.language, force: request.force },
    });
    const work = { document, proposal, selected: kept, proved };
    const outcome = await make(
      request,
      { ...work, proved: { ...proved, leftOut: [...leftOut, ...proved.leftOut] } },
      bench,
    );
    return { ...outcome, display: bench.redact(outcome.display) };
  } finally {
    await bench.history?.[Symbol.asyncDispose]();
  }
}

async function readDocument({ cwd, result }: FixRequest): Promise<ResultDocument> {
  const { text } = await createOperatorFiles({ cwd, repository: cwd }).read(result);
  if (text.length <= LARGEST_RESULT) return parseResult(text, result);
  throw new AssayError('input', `${result} is larger than the ${LARGEST_RESULT >> 20} MiB that are read.`, {
    hint: 'Is it the assay.json of a run?',
  });
}

async function openBench(
  request: FixRequest,
  { variables, signal, interactive }: Environment,
  { run }: ResultDocument,
): Promise<Bench> {
  const found = await findRepository(path.resolve(request.cwd, request.repo));
  const { root } = found;
  const redact = createRedactor(secretValues(variables));
  return {
    sources: () =>
      found.kind === 'repository'
        ? new WorkingTree(root, () => listWorkingFiles(found.session))
        : new WorkingTree(root),
    history: found.kind === 'repository' ? createSourceHistory(found.session) : null,
    writer: createSourceWriter(root),
    lockTool: createLockTool({ root, variables, signal }),
    log: createStderrLog({ interactive, quiet: request.quiet, verbose: request.verbose, redact }),
    book: phraseBookOf(run.language),
    redact,
    modes: found.kind === 'repository' ? (paths) => readFileModes(found.session, paths) : null,
  };
}

/** Looks at the host before anything is written here; null where nothing is to be written there. */
async function prepare(request: FixRequest, environment: Environment, { history, log }: Bench) {
  if (!request.open || !request.write) return null;
  const treeAt = async (commit: string) => (await history?.treesAt([commit]))?.[0] ?? null;
  const head = await findCommit(path.resolve(request.cwd, request.repo), 'HEAD');
  return prepareProposal(request, { environment, log, head, treeAt });
}

interface Work {
  readonly document: ResultDocument;
  readonly proposal: Proposal | null;
  readonly selected: readonly Fixable[];
  readonly proved: ProvedFixes;
}

async function make(
  request: FixRequest,
  { document, proposal, selected, proved }: Work,
  bench: Bench,
): Promise<FixOutcome> {
  const written = request.write ? await writeAll(proved, bench) : { ...proved };
  const jobs = lockJobs(selected, written.files);
  const locks = request.lock
    ? await writeLocks(jobs, { ...bench, tool: bench.lockTool, tell: (text) => bench.log.info(text) })
    : [];
  const back = await putBack(written.files, locks, bench);
  const files = written.files.filter((file) => !back.includes(file));
  const lost = [...written.leftOut, ...back.flatMap((file) => takenBack(file, bench.book))];
  const lacks = lost.length > 0 || locks.some(isShort);
  const commands = request.lock ? [] : await tellLocks(jobs, bench.sources());
  const done = { files, locks, selected, leftOut: lost, commands };
  const closing = request.open
    ? await openAll(
        request.lock ? done : { ...done, locks: await locksThere(jobs, bench.sources(), bench.book) },
        { ...bench, document, proposal, checks: proved.checks },
      )
    : {
        lines: request.write
          ? await commitAll(request, done, bench)
          : [say(phrase`Nothing was changed: ${'`--write`'} does it.`, bench.book)],
        isShort: false,
      };
  const inOrder = (wanted: readonly FindingRecord[]) =>
    selected.flatMap(({ finding }) => (wanted.includes(finding) ? [finding] : []));
  const display = describeFixes(
    {
      isWritten: request.write,
      made: inOrder(files.flatMap(({ made }) => made)),
      there: inOrder(files.flatMap(({ there }) => there)),
      lockAlone: request.lock
        ? []
        : selected.flatMap(({ finding, patch }) => (patch === null ? [finding] : [])),
      leftOut: lost,
      locks,
      commands,
      closing:
        selected.length === 0
          ? [say(phrase`No finding has a proved patch.`, bench.book), ...(request.open ? closing.lines : [])]
          : closing.lines,
    },
    bench.book,
  );
  return { exitCode: lacks || closing.isShort ? EXIT.unfinished : EXIT.passed, display };
}

async function writeAll(proved: ProvedFixes, { writer, book }: Bench): Promise<ProvedFixes> {
  const written: FileFix[] = [];
  const refused: LeftOut[] = [];
  for (const file of proved.files) {
    const outcome = file.made.length === 0 ? null : await writer.replace(file.path, file.now, file.after);
    if (outcome?.kind !== 'refused') written.push(file);
    else {
      const why = say(phrase`It was not written: the file ${outcome.why}.`, book);
      refused.push(...file.made.map((finding) => ({ finding, why })));
    }
  }
  return { ...proved, files: written, leftOut: [...proved.leftOut, ...refused] };
}

/** Upgrades whose manifest says what it should, or need not say anything. */
function lockJobs(selected: readonly Fixable[], files: readonly FileFix[]): readonly LockJob[] {
  const held = new Set(files.flatMap(({ made, there }) => [...made, ...there]));
  return selected.flatMap(({ finding, patch }): readonly LockJob[] => {
    if (patch === null) return [{ finding, manifest: null }];
    return patch.origin === 'upgrade' && held.has(finding) ? [{ finding, manifest: patch.path }] : [];
  });
}

/** What a tool wrote was refused: the manifests go back to what they were. Gives the files that did. */
async function putBack(
  files: readonly FileFix[],
  locks: readonly LockResult[],
  { writer }: Bench,
): Promise<readonly FileFix[]> {
  const refused = new Set(
    locks.flatMap(({ kind, jobs }) => (kind === 'refused' ? jobs.map(({ manifest }) => manifest) : [])),
  );
  const back: FileFix[] = [];
  for (const file of files) {
    if (!refused.has(file.path) || file.made.length === 0) continue;
    const outcome = await writer.replace(file.path, file.after, file.now);
    if (outcome.kind === 'written') back.push(file);
  }
  return back;
}

function takenBack({ made }: FileFix, book: PhraseBook | null): readonly LeftOut[] {
  const why = say(phrase`It was taken back, since the lock file was not as it should be.`, book);
  return made.map((finding) => ({ finding, why }));
}

interface Done {
  readonly files: readonly FileFix[];
  readonly locks: readonly LockResult[];
  readonly selected: readonly Fixable[];
}

/** A manifest whose lock file does not fit is not committed: an installation by that lock file would fail. */
async function commitAll(
  { branch }: FixRequest,
  { files, locks, selected }: Done,
  { history, book }: Bench,
): Promise<readonly string[]> {
  if (branch === null || history === null) return [];
  if (locks.some(isShort))
    return [say(phrase`Nothing was committed, since a lock file could not be written.`, book)];
  const written = locks.flatMap((lock) => lock.files);
  const paths = [...new Set([...files.map((file) => file.path), ...written])].sort();
  if (paths.length === 0) return [];
  const findings = mendedBy(files, locks, selected);
  const commit = await history.commit(branch, paths, commitMessage(findings, written));
  return commit === null
    ? [say(phrase`The branch ${branch} has it already.`, book)]
    : [say(phrase`Committed to ${branch} as ${commit.slice(0, 12)}; nothing was pushed.`, book)];
}
