// One run of the built command line on a busy change, as a child process that a test may end at any request.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { PublicationRecord } from '../../src/publish/publication-schema.ts';
import { builtBundle } from '../ci/built-bundle.ts';
import { COMPILE_CACHE } from '../ci/run-process.ts';
import { createTemporaryFolder } from '../doubles/git-repository.ts';
import type { BusyHost } from './busy-host.ts';

export interface BundledRun {
  readonly exitCode: number | null;
  /** What ended it from outside. */
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Null when there is no publication.json. */
  readonly record: PublicationRecord | null;
  readonly folder: string;
}

export interface BundledOptions {
  readonly token?: string;
  readonly report?: string;
  /** Called with the child as soon as it runs. */
  readonly started?: (child: ChildProcess) => void;
  readonly more?: readonly string[];
}

/** In a folder of its own, with nothing of the tester's environment but PATH. */
export async function runBundled(host: BusyHost, options: BundledOptions = {}): Promise<BundledRun> {
  const bundle = await builtBundle();
  const folder = createTemporaryFolder();
  writeFileSync(path.join(folder, 'scan.sarif'), options.report ?? host.change.report);
  const { repository } = host.change;
  const words = [
    ...['triage', 'scan.sarif', '--publish', 'auto', '--format', 'none', ...(options.more ?? [])],
    ...['--repo', repository.git.root, '--base', repository.baseTip(), '--head', repository.head()],
  ];
  const child = spawn(process.execPath, [path.join(bundle, 'cli.js'), ...words], {
    cwd: folder,
    env: {
      ...COMPILE_CACHE,
      CI: 'true',
      HOME: folder,
      PATH: process.env.PATH,
      ASSAY_NOW: '2026-03-01T00:00:00Z',
      ...host.variables(options.token),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  options.started?.(child);
  const out: string[] = [];
  const log: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => log.push(text));
  const ended = await new Promise<Pick<BundledRun, 'exitCode' | 'signal'>>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode, signal) => resolve({ exitCode, signal }));
  });
  const ledger = path.join(folder, 'assay-out/publication.json');
  const record = existsSync(ledger) ? (JSON.parse(readFileSync(ledger, 'utf8')) as PublicationRecord) : null;
  return { ...ended, stdout: out.join(''), stderr: log.join(''), record, folder };
}

/** Runs `work` on every item, `width` at a time, in order of start. */
export async function inParallel<Item>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const left = items[Symbol.iterator]();
  const lane = async (): Promise<void> => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: width }, lane));
}
