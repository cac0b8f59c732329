// An evaluation as text for a terminal: who is best, where it goes wrong, what changed, what each part is worth.
import { toTerminal } from '../support/escape-terminal.ts';
import type { SubjectComparison, VerdictChange } from './compare-subjects.ts';
import type { Ablation, Evaluation, SubjectRecord, SubjectTimes } from './evaluation.ts';
import type { Estimate, Share } from './intervals.ts';
import type { GroupFigures } from './measure-verdicts.ts';
import { change, count, decimal, dollars, duration, percent } from './numbers.ts';
import { SUBJECT_COLUMNS, subjectCells } from './subject-columns.ts';
import { textTable } from './text-table.ts';

/** Rows of a group and changes that are shown; all stand in eval.json and on the page. */
const SHOWN = 12;

export function renderEvaluationTable(evaluation: Evaluation, times: readonly SubjectTimes[]): string {
  const { sets, subjects, comparison, ablations, notices } = evaluation;
  const parts = [
    sets.map(describeSet).join(''),
    subjects.length > 1 ? rankingOf(subjects, times) : '',
    ...subjects.map((subject) => describeSubject(subject, times)),
    ...ablations.map(describeAblation),
    ...(comparison?.subjects ?? []).map((one) => describeComparison(one)),
    notices.map((notice) => `${toTerminal(notice)}\n`).join(''),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

function describeSet({ name, labelled, real, unlabelled, missing }: Evaluation['sets'][number]): string {
  const rest = [
    ...(unlabelled === 0 ? [] : [`${count(unlabelled)} results without a label`]),
    ...(missing === 0 ? [] : [`${count(missing)} labels without a result`]),
  ];
  const more = rest.length === 0 ? '' : `; ${rest.join(', ')}`;
  return `${toTerminal(name)}: ${count(labelled)} labelled findings, ${count(real)} real, ${count(labelled - real)} not${more}\n`;
}

function rankingOf(subjects: readonly SubjectRecord[], times: readonly SubjectTimes[]): string {
  const rows = subjectCells(subjects, times).map((cells, at) => [
    subjects[at]?.name ?? '',
    ...cells.map(({ text, isBest }) => `${text}${isBest ? ' *' : '  '}`),
  ]);
  const header = ['', ...SUBJECT_COLUMNS.map(({ title }) => `${title}  `)];
  return `${textTable(header, rows)}* best of its column. Fewest false dismissals first, then MCC.\n`;
}

function describeSubject(subject: SubjectRecord, times: readonly SubjectTimes[]): string {
  const { overall, bySet, byCwe, byLanguage, byTool, reliability } = subject.measurement;
  const { real, notReal } = overall.confusion;
  const confusion = textTable(
    [`${subject.name} said`, 'real', 'needs review', 'not real'],
    [
      ['a real finding is', ...[real.true_positive, real.needs_review, real.false_positive].map(count)],
      ['another one is', ...[notReal.true_positive, notReal.needs_review, notReal.false_positive].map(count)],
    ],
  );
  const { gate, definite } = overall;
  const figures = textTable(
    ['needs review counts as', 'kept', '95 %', 'left out', '95 %'],
    [
      figureRow('precision', gate.precision, definite.precision, percent),
      figureRow('recall (TPR)', gate.recall, definite.recall, percent),
      figureRow('F1', gate.f1, definite.f1, decimal),
      figureRow('MCC', gate.mcc, definite.mcc, decimal),
      figureRow('TPR−FPR', gate.youden, definite.youden, decimal),
    ],
  );
  const shares = [
    `Decided ${shareText(overall.decided)}. False dismissals ${shareText(overall.falseDismissals)} of the real findings.`,
    `Noise removed ${shareText(overall.noiseRemoved)}. Confidence: ECE ${decimal(reliability.ece)}, Brier ${decimal(reliability.brier)}.`,
    ...costLines(subject, times),
  ];
  return [
    confusion,
    figures,
    `${shares.join('\n')}\n`,
    groupTable('by set', bySet),
    groupTable('by weakness', byCwe),
    groupTable('by language', byLanguage),
    groupTable('by tool', byTool),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function figureRow(
  name: string,
  gate: Estimate,
  definite: Estimate,
  show: (value: number | null) => string,
): readonly string[] {
  return [name, show(gate.value), range(gate, show), show(definite.value), range(definite, show)];
}

function range({ low, high }: Estimate, show: (value: number | null) => string): string {
  return low === null || high === null ? '' : `${show(low)} to ${show(high)}`;
}

function shareText(share: Share): string {
  const between = range(share, percent);
  return `${count(share.count)} of ${count(share.of)}${between === '' ? '' : ` (${percent(share.value)}, ${between})`}`;
}

function costLines({ cost, name }: SubjectRecord, times: readonly SubjectTimes[]): readonly string[] {
  if (cost === null) return [];
  const { tokens, money } = cost;
  const spent = times.find((one) => one.name === name);
  const now =
    spent === undefined
      ? ''
      : ` This run: ${count(spent.requests)} requests, ${dollars(spent.money)}, latency p50 ${duration(spent.latencyMs?.p50 ?? null)}, p95 ${duration(spent.latencyMs?.p95 ?? null)}.`;
  return [
    `Asked about ${count(cost.asked)}, answered ${count(cost.answered)}; tokens in ${count(tokens.input)} (cached ${count(tokens.cached)}), out ${count(tokens.output)}; ${dollars(money)}.${now}`,
  ];
}

function groupTable(title: string, groups: readonly GroupFigures[]): string {
  if (groups.length < 2) return '';
  const rows = groups
    .slice(0, SHOWN)
    .map(({ name, figures }) => [
      name,
      ...[figures.findings, figures.real].map(count),
      percent(figures.decided.value),
      count(figures.falseDismissals.count),
      range(figures.falseDismissals, percent),
      percent(figures.noiseRemoved.value),
      decimal(figures.gate.youden.value),
    ]);
  const rest = groups.length - rows.length;
  const more = rest > 0 ? `${rest} more stand in eval.json and eval.html.\n` : '';
  const header = [
    title,
    'findings',
    'real',
    'decided',
    'false dismissals',
    '95 %',
    'noise removed',
    'TPR−FPR',
  ];
  return `${textTable(header, rows)}${more}`;
}

function describeAblation({ subject, parts }: Ablation): string {
  const rows = parts.map(({ part, differences, changed, better, worse }) => [
    part,
    change(differences.falseDismissals, 0),
    change(differences.mcc),
    change(differences.f1),
    change(differences.decided),
    `${changed} (${better} better, ${worse} worse)`,
  ]);
  const header = [`${subject} without`, 'false dismissals', 'MCC', 'F1', 'decided', 'verdicts changed'];
  return textTable(header, rows);
}

function describeComparison(comparison: SubjectComparison): string {
  const { subject, against, common, changes, differences, regressions } = comparison;
  const better = changes.filter(({ effect }) => effect === 'better').length;
  const names = subject === against ? `${subject}, then and now` : `${subject}, compared with ${against}`;
  const lines = [
    `${toTerminal(names)}: ${count(common)} findings in both, ${better} better, ${changes.length - better} worse.`,
    `False dismissals ${change(differences.falseDismissals, 0)}, MCC ${change(differences.mcc)}, F1 ${change(differences.f1)}, decided ${change(differences.decided)}.`,
  ];
  const worst = [...changes].sort((a, b) => weight(b) - weight(a)).slice(0, SHOWN);
  const table =
    changes.length === 0
      ? ''
      : textTable(
          ['changed', 'rule', 'label', 'before', 'after', ''],
          worst.map((one) => [
            `${one.path}:${one.line}`,
            one.ruleId,
            one.isReal ? 'real' : 'not real',
            one.before.replaceAll('_', ' '),
            one.after.replaceAll('_', ' '),
            one.isNewFalseDismissal ? 'worse: a real finding dismissed' : one.effect,
          ]),
          6,
        );
  const rest = changes.length - worst.length;
  const more = rest > 0 ? `${rest} more changes stand in eval.json and eval.html.\n` : '';
  const end = regressions.length === 0 ? 'No regression.' : `Regression: ${regressions.join(' ')}`;
  return `${lines.join('\n')}\n${table}${more}${end}\n`;
}

/** The worst first. */
function weight({ effect, isNewFalseDismissal }: VerdictChange): number {
  return isNewFalseDismissal ? 2 : effect === 'worse' ? 1 : 0;
}
