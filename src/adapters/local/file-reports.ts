// Reports on disk: files, globs and standard input, in the user's order, each once.
import { createReadStream } from 'node:fs';
import { glob, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { AssayError } from '#domain/errors.ts';
import type { OpenReport, ReportSource } from '#ports/report-source.ts';

const GLOB_CHARACTERS = /[*?[\]{}]/;
const CHUNK_BYTES = 1 << 20;

export interface FileReportsOptions {
  /** What the user wrote: file names, globs, or `-` for standard input. */
  readonly patterns: readonly string[];
  readonly cwd: string;
  readonly stdin: AsyncIterable<Uint8Array>;
}

/** Opens nothing before its bytes are asked for; throws `usage` for a name or a glob that matches no file. */
export function createFileReports({ patterns, cwd, stdin }: FileReportsOptions): ReportSource {
  return {
    async open(): Promise<readonly OpenReport[]> {
      const seen = new Set<string>();
      const reports: OpenReport[] = [];
      for (const pattern of patterns) {
        if (pattern === '-') {
          if (!seen.has('-')) reports.push({ name: '-', bytes: stdin });
          seen.add('-');
          continue;
        }
        for (const file of await expand(pattern, cwd)) {
          const identity = await realpath(file);
          if (!seen.has(identity)) reports.push({ name: displayName(file, cwd), bytes: readFile(file) });
          seen.add(identity);
        }
      }
      return reports;
    },
  };
}

async function expand(pattern: string, cwd: string): Promise<readonly string[]> {
  const literal = path.resolve(cwd, pattern);
  const found = await stat(literal).catch(() => null);
  if (found?.isFile()) return [literal];
  if (found?.isDirectory()) {
    throw new AssayError('usage', `${pattern} is a folder; a report is a file.`, {
      hint: `Name the files in it, for example '${path.posix.join(pattern, '*.sarif')}'.`,
    });
  }
  if (!GLOB_CHARACTERS.test(pattern)) {
    throw new AssayError('usage', `There is no report ${pattern}.`, {
      hint: `Relative names start at ${cwd}. Did the scanner's step run, and write there?`,
    });
  }
  const matches: string[] = [];
  for await (const match of glob(pattern, { cwd })) {
    const file = path.resolve(cwd, match);
    if ((await stat(file)).isFile()) matches.push(file);
  }
  if (matches.length === 0) {
    throw new AssayError('usage', `The glob ${pattern} matches no file.`, {
      hint: `It was looked for from ${cwd}. Quote globs so that the shell does not expand them.`,
    });
  }
  return matches.sort((a, b) => (a < b ? -1 : 1));
}

function readFile(file: string): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]: () =>
      createReadStream(file, { highWaterMark: CHUNK_BYTES })[
        Symbol.asyncIterator
      ]() as AsyncIterator<Uint8Array>,
  };
}

function displayName(file: string, cwd: string): string {
  const relative = path.relative(cwd, file);
  // On another drive of Windows there is no relative name.
  return (path.isAbsolute(relative) ? path.basename(file) : relative).split(path.sep).join('/');
}
