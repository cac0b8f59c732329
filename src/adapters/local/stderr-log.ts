// The Log port on stderr: every line behind a bar and inert, so that nothing a scanner or a file says can drive the terminal or the CI runner.
import { styleText } from 'node:util';
import type { Log, Progress } from '#ports/log.ts';
import { toLog } from '#support/escape-log.ts';
import { createProgress, type ProgressOutput } from './stderr-progress.ts';

export interface StderrLogOptions {
  /** stderr is a terminal: colours, and progress that redraws its line. */
  readonly interactive: boolean;
  /** Only warnings and errors, no progress. */
  readonly quiet: boolean;
  /** Also what only a developer wants to see. */
  readonly verbose: boolean;
  /** Takes secrets out before a line is written; the identity when the run knows none yet. */
  readonly redact?: (text: string) => string;
  /** Where to write; stderr itself unless a test listens. */
  readonly output?: ProgressOutput;
}

type Level = 'debug' | 'info' | 'warning' | 'error';
const STYLE = { debug: 'gray', info: 'reset', warning: 'yellow', error: 'red' } as const;

export function createStderrLog(options: StderrLogOptions): Log {
  const { interactive, quiet, verbose, redact = (text) => text } = options;
  const output: ProgressOutput = options.output ?? {
    write: (text) => process.stderr.write(text),
    now: () => performance.now(),
  };
  let progress: (Progress & { clear(): void }) | null = null;

  const log = (level: Level, message: string) => {
    const text = toLog(redact(level === 'info' ? message : `${level}: ${message}`));
    progress?.clear();
    output.write(
      `${interactive && level !== 'info' ? styleText(STYLE[level], text, { validateStream: false }) : text}\n`,
    );
  };
  return {
    debug: (message) => (verbose ? log('debug', message) : undefined),
    info: (message) => (quiet ? undefined : log('info', message)),
    warn: (message) => log('warning', message),
    error: (message) => log('error', message),
    progress(label, total) {
      if (quiet) return { update: () => undefined, finish: () => undefined };
      progress = createProgress({ label: redact(label), total, interactive }, output);
      return progress;
    },
  };
}
