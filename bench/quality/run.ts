// `npm run bench:quality -- [DIR_OF_SETS [SET...]]`: how good the verdicts are on labelled findings, on the code behind `assay eval`.
// A set is a folder as docs/evaluation.md describes it; our own labelled set is measured with every run. A report, never a test.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createOperatorFiles } from '../../src/adapters/local/operator-files.ts';
import { findSets } from '../../src/app/evaluate/find-sets.ts';
import { builtinRunner, judgeSet, type QualityVerdict } from './judge-set.ts';
import { parseLabelAudit } from './label-audit.ts';
import { renderQuality } from './report.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const OWN = path.join(ROOT, 'fixtures/eval');

function publicSets(folder: string | undefined, wanted: readonly string[]): readonly string[] {
  if (folder === undefined) return [];
  const names = readdirSync(folder).sort();
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Error(`There is no set ${unknown} in ${folder}.`);
  return names
    .filter((name) => wanted.length === 0 || wanted.includes(name))
    .map((name) => path.join(folder, name));
}

async function main([folder, ...wanted]: readonly string[]): Promise<void> {
  const cwd = process.cwd();
  const world = {
    files: createOperatorFiles({ cwd, repository: cwd }),
    runCase: builtinRunner(cwd),
  };
  const audit = parseLabelAudit(readFileSync(path.join(ROOT, 'bench/label-audit.yaml'), 'utf8'));
  const ownSets = await findSets({ sets: [OWN], sources: null, cwd });
  const sets = [...ownSets, ...(await findSetsOf(publicSets(folder, wanted), cwd))];
  const verdicts: QualityVerdict[] = [];
  const notices: string[] = [];
  for (const set of sets) {
    const judged = await judgeSet(set, world);
    process.stderr.write(
      `${set.name}: ${judged.verdicts.length} in ${(judged.elapsedMs / 1000).toFixed(1)} s\n`,
    );
    verdicts.push(...judged.verdicts);
    notices.push(...judged.notices);
  }
  const own = new Set(ownSets.map(({ name }) => name));
  process.stdout.write(renderQuality({ verdicts, audit, own, notices }));
}

async function findSetsOf(sets: readonly string[], cwd: string) {
  return sets.length === 0 ? [] : findSets({ sets, sources: null, cwd });
}

await main(process.argv.slice(2));
