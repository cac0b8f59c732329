// What the person who watches a run sees on stderr.
import { describe, expect, it } from 'vitest';
import { createStderrLog } from '../../../src/adapters/local/stderr-log.ts';

function listen(
  options: {
    interactive?: boolean;
    quiet?: boolean;
    verbose?: boolean;
    redact?: (text: string) => string;
  } = {},
) {
  const heard = { text: '', time: 0 };
  const log = createStderrLog({
    interactive: false,
    quiet: false,
    verbose: false,
    ...options,
    output: {
      write: (text) => {
        heard.text += text;
      },
      now: () => heard.time,
    },
  });
  return { log, heard };
}

describe('the log', () => {
  it('shows information, warnings and errors, each line behind a bar', () => {
    const { log, heard } = listen();
    log.debug('not shown');
    log.info('reading');
    log.warn('odd\nvery odd');
    log.error('broken');
    expect(heard.text).toBe('│ reading\n│ warning: odd\n│ very odd\n│ error: broken\n');
  });

  it('shows only warnings and errors when quiet, and everything when verbose', () => {
    const quiet = listen({ quiet: true });
    quiet.log.info('reading');
    quiet.log.warn('odd');
    quiet.log.progress('work', 2).update(1);
    expect(quiet.heard.text).toBe('│ warning: odd\n');
    const verbose = listen({ verbose: true });
    verbose.log.debug('detail');
    expect(verbose.heard.text).toBe('│ debug: detail\n');
  });

  it('takes secrets out', () => {
    const { log, heard } = listen({ redact: (text) => text.replaceAll('hunter2', '⟦redacted⟧') });
    log.error('the password is hunter2');
    expect(heard.text).toBe('│ error: the password is ⟦redacted⟧\n');
  });

  it('colours warnings on a terminal only', () => {
    const { log, heard } = listen({ interactive: true });
    log.warn('odd');
    expect(heard.text).toBe('\x1b[33m│ warning: odd\x1b[39m\n');
  });
});

describe('the progress', () => {
  it('says nothing of work that takes less than a second', () => {
    const { log, heard } = listen({ interactive: true });
    const progress = log.progress('Judging', 100);
    heard.time = 900;
    progress.update(50);
    progress.finish();
    expect(heard.text).toBe('');
  });

  it('redraws one line on a terminal and takes it away at the end', () => {
    const { log, heard } = listen({ interactive: true });
    const progress = log.progress('Judging', 100);
    heard.time = 1_000;
    progress.update(50);
    heard.time = 1_050;
    progress.update(55);
    heard.time = 1_100;
    progress.update(60);
    progress.finish();
    expect(heard.text).toBe(
      '\r\x1b[2K│ Judging: 50 of 100 (50 %)\r\x1b[2K│ Judging: 60 of 100 (60 %)\r\x1b[2K',
    );
  });

  it('makes way for a log line', () => {
    const { log, heard } = listen({ interactive: true });
    const progress = log.progress('Judging', null);
    heard.time = 2_000;
    progress.update(7);
    log.info('found something');
    expect(heard.text).toBe('\r\x1b[2K│ Judging: 7\r\x1b[2K│ found something\n');
  });

  it('writes a plain line now and then in CI', () => {
    const { log, heard } = listen();
    const progress = log.progress('Judging', 100);
    for (heard.time = 0; heard.time <= 25_000; heard.time += 500) progress.update(heard.time / 500);
    progress.finish();
    expect(heard.text).toBe(
      '│ Judging: 2 of 100 (2 %)\n│ Judging: 22 of 100 (22 %)\n│ Judging: 42 of 100 (42 %)\n',
    );
  });
});
