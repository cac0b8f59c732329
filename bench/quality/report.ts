// Verdicts on labelled findings → the report that people read: figures by set, language and weakness, bars, and every wrong dismissal with its reason.
import { type Figures, figuresOf } from '../../src/measure/figures.ts';
import { count, decimal, percent } from '../../src/measure/numbers.ts';
import { reliabilityOf } from '../../src/measure/reliability.ts';
import { textTable } from '../../src/measure/text-table.ts';
import { toTerminal } from '../../src/support/escape-terminal.ts';
import { type Bar, barsFor, measureBar, strictYouden } from './bars.ts';
import type { QualityVerdict } from './judge-set.ts';
import { type AuditEntry, applyAudit } from './label-audit.ts';

export interface QualityReport {
  readonly verdicts: readonly QualityVerdict[];
  readonly audit: readonly AuditEntry[];
  /** Names of the sets that we wrote ourselves. */
  readonly own: ReadonlySet<string>;
  readonly notices: readonly string[];
}

const LEGEND = `Positive is a real weakness. TPR, FPR, TPR−FPR and MCC are as the gate sees it: what needs review is kept. "strict" is TPR−FPR where
what needs review is a miss on either side; "of decided" leaves it out. The judge is the built-in one, without a model.
`;

export function renderQuality({ verdicts, audit, own, notices }: QualityReport): string {
  const audited = applyAudit(verdicts, audit);
  const errors = audit.filter(({ kind }) => kind === 'error');
  const corrected = applyAudit(verdicts, errors);
  const bars = barsFor(verdicts, own);
  return [
    LEGEND,
    '# As the labels are published\n',
    figureTables(verdicts),
    `# As the labels are after the audit (bench/label-audit.yaml: ${audited.changed} changed, ${corrected.changed} of them errors)\n`,
    figureTables(audited.findings),
    '# Bars\n',
    barTable(bars, [verdicts, corrected.findings, audited.findings]),
    '# Wrong dismissals, as the labels are published\n',
    listWrong(verdicts, audited.findings, 'false_positive'),
    '# Wrongly called real, as the labels are published\n',
    listWrong(verdicts, audited.findings, 'true_positive'),
    ...audited.stale.map((place) => `The audit speaks of ${place}, where no such label is.\n`),
    ...notices.map((notice) => `${toTerminal(notice)}\n`),
  ].join('\n');
}

function figureTables(verdicts: readonly QualityVerdict[]): string {
  return [
    figureTable('set', verdicts, ({ set }) => set),
    figureTable('language', verdicts, ({ language }) => language ?? 'unknown'),
    figureTable('weakness', verdicts, ({ cwe }) => (cwe === null ? 'unknown' : `CWE-${cwe}`)),
    figureTable(
      'set, weakness',
      verdicts,
      ({ set, cwe }) => `${set} ${cwe === null ? 'unknown' : `CWE-${cwe}`}`,
    ),
  ].join('\n');
}

const COLUMNS = [
  ...['findings', 'real', 'TPR', 'FPR', 'TPR−FPR', 'strict', 'MCC', 'decided'],
  ...['TPR−FPR of decided', 'MCC of decided', 'dismissed', 'of them real', 'dismissals right', 'ECE'],
];

function figureTable(
  title: string,
  verdicts: readonly QualityVerdict[],
  nameOf: (verdict: QualityVerdict) => string,
): string {
  const groups = [...Map.groupBy(verdicts, nameOf)].sort(
    ([a, some], [b, others]) => others.length - some.length || (a < b ? -1 : 1),
  );
  const rows = [...groups, ['all', verdicts] as const].map(([name, group]) => [name, ...cellsOf(group)]);
  return textTable([title, ...COLUMNS], rows);
}

function cellsOf(group: readonly QualityVerdict[]): readonly string[] {
  const figures: Figures = figuresOf(group);
  const { gate, definite, wrongDismissals, decided } = figures;
  const right = wrongDismissals.value === null ? null : 1 - wrongDismissals.value;
  return [
    ...[count(figures.findings), count(figures.real)],
    ...[gate.recall.value, gate.falsePositiveRate.value, gate.youden.value].map(decimal),
    ...[strictYouden(figures), gate.mcc.value].map(decimal),
    percent(decided.value),
    ...[decimal(definite.youden.value), decimal(definite.mcc.value)],
    ...[count(wrongDismissals.of), count(wrongDismissals.count), percent(right)],
    decimal(reliabilityOf(group).ece),
  ];
}

/** `labellings`: the verdicts with published labels, with errors corrected, and with the whole audit. */
function barTable(bars: readonly Bar[], labellings: readonly (readonly QualityVerdict[])[]): string {
  const audited = labellings.at(-1) ?? [];
  const strict = (bar: Bar): string =>
    bar.measure === 'TPR−FPR' ? decimal(strictYouden(figuresOf(audited.filter(bar.concerns)))) : '';
  const rows = bars.map((bar) => [
    bar.name,
    `${bar.measure} ${bar.bound} ${bar.goal}`,
    ...labellings.map((verdicts) => {
      const { value, met, missedBy } = measureBar(bar, verdicts);
      if (value === null) return 'nothing to measure';
      const shown = bar.measure === 'wrong dismissals' ? count : decimal;
      return met === true ? `${shown(value)} met` : `${shown(value)} MISSED by ${shown(missedBy)}`;
    }),
    strict(bar),
  ]);
  return textTable(
    ['about', 'bar', 'published labels', 'errors corrected', 'audited labels', 'strict, audited'],
    rows,
    2,
  );
}

function listWrong(
  published: readonly QualityVerdict[],
  audited: readonly QualityVerdict[],
  verdict: 'false_positive' | 'true_positive',
): string {
  const lines = published.flatMap((one, at) => {
    const isWrong = one.verdict === verdict && one.isReal === (verdict === 'false_positive');
    if (!isWrong) return [];
    const ruling = audited[at]?.isReal === one.isReal ? 'label stands' : 'label corrected by the audit';
    const { set, path, line, ruleId, reason, reasonText } = one;
    return [`${set} ${path}:${line} ${ruleId}, ${ruling}`, `  ${reason}: ${reasonText}`];
  });
  return lines.length === 0 ? 'None.\n' : `${lines.map(toTerminal).join('\n')}\n`;
}
