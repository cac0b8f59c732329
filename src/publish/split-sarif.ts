// The findings as SARIF files that GitHub code scanning takes whole: in parts, the worst first, each with a category of its own.
import { gzipSync } from 'node:zlib';
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import { compareImportance } from './finding-order.ts';
import { SARIF_LIMITS } from './sarif-limits.ts';
import { type SarifOptions, writeSarif } from './sarif-run.ts';

export interface SplitOptions extends SarifOptions {
  /** Of the upload; the run's own, or `assay`, when it is left out. */
  readonly category?: string;
  /** At least so many parts, empty ones at the end: an upload without results closes the alerts that an earlier, longer one opened. */
  readonly atLeast?: number;
  /** Compressed bytes of a part at most; what GitHub takes by default. */
  readonly gzipBytes?: number;
}

export interface UploadPart {
  /** `assay/`, `assay-2/`, …: the file's `automationDetails.id`. */
  readonly category: string;
  readonly sarif: string;
}

/** Code scanning takes 1,000 uploads an hour; a run that needs more than these parts is told so instead. */
const MOST_PARTS = 20;
const DEFAULT_CATEGORY = 'assay';

/**
 * Never empty: an upload without results is how code scanning learns that alerts are fixed. Each part holds no more results than are
 * kept, and no more bytes than are taken; every part says how many parts there are and what no part holds.
 */
export function splitSarif(document: ResultDocument, options: SplitOptions = {}): readonly UploadPart[] {
  const { gzipBytes = SARIF_LIMITS.gzipBytes, atLeast = 1 } = options;
  const base = (options.category ?? document.run.category ?? DEFAULT_CATEGORY).replace(/\/+$/, '');
  const ordered = [...document.findings].sort(compareImportance);
  const write = (findings: readonly FindingRecord[], category: string, notes: readonly string[]) =>
    writeSarif(document, { repositoryUri: options.repositoryUri ?? null, findings, category, notes });
  const fits = (findings: readonly FindingRecord[]) =>
    gzipSync(write(findings, base, [WIDEST_NOTE])).length <= gzipBytes;

  const { parts, leftOut } = cut(ordered, fits);
  const padded = [...parts, ...emptyParts(Math.min(atLeast, MOST_PARTS) - parts.length)];
  return padded.map((findings, index) => {
    const category = index === 0 ? base : `${base}-${index + 1}`;
    const notes = notesOf({ part: index + 1, parts: padded.length, leftOut });
    return { category: `${category}/`, sarif: write(findings, category, notes) };
  });
}

interface Cut {
  readonly parts: readonly (readonly FindingRecord[])[];
  /** Findings in no part. */
  readonly leftOut: number;
}

/** Pieces of what is kept, those that are too large halved until they fit; one finding that is too large alone is left out. */
function cut(ordered: readonly FindingRecord[], fits: (findings: readonly FindingRecord[]) => boolean): Cut {
  const pending = chunk(ordered, SARIF_LIMITS.resultsKept).toReversed();
  const parts: (readonly FindingRecord[])[] = [];
  let leftOut = 0;
  for (let piece = pending.pop(); piece !== undefined; piece = pending.pop()) {
    if (parts.length === MOST_PARTS) leftOut += piece.length;
    else if (fits(piece)) parts.push(piece);
    else if (piece.length === 1) leftOut += 1;
    else {
      const half = Math.ceil(piece.length / 2);
      pending.push(piece.slice(half), piece.slice(0, half));
    }
  }
  return { parts: parts.length === 0 ? [[]] : parts, leftOut };
}

function chunk(findings: readonly FindingRecord[], size: number): (readonly FindingRecord[])[] {
  return Array.from({ length: Math.ceil(findings.length / size) }, (_, index) =>
    findings.slice(index * size, (index + 1) * size),
  );
}

function emptyParts(count: number): readonly (readonly FindingRecord[])[] {
  return Array.from({ length: Math.max(0, count) }, () => []);
}

function notesOf({ part, parts, leftOut }: { part: number; parts: number; leftOut: number }): string[] {
  return [
    ...(parts > 1
      ? [
          `This is part ${part} of ${parts}: code scanning keeps ${SARIF_LIMITS.resultsKept} results of an upload.`,
        ]
      : []),
    ...(leftOut > 0
      ? [
          `${leftOut} findings of the lowest importance are in no part, because code scanning takes only so much; assay.sarif and assay.json hold all.`,
        ]
      : []),
  ];
}

/** Stands for the notes when a part is measured, before their numbers are known. */
const WIDEST_NOTE = notesOf({ part: MOST_PARTS, parts: MOST_PARTS, leftOut: Number.MAX_SAFE_INTEGER }).join(
  ' ',
);
