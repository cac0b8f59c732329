// Whether `assay eval` counts as another scorer does: judges every labelled set, and compares the figures one by one.
//   node bench/evaluation-check.ts SCORER DIR_OF_SETS [SET...]
// SCORER is a program for Node, called as `SCORER labels.csv result.json --json --by none`, where the result is a list of
// `{id, verdict}`; it answers `{gate, definite}` with tp, fp, tn, fn, precision, recall, f1, mcc, youden and coverage.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Evaluation } from '../src/measure/evaluation.ts';
import type { BinaryFigures, Figures } from '../src/measure/figures.ts';

type Scored = Readonly<Record<string, number | null>>;

const CLI = join(import.meta.dirname, '..', 'src', 'entry', 'cli.ts');

function evaluate(report: string): Evaluation {
  const out = mkdtempSync(join(tmpdir(), 'assay-evaluation-'));
  const command = [CLI, 'eval', '--set', report, '--out', out, '--quiet'];
  execFileSync(process.execPath, command, { stdio: ['ignore', 'ignore', 'inherit'] });
  return JSON.parse(readFileSync(join(out, 'eval.json'), 'utf8'));
}

function score(
  scorer: string,
  labels: string,
  { subjects, sets }: Evaluation,
): { gate: Scored; definite: Scored } {
  const prefix = `${sets[0]?.name}/`;
  const verdicts = subjects[0]?.verdicts ?? [];
  const file = join(mkdtempSync(join(tmpdir(), 'assay-scored-')), 'result.json');
  writeFileSync(
    file,
    JSON.stringify(verdicts.map(({ key, verdict }) => ({ id: key.slice(prefix.length), verdict }))),
  );
  const command = [scorer, labels, file, '--json', '--by', 'none'];
  return JSON.parse(execFileSync(process.execPath, command, { encoding: 'utf8', maxBuffer: 2 ** 28 }));
}

function differences(ours: BinaryFigures, { decided }: Figures, theirs: Scored): readonly string[] {
  const figures: Readonly<Record<string, number | null>> = {
    ...{ tp: ours.truePositives, fp: ours.falsePositives, tn: ours.trueNegatives, fn: ours.falseNegatives },
    ...{ precision: ours.precision.value, recall: ours.recall.value, f1: ours.f1.value },
    ...{ mcc: ours.mcc.value, youden: ours.youden.value, coverage: decided.value },
  };
  return Object.entries(figures).flatMap(([name, value]) => {
    const other = theirs[name] ?? null;
    const same = value === other || (value !== null && other !== null && Math.abs(value - other) < 1e-9);
    return same ? [] : [`${name} ${value}, not ${other}`];
  });
}

function main([scorer, folder, ...wanted]: readonly string[]): void {
  if (scorer === undefined || folder === undefined)
    throw new Error('usage: node bench/evaluation-check.ts SCORER DIR_OF_SETS [SET...]');
  for (const name of readdirSync(folder).sort()) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    for (const file of readdirSync(join(folder, name)).sort()) {
      const suffix = /^findings(.*)\.sarif$/.exec(file)?.[1];
      if (suffix === undefined) continue;
      const evaluation = evaluate(join(folder, name, file));
      const theirs = score(scorer, join(folder, name, `labels${suffix}.csv`), evaluation);
      const overall = evaluation.subjects[0]?.measurement.overall;
      const found =
        overall === undefined
          ? ['nothing was measured']
          : (['gate', 'definite'] as const).flatMap((view) =>
              differences(overall[view], overall, theirs[view]).map((text) => `${view}: ${text}`),
            );
      console.log(
        `${name}/${file}: ${overall?.findings} findings, ${found.join('; ') || 'all figures agree'}`,
      );
      if (found.length > 0) process.exitCode = 1;
    }
  }
}

main(process.argv.slice(2));
