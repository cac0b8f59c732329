// Rows 26, 27: no line of a log or an annotation is a command that the run did not mean.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderAnnotations } from '#publish/render-annotations.ts';
import { renderJson } from '#publish/render-json.ts';
import { workflowCommand } from '#support/escape-command.ts';
import { toLog } from '#support/escape-log.ts';
import { createStderrLog } from '../../src/adapters/local/stderr-log.ts';
import { hostileText } from '../doubles/hostile-text.ts';
import { injectionCases } from '../doubles/injection-cases.ts';
import { hiddenCharacters } from '../doubles/markdown-reader.ts';
import { aDocument, aFinding, aLocation, aReason, aVerdict } from '../doubles/result-document.ts';

const COMMAND = /^\s*::|##\[|##vso\[|^section_(?:start|end):/im;

/** What actions/runner reads out of a line (ActionCommand.cs, TryParseV2), written anew. */
function readCommand(line: string): { name: string; properties: Map<string, string>; data: string } | null {
  const match = /^\s*::(?<name>[a-z-]+)(?: (?<properties>[\s\S]*?))?::(?<data>[\s\S]*)$/.exec(line);
  if (match?.groups === undefined) return null;
  const decode = (text: string) =>
    text
      .replaceAll('%0D', '\r')
      .replaceAll('%0A', '\n')
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',')
      .replaceAll('%25', '%');
  const pairs = (match.groups.properties ?? '').split(',').filter((pair) => pair.includes('='));
  return {
    name: match.groups.name ?? '',
    properties: new Map(
      pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), decode(pair.slice(pair.indexOf('=') + 1))]),
    ),
    data: decode(match.groups.data ?? ''),
  };
}

function documentFullOf(payload: string) {
  return aDocument([
    aFinding({
      message: payload,
      ruleId: payload,
      cwe: [],
      location: aLocation({ path: payload }),
      verdict: aVerdict('true_positive', aReason('TP.misuse', payload)),
    }),
  ]);
}

describe('a log line', () => {
  it('stands behind a bar, line by line', () => {
    expect(toLog('one\r\n::error::two\nsection_start:1:x\r\x1b[0Kthree')).toBe(
      '│ one\n│ ::error::two\n│ section_start:1:x\n│ three',
    );
  });

  it('holds no command that a runner finds in the middle of a line', () => {
    expect(toLog('x ##[error]y ##vso[task.complete]z')).toBe('│ x # #[error]y # #vso[task.complete]z');
  });

  it('is harmless for every case and for any hostile text', () => {
    const isHarmless = (text: string) => {
      const logged = toLog(text);
      expect(logged).not.toMatch(COMMAND);
      expect(hiddenCharacters(logged)).toEqual([]);
      expect(logged.split('\n').every((line) => line.startsWith('│ '))).toBe(true);
    };
    for (const { payload } of injectionCases()) isHarmless(payload);
    fc.assert(fc.property(hostileText, isHarmless), { numRuns: 2000 });
  });

  it('is harmless at every level of the log and in its progress', () => {
    let written = '';
    let time = 0;
    const output = { write: (text: string) => (written += text), now: () => (time += 20_000) };
    const log = createStderrLog({ interactive: false, quiet: false, verbose: true, output });
    for (const { payload } of injectionCases()) {
      for (const level of ['debug', 'info', 'warn', 'error'] as const) log[level](payload);
      const progress = log.progress(payload, 3);
      progress.update(1);
      progress.finish();
    }
    expect(written).not.toMatch(COMMAND);
    expect(hiddenCharacters(written)).toEqual([]);
    expect(
      written
        .trimEnd()
        .split('\n')
        .every((line) => line.startsWith('│ ')),
    ).toBe(true);
  });
});

describe('an annotation', () => {
  it('is the one command that was meant, with the values that were meant', () => {
    const command = workflowCommand(
      'error',
      { file: 'a,b:c%.ts', line: 3, title: 'x::y' },
      'first\nsecond 100%',
    );
    expect(command).toBe('::error file=a%2Cb%3Ac%25.ts,line=3,title=x%3A%3Ay::first%0Asecond 100%25');
    expect(readCommand(command)).toEqual({
      name: 'error',
      properties: new Map([
        ['file', 'a,b:c%.ts'],
        ['line', '3'],
        ['title', 'x::y'],
      ]),
      data: 'first\nsecond 100%',
    });
  });

  it('never becomes two commands, whatever text it carries', () => {
    const check = (text: string) => {
      for (const line of renderAnnotations(documentFullOf(text))) {
        expect(line).not.toMatch(/[\n\r]/);
        expect(line.slice(2)).not.toMatch(COMMAND);
        const command = readCommand(line);
        expect(command?.name).toBe('error');
        expect(
          [...(command?.properties.keys() ?? [])].filter(
            (key) => !['file', 'line', 'endLine', 'title'].includes(key),
          ),
        ).toEqual([]);
        expect(hiddenCharacters(line)).toEqual([]);
      }
    };
    for (const { payload } of injectionCases()) check(payload);
    fc.assert(fc.property(hostileText, check), { numRuns: 1000 });
  });
});

describe('assay.json on stdout', () => {
  it('has no command and nothing invisible in it, and still holds the same text', () => {
    const check = (text: string) => {
      const document = documentFullOf(text);
      const json = renderJson(document);
      expect(json).not.toMatch(COMMAND);
      expect(hiddenCharacters(json.replaceAll('\u00a0', '').replaceAll('\ufe0f', ''))).toEqual([]);
      expect(JSON.parse(json)).toEqual(document);
    };
    for (const { payload } of injectionCases()) check(payload);
    fc.assert(fc.property(hostileText, check), { numRuns: 500 });
  });
});
