// `npm run bench`: speed and memory as ratios against a baseline of the same run, then what each check of a model's answer is worth. A report, never a test.
import { benchAblation } from './ablation.ts';
import type { BenchRow } from './bench-row.ts';
import { benchMainJob } from './main-job.ts';
import { benchMatching } from './matching.ts';
import { benchPublish } from './publish.ts';
import { benchRetrieval } from './retrieval.ts';
import { benchSlicer } from './slicer.ts';

const rows: BenchRow[] = [
  ...(await benchMainJob()),
  ...(await benchSlicer()),
  ...(await benchPublish()),
  ...benchMatching(),
  ...(await benchRetrieval()),
];
for (const row of rows) {
  process.stdout.write(
    `${row.name}\n  ${row.figure}; ${row.baseline}; ratio ${row.ratio.toFixed(2)}\n  ${row.met ? 'met' : 'MISSED'}: ${row.goal}\n`,
  );
}
process.stdout.write(`\n${await benchAblation()}\n`);
