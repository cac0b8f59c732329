// A small shop whose change runs commands, and a scanner that reports every line that does.
import { createReviewRepository, type ReviewRepository } from '../emulators/review-repository.ts';
import { type Reported, sarifOf } from './reviewed-change.ts';

export const APP = 'src/app.js';

/** Lines of the base. The change puts other lines in the place of some. */
export const plainLines = (count = 60): string[] =>
  Array.from({ length: count }, (_, at) => `const value${at + 1} = ${at + 1};`);

export const danger = (name: string): string => `exec('ls ' + request.query.${name});`;

/** The base's lines with a dangerous one at each place (from 1). */
export function withDangers(places: Readonly<Record<number, string>>, lines = plainLines()): string[] {
  return lines.map((line, at) => {
    const name = places[at + 1];
    return name === undefined ? line : danger(name);
  });
}

export const fileOf = (lines: readonly string[]): string => `${lines.join('\n')}\n`;

export interface ShopOptions {
  /** `assay.yml` on the base. */
  readonly policy?: string;
  /** Dangerous lines that stand on the base already. */
  readonly old?: Readonly<Record<number, string>>;
}

export function createShop(
  places: Readonly<Record<number, string>>,
  options: ShopOptions = {},
): ReviewRepository {
  const { policy, old = {} } = options;
  return createReviewRepository(
    (git) => {
      git.write(APP, fileOf(withDangers(old)));
      if (policy !== undefined) git.write('assay.yml', policy);
    },
    (git) => void git.write(APP, fileOf(withDangers(places, withDangers(old)))),
  );
}

/** Puts these lines into the file on the head branch. */
export function pushLines(repository: ReviewRepository, lines: readonly string[], path = APP): string {
  return repository.push((git) => void git.write(path, fileOf(lines)));
}

export interface ScanOptions {
  readonly tool?: string;
  readonly message?: string;
  /** Whether the scanner says how to fix it. */
  readonly fixes?: boolean;
  /** Lines that it overlooks. */
  readonly not?: readonly number[];
}

/** What the scanner reports of the head: every line that runs a command. */
export function scan(repository: ReviewRepository, options: ScanOptions = {}): string {
  const { tool, message, fixes = false, not = [] } = options;
  const head = repository.head();
  const results = repository
    .tree(head)
    .filter(({ path }) => path.endsWith('.js'))
    .flatMap(({ path }) =>
      linesOf(repository, head, path).flatMap((text, at) => resultOf(text, path, at + 1)),
    );
  return sarifOf(
    results
      .filter(({ line }) => !not.includes(line))
      .map(({ fix, ...result }) => ({
        ...result,
        ...(message === undefined ? {} : { message }),
        ...(fixes && fix !== undefined ? { fix } : {}),
      })),
    tool,
  );
}

function linesOf(repository: ReviewRepository, commit: string, path: string): string[] {
  return (repository.file(commit, path)?.toString('utf8') ?? '').split('\n');
}

function resultOf(text: string, path: string, line: number): Reported[] {
  const [, name] = /exec\('ls ' \+ request\.query\.(\w+)\)/.exec(text) ?? [];
  return name === undefined ? [] : [{ path, line, fix: `list(request.query.${name});\n` }];
}
