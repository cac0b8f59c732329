// All that is measured of one judge's verdicts: over everything, and by set, weakness, language and tool.
import { type Figures, figuresOf } from './figures.ts';
import type { LabelledVerdict } from './labelled-finding.ts';
import { type Reliability, reliabilityOf } from './reliability.ts';

export interface GroupFigures {
  /** `CWE-89`, `java`, …; outside text. */
  readonly name: string;
  readonly figures: Figures;
}

export interface Measurement {
  readonly overall: Figures;
  /** Each largest first, then by name. */
  readonly bySet: readonly GroupFigures[];
  readonly byCwe: readonly GroupFigures[];
  readonly byLanguage: readonly GroupFigures[];
  readonly byTool: readonly GroupFigures[];
  readonly reliability: Reliability;
}

export function measureVerdicts(verdicts: readonly LabelledVerdict[]): Measurement {
  return {
    overall: figuresOf(verdicts),
    bySet: grouped(verdicts, ({ set }) => set),
    byCwe: grouped(verdicts, ({ cwe }) => (cwe === null ? 'unknown' : `CWE-${cwe}`)),
    byLanguage: grouped(verdicts, ({ language }) => language ?? 'unknown'),
    byTool: grouped(verdicts, ({ tool }) => tool),
    reliability: reliabilityOf(verdicts),
  };
}

function grouped(
  verdicts: readonly LabelledVerdict[],
  nameOf: (verdict: LabelledVerdict) => string,
): readonly GroupFigures[] {
  return [...Map.groupBy(verdicts, nameOf)]
    .sort(([a, some], [b, others]) => others.length - some.length || (a < b ? -1 : 1))
    .map(([name, group]) => ({ name, figures: figuresOf(group) }));
}
