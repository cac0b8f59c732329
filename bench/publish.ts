// Publishing alone, over a result and a diff made for it: what it adds to writing the result, and whether it grows with findings times files.
import { PackageAssets } from '../src/adapters/local/package-assets.ts';
import { DEFAULT_POLICY } from '../src/app/config.ts';
import { publishRun } from '../src/app/publish/publish-run.ts';
import type { Publishing } from '../src/app/publish/publishing.ts';
import type { ResultDocument } from '../src/domain/result-document.ts';
import type { ReviewDiff } from '../src/domain/review-diff.ts';
import { renderJson } from '../src/publish/render-json.ts';
import { MemoryDesk } from '../test/doubles/memory-desk.ts';
import { createMemoryWorkspace } from '../test/doubles/memory-workspace.ts';
import { aDocument, aFinding, aLocation } from '../test/doubles/result-document.ts';
import type { BenchRow } from './bench-row.ts';

const FINDINGS = 5_000;
const MANY_FILES = 3_000;
const FEW_FILES = 30;
const MANY_FINDINGS = 100_000;
const LINES = 40;
/** Of each measurement; the fastest counts. */
const ROUNDS = 5;

export async function benchPublish(): Promise<readonly BenchRow[]> {
  // The first round of all pays for compiling.
  await timePublish(FINDINGS, FEW_FILES);
  const many = await timePublish(FINDINGS, MANY_FILES);
  const few = await timePublish(FINDINGS, FEW_FILES);
  const huge = await timePublish(MANY_FINDINGS, MANY_FILES);
  return [
    {
      name: `publishing, ${FINDINGS} findings in a change of ${MANY_FILES} files`,
      figure: `${many.publish.toFixed(0)} ms`,
      baseline: `the same findings in a change of ${FEW_FILES} files: ${few.publish.toFixed(0)} ms`,
      ratio: many.publish / few.publish,
      goal: 'at most 2: looking a finding up takes no longer in a larger change',
      met: many.publish / few.publish <= 2,
    },
    {
      name: `publishing, ${MANY_FINDINGS} findings`,
      figure: `${huge.publish.toFixed(0)} ms`,
      baseline: `writing their assay.json: ${huge.write.toFixed(0)} ms`,
      ratio: huge.publish / huge.write,
      goal: 'at most 1: publishing takes no longer than writing the result',
      met: huge.publish <= huge.write,
    },
  ];
}

async function timePublish(findings: number, files: number): Promise<{ publish: number; write: number }> {
  const diff = diffOf(files);
  const document = documentOf(findings, files);
  let [publish, write] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < ROUNDS; round += 1) {
    const desk = new MemoryDesk({ head: document.run.head ?? '', diff });
    publish = Math.min(
      publish,
      await timed(() => publishRun(document, publishingOn(desk, diff), { dryRun: false })),
    );
    write = Math.min(write, await timed(async () => renderJson(document)));
  }
  return { publish, write };
}

const pathAt = (index: number) => `src/module${index % 97}/file${index}.ts`;

/** New files of `LINES` lines. */
function diffOf(files: number): ReviewDiff {
  const hunk = {
    oldStart: 0,
    oldLines: 0,
    newStart: 1,
    newLines: LINES,
    marks: '+'.repeat(LINES),
    newlineMissing: false,
  };
  return {
    files: Array.from({ length: files }, (_, index) => ({
      ...{ status: 'added', oldPath: null, newPath: pathAt(index) },
      hunks: [{ ...hunk }],
    })),
    complete: true,
  };
}

function documentOf(count: number, files: number): ResultDocument {
  return aDocument(
    Array.from({ length: count }, (_, index) => {
      const startLine = 1 + (index % LINES);
      return aFinding({
        location: aLocation({ path: pathAt(index % files), startLine, endLine: startLine }),
      });
    }),
  );
}

function publishingOn(desk: MemoryDesk, diff: ReviewDiff): Publishing {
  const workspace = createMemoryWorkspace({});
  return {
    ...{ desk, scanning: null, clone: null, markerKey: null, trusted: true, outName: 'assay-out' },
    host: {
      commits: async () => ({ baseTip: null, mergeBase: null, head: null }),
      diff: async () => null,
      diffFrom: async () => null,
      reviewDiff: async () => diff,
      at: () => workspace,
    },
    policyAt: async () => DEFAULT_POLICY.publishing,
    assets: new PackageAssets(),
    redact: (text) => text,
    requests: () => ({ reads: 0, writes: 0 }),
    log: silentLog(),
  };
}

function silentLog(): Publishing['log'] {
  const progress = { update: () => {}, finish: () => {} };
  return { info: () => {}, warn: () => {}, error: () => {}, debug: () => {}, progress: () => progress };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
