// One labelled set judged by the main job, read exactly as `assay eval` reads it; with the words of each verdict's first reason and the label's tier.
import type { Environment } from '../../src/app/environment.ts';
import type { LabelledSet } from '../../src/app/evaluate/find-sets.ts';
import { labelSet, type SetLabels } from '../../src/app/evaluate/label-set.ts';
import { readVerdicts } from '../../src/app/evaluate/read-verdicts.ts';
import { createCaseRunner, type RunCase } from '../../src/app/evaluate/run-case.ts';
import type { ResultDocument } from '../../src/domain/result-document.ts';
import { joinVerdicts, type LabelledVerdict } from '../../src/measure/labelled-finding.ts';
import { parseCsv } from '../../src/measure/parse-csv.ts';
import type { OperatorFiles } from '../../src/ports/operator-files.ts';

export interface QualityVerdict extends LabelledVerdict {
  readonly reasonText: string;
  /** What kind of label it is, in the words of the set's column `tier`; empty where there is none. */
  readonly tier: string;
}

export interface JudgedSet {
  readonly verdicts: readonly QualityVerdict[];
  readonly elapsedMs: number;
  readonly notices: readonly string[];
}

export interface QualityWorld {
  readonly files: Pick<OperatorFiles, 'read'>;
  readonly runCase: RunCase;
}

export async function judgeSet(set: LabelledSet, { files, runCase }: QualityWorld): Promise<JudgedSet> {
  const labels = await labelSet(set, files);
  const tiers = tiersByLine((await files.read(set.labels)).text);
  const subject = { name: 'builtin', judge: 'builtin', model: null } as const;
  const { document, elapsedMs } = await runCase({ set, subject, switchedOff: [] });
  const { findings, verdicts, notices } = readVerdicts(labels, document, (text) => text);
  const details = detailsByKey(labels, document, tiers);
  return {
    verdicts: joinVerdicts(findings, verdicts).map((one) => ({
      ...one,
      ...(details.get(one.key) ?? { reasonText: '', tier: '' }),
    })),
    elapsedMs,
    notices: [...labels.notices, ...notices],
  };
}

/** The main job without a model, quiet and offline. */
export function builtinRunner(cwd: string): RunCase {
  const environment: Environment = {
    variables: {},
    stdin: (async function* () {})(),
    ...{ terminalWidth: null, color: false, interactive: false, allowFetch: false },
    signal: new AbortController().signal,
  };
  const options = { cwd, config: null, models: [], allowHttp: false, quiet: true, verbose: false };
  return createCaseRunner(environment, options);
}

type Details = Pick<QualityVerdict, 'reasonText' | 'tier'>;

function detailsByKey(
  { matched, set }: SetLabels,
  document: ResultDocument,
  tiers: ReadonlyMap<number, string>,
): ReadonlyMap<string, Details> {
  const findingOf = new Map(
    document.results.map(({ input, run, index, findingId }) => [`${input}.${run}.${index}`, findingId]),
  );
  const byId = new Map(document.findings.map((finding) => [finding.id, finding]));
  return new Map(
    matched.map(({ label, result: { input, run, index } }) => {
      const finding = byId.get(findingOf.get(`${input}.${run}.${index}`) ?? '');
      const reasonText = finding?.verdict?.reasons[0]?.text ?? '';
      return [`${set.name}/${label.key}`, { reasonText, tier: tiers.get(label.fileLine) ?? '' }];
    }),
  );
}

function tiersByLine(labels: string): ReadonlyMap<number, string> {
  const [header, ...records] = parseCsv(labels).records;
  const at = header?.cells.indexOf('tier') ?? -1;
  return new Map(records.map(({ line, cells }) => [line, cells[at] ?? '']));
}
