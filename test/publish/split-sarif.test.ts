// What is uploaded to code scanning: nothing is refused for its size, and nothing dropped in silence.
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Log, Run } from 'sarif';
import { describe, expect, it } from 'vitest';
import type { ResultDocument } from '#domain/result-document.ts';
import { type SplitOptions, splitSarif, type UploadPart } from '#publish/split-sarif.ts';
import { aDocument, aFinding, aReason, aRun, aVerdict } from '../doubles/result-document.ts';
import { richDocument } from '../doubles/rich-document.ts';

function runIn({ sarif }: UploadPart): Run {
  const { runs } = JSON.parse(sarif) as Log;
  const [run] = runs;
  if (run === undefined || runs.length > 1) throw new Error('not one run');
  return run;
}

/** The ids of each part; what GitHub refuses or drops (platforms A6) is checked on the way. */
function idsOf(parts: readonly UploadPart[], gzipBytes = 10_000_000): readonly (readonly string[])[] {
  return parts.map((part) => {
    expect(gzipSync(part.sarif).length).toBeLessThanOrEqual(gzipBytes);
    const run = runIn(part);
    expect(run.automationDetails?.id).toBe(part.category);
    const results = run.results ?? [];
    expect(results.length).toBeLessThanOrEqual(5_000);
    for (const { partialFingerprints, codeFlows, relatedLocations } of results) {
      expect(partialFingerprints?.primaryLocationLineHash).toMatch(/:1$/);
      expect(relatedLocations?.length ?? 0).toBeLessThanOrEqual(100);
      expect(codeFlows?.[0]?.threadFlows[0]?.locations.length ?? 0).toBeLessThanOrEqual(1_000);
    }
    return results.map(({ properties }) => String(properties?.assayId));
  });
}

function notesIn(part: UploadPart): readonly string[] {
  const [invocation] = runIn(part).invocations ?? [];
  return (invocation?.toolExecutionNotifications ?? []).map(({ message }) => message.text ?? '');
}

function categories(document: ResultDocument, options?: SplitOptions): readonly string[] {
  return splitSarif(document, options).map(({ category }) => category);
}

/** As many characters that no compression makes shorter than their entropy. */
function noise(seed: number, length: number): string {
  let text = '';
  for (let block = 0; text.length < length; block += 1)
    text += createHash('sha512').update(`${seed} ${block}`).digest('base64url');
  return text.slice(0, length);
}

describe('findings on their way to code scanning', () => {
  it('go in one file where they fit, in a category that ends with a slash', () => {
    const parts = splitSarif(richDocument(), { repositoryUri: 'https://github.example/shop/web' });
    expect(parts.map(({ category }) => category)).toEqual(['assay/']);
    expect(idsOf(parts)[0]).toHaveLength(8);
    expect(parts.flatMap(notesIn)).toEqual(['The waiver of `cookie-httponly` expires on 2027-01-31.']);
    expect(parts.map((part) => runIn(part).versionControlProvenance)).toEqual([
      [{ repositoryUri: 'https://github.example/shop/web', revisionId: '2'.repeat(40) }],
    ]);
  });

  it('go in an empty file when there are none, so that fixed alerts are closed', () => {
    expect(idsOf(splitSarif(aDocument([])))).toEqual([[]]);
  });

  it('go in as many files as are needed for code scanning to keep them all, the worst first', () => {
    const template = aFinding({ severity: 'low' });
    const many = Array.from({ length: 5_001 }, (_, index) => ({
      ...template,
      id: `f${index}`,
      severity: index === 5_000 ? ('critical' as const) : ('low' as const),
    }));
    const parts = splitSarif(aDocument(many));
    const ids = idsOf(parts);
    expect(parts.map(({ category }) => category)).toEqual(['assay/', 'assay-2/']);
    expect(ids.map(({ length }) => length)).toEqual([5_000, 1]);
    expect(ids[0]?.[0]).toBe('f5000');
    expect(new Set(ids.flat()).size).toBe(5_001);
    expect(parts.flatMap(notesIn)).toEqual([
      'This is part 1 of 2: code scanning keeps 5000 results of an upload.',
      'This is part 2 of 2: code scanning keeps 5000 results of an upload.',
    ]);
  });

  it('are cut by size where their texts are large, and all arrive', () => {
    const many = Array.from({ length: 60 }, (_, index) =>
      aFinding({
        message: noise(index, 7_000),
        rootCause: noise(index + 10_000, 2_000),
        remediation: noise(index + 20_000, 2_000),
        verdict: aVerdict(
          'needs_review',
          ...[1, 2, 3, 4, 5].map((part) => aReason('REV.unknown', noise(index * 10 + part, 2_000))),
        ),
      }),
    );
    const parts = splitSarif(aDocument(many), { gzipBytes: 300_000 });
    const ids = idsOf(parts, 300_000);
    expect(parts.length).toBeGreaterThan(2);
    expect(ids.flat().toSorted()).toEqual(many.map(({ id }) => id).toSorted());
  });

  it('say how many are in no part when there is no room for more', () => {
    const many = Array.from({ length: 200 }, () => aFinding({ severity: 'low' }));
    const worst = aFinding({ severity: 'critical' });
    const onlyOne = gzipSync(splitSarif(aDocument([worst]))[0]?.sarif ?? '').length + 300;
    const parts = splitSarif(aDocument([...many, worst]), { gzipBytes: onlyOne });
    const ids = idsOf(parts, onlyOne);
    expect(parts).toHaveLength(20);
    expect(ids[0]?.[0]).toBe(worst.id);
    expect(notesIn(parts[0] ?? { category: '', sarif: '{}' }).at(-1)).toBe(
      `${201 - ids.flat().length} findings of the lowest importance are in no part, because code scanning takes only so much; assay.sarif and assay.json hold all.`,
    );
  });

  it('are told apart by the category of the run, and close what a longer upload left behind', () => {
    const document = { ...richDocument(), run: { ...aRun(8), category: 'backend' } };
    expect(categories(document)).toEqual(['backend/']);
    expect(categories(document, { atLeast: 3 })).toEqual(['backend/', 'backend-2/', 'backend-3/']);
    expect(idsOf(splitSarif(document, { atLeast: 2 }))[1]).toEqual([]);
    expect(categories(document, { category: 'other/' })).toEqual(['other/']);
  });
});
