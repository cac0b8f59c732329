// What GitHub shows beside the changed lines.
import { describe, expect, it } from 'vitest';
import { renderAnnotations } from '#publish/render-annotations.ts';
import { aDocument, aJudgedFinding } from '../doubles/result-document.ts';
import { richDocument } from '../doubles/rich-document.ts';

describe('the annotations', () => {
  it('are errors for what blocks, with place, verdict, reason and the way to learn more', () => {
    expect(renderAnnotations(richDocument())[1]).toBe(
      '::error file=config/settings.py,line=7,endLine=7,title=high%2C true positive%2C CWE-489::' +
        'Debug mode%0AThe constant is itself the weakness.%0Aassay explain c0ffee0000000002',
    );
  });

  it('are warnings for what else needs attention, and silent about the rest', () => {
    const lines = renderAnnotations(richDocument());
    expect(lines.map((line) => line.slice(2, line.indexOf(' ')))).toEqual([
      'error',
      'error',
      'error',
      'error',
      'warning',
    ]);
    expect(lines.join('\n')).not.toContain('Command injection');
  });

  it('name no file for a place outside the repository', () => {
    const line = renderAnnotations(richDocument()).find((candidate) => candidate.includes('Buffer overflow'));
    expect(line).toMatch(/^::error title=/);
  });

  it('are at most ten errors and ten warnings, the worst ones', () => {
    const many = [
      ...Array.from({ length: 15 }, () => aJudgedFinding('high', 'true_positive', 'blocks')),
      ...Array.from({ length: 15 }, () => aJudgedFinding('medium', 'needs_review', 'allowed')),
      aJudgedFinding('critical', 'needs_review', 'blocks'),
    ];
    const lines = renderAnnotations(aDocument(many));
    expect(lines.filter((line) => line.startsWith('::error '))).toHaveLength(10);
    expect(lines.filter((line) => line.startsWith('::warning '))).toHaveLength(10);
    expect(lines[0]).toContain('title=critical');
  });
});
