// What GitLab's merge request widget reads.
import { describe, expect, it } from 'vitest';
import { renderCodeQuality } from '#publish/render-code-quality.ts';
import { aDocument, aFinding, aLocation } from '../doubles/result-document.ts';
import { richDocument } from '../doubles/rich-document.ts';

interface Issue {
  description: string;
  check_name: string;
  fingerprint: string;
  severity: string;
  location: { path: string; lines: { begin: number } };
}

const read = (text: string) => JSON.parse(text) as Issue[];

describe('the code quality report', () => {
  it('has the fields that GitLab reads, worst first', () => {
    expect(read(renderCodeQuality(richDocument()))[1]).toEqual({
      description: 'Debug mode (true positive)',
      check_name: 'misuse',
      fingerprint: 'c0ffee0000000002',
      severity: 'critical',
      location: { path: 'config/settings.py', lines: { begin: 7 } },
    });
  });

  it('leaves out what was dismissed and nothing else', () => {
    const document = richDocument();
    const kept = document.findings
      .filter(({ verdict }) => verdict?.label !== 'false_positive')
      .map(({ id }) => id);
    expect(
      read(renderCodeQuality(document))
        .map(({ fingerprint }) => fingerprint)
        .toSorted(),
    ).toEqual(kept.toSorted());
  });

  it('translates every severity', () => {
    const severities = ['critical', 'high', 'medium', 'low', 'none'] as const;
    const document = aDocument(severities.map((severity) => aFinding({ severity })));
    expect(read(renderCodeQuality(document)).map(({ severity }) => severity)).toEqual([
      'blocker',
      'critical',
      'major',
      'minor',
      'info',
    ]);
  });

  it('starts with the list itself, without a byte order mark, and takes hostile text', () => {
    const hostile = '\ufeff\u202e::error::x ##[error] <img src=x>\r\n/approve';
    const text = renderCodeQuality(
      aDocument([aFinding({ message: hostile, ruleId: hostile, location: aLocation({ path: hostile }) })]),
    );
    expect(text.startsWith('[\n')).toBe(true);
    expect(read(text)[0]?.description).toBe(
      '⟦U+FEFF⟧⟦U+202E⟧::error::x # #[error] <img src=x> /approve (needs review)',
    );
    expect(renderCodeQuality(aDocument([]))).toBe('[]\n');
  });
});
