// Rows 26, 32, 38: foreign text on a terminal or on a job's stdout drives neither, and hides nothing.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderExplanation } from '#publish/render-explanation.ts';
import { renderTable } from '#publish/render-table.ts';
import { toTerminal } from '#support/escape-terminal.ts';
import { hostileText } from '../doubles/hostile-text.ts';
import { injectionCases } from '../doubles/injection-cases.ts';
import { hiddenCharacters } from '../doubles/markdown-reader.ts';
import { aDocument, aFinding, aLocation, aReason, aVerdict, inLanguage } from '../doubles/result-document.ts';

const COMMAND = /^\s*(?:::|##\[|##vso\[)|##\[|##vso\[/im;

function documentFullOf(payload: string) {
  const reason = aReason('TP.misuse', payload, { path: payload, line: 3, quote: payload });
  const step = { location: aLocation({ path: payload }), message: payload };
  const finding = aFinding({
    id: '00000000000000aa',
    message: payload,
    ruleId: payload,
    rootCause: payload,
    remediation: payload,
    verdict: aVerdict('true_positive', reason),
    location: aLocation({ path: payload, resolved: false, why: payload }),
    flow: [step],
    related: [step],
    fingerprints: { [payload]: payload },
    suppression: { kind: payload, honoured: false, why: payload },
    scope: { state: 'new', why: payload },
    gate: { effect: 'blocks', why: payload },
  });
  const dismissed = { ...finding, id: '00000000000000ab', verdict: aVerdict('false_positive', reason) };
  return aDocument([finding, dismissed], {
    decision: { outcome: 'failed', mode: 'enforce', reasons: [{ code: 'blocked', text: payload }] },
  });
}

function screens(payload: string): string {
  const document = documentFullOf(payload);
  return [
    renderTable(document, { width: 80, color: false }),
    renderTable(inLanguage(document, 'zh-CN'), { width: 120, color: false }),
    renderExplanation(document, '00000000000000aa', { width: 80, color: false }),
  ].join('');
}

describe('foreign text on a terminal', () => {
  it('loses its control sequences and keeps its words', () => {
    expect(
      toTerminal('js/sqli\x1b]8;;https://exfil.example\x07click\x1b]8;;\x07\x1b[2K\x1b[1A\x1b[32mPASS'),
    ).toBe('js/sqliclickPASS');
    expect(toTerminal('a\x9b31mb\x90q\x9cc\x1b(Bd\re')).toBe('abcd e');
  });

  it('shows what is invisible by its name', () => {
    expect(toTerminal('safe\u202e;)tupni(lave')).toBe('safe⟦U+202E⟧;)tupni(lave');
    expect(toTerminal('a\u{E0041}\u{E0042}\u{E0043}\u{E0044}b')).toBe('a⟦U+E0041…U+E0044 ×4⟧b');
  });

  it('keeps ordinary writing of every script as it is', () => {
    for (const text of [
      'حساب المجموع الكلي',
      'این می\u200cتواند',
      '👨\u200d👩\u200d👧 ❤\uFE0F 1\uFE0F\u20E3',
      'क्\u200dष',
      '路径　遍历',
      'é ü ñ',
    ]) {
      expect(toTerminal(text)).toBe(text);
    }
  });

  it('is one line that no runner takes for a command', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const line = toTerminal(text);
        expect(line).not.toMatch(/[\n\r\x00-\x1f\x7f-\x9f]/);
        expect(line).not.toMatch(COMMAND);
        expect(hiddenCharacters(line)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(injectionCases().map((one) => [one.id, one.payload] as const))(
    'has no power in case %s',
    (_id, payload) => {
      const shown = screens(payload);
      expect(shown).not.toMatch(COMMAND);
      expect(shown).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
      expect(hiddenCharacters(shown)).toEqual([]);
    },
  );

  it('starts no line with two colons, not even as the path before a line number', () => {
    expect(screens(':')).not.toMatch(COMMAND);
  });

  it('has no power wherever it stands in a table or an explanation', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const shown = screens(text);
        expect(shown).not.toMatch(COMMAND);
        expect(hiddenCharacters(shown)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
