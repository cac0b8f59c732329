// What the verdicts have to reach, as numbers: each bar says whom it is about, what is measured, and how far that is from the goal.
import { type Figures, figuresOf } from '../../src/measure/figures.ts';
import type { QualityVerdict } from './judge-set.ts';

export interface Bar {
  readonly name: string;
  readonly measure:
    | 'TPR−FPR'
    | 'decided'
    | 'noise removed'
    | 'dismissals right'
    | 'real dismissed'
    | 'wrong dismissals';
  readonly bound: 'at least' | 'at most';
  readonly goal: number;
  readonly concerns: (verdict: QualityVerdict) => boolean;
}

export interface BarResult {
  /** Null where nothing was measured or the figure is not defined. */
  readonly value: number | null;
  readonly met: boolean | null;
  /** How far on the wrong side; 0 when met. */
  readonly missedBy: number;
}

/**
 * TPR−FPR where an open question is a miss on either side: only what was proved real counts as found. Needs review cannot hide behind it,
 * as it can where it counts as kept.
 */
export function strictYouden({ confusion: { real }, real: reals, gate }: Figures): number | null {
  const fpr = gate.falsePositiveRate.value;
  return reals === 0 || fpr === null ? null : real.true_positive / reals - fpr;
}

/** Fewer labelled findings of a language say too little. */
const LEAST_OF_LANGUAGE = 40;

/** The bars for what was measured, those of one set first; `own` names the sets that we wrote ourselves. */
export function barsFor(verdicts: readonly QualityVerdict[], own: ReadonlySet<string>): readonly Bar[] {
  const sets = [...new Set(verdicts.map(({ set }) => set))];
  return [
    ...sets.flatMap((set) => barsOfSet(set, own)),
    ...taintLanguages(verdicts).map((language) =>
      least(
        'TPR−FPR',
        0.8,
        `semgrep-rules, vuln/taint, ${language}`,
        (one) => isTaint(one) && one.language === language,
      ),
    ),
    ...sets.map((set) => least('dismissals right', 0.99, set, (one) => one.set === set)),
    most('real dismissed', 0.01, 'all sets', () => true),
  ];
}

function barsOfSet(set: string, own: ReadonlySet<string>): readonly Bar[] {
  const isOf = (one: QualityVerdict): boolean => one.set === set;
  if (own.has(set)) return [least('TPR−FPR', 0.95, set, isOf)];
  if (set === 'owasp-java') {
    return [
      least('TPR−FPR', 0.99, set, isOf),
      least('decided', 0.99, set, isOf),
      most('wrong dismissals', 0, set, isOf),
    ];
  }
  if (set === 'owasp-python') return [least('TPR−FPR', 0.99, set, isOf)];
  if (set === 'securibench-micro') return [least('TPR−FPR', 0.85, set, isOf)];
  if (/^castle-c\/(?:clang|flawfinder)/.test(set)) {
    return [most('wrong dismissals', 0, set, isOf), least('noise removed', 0.5, set, isOf)];
  }
  return [];
}

function isTaint({ set, tier }: QualityVerdict): boolean {
  return set === 'semgrep-rules' && tier.startsWith('vuln/taint');
}

function taintLanguages(verdicts: readonly QualityVerdict[]): readonly string[] {
  const byLanguage = Map.groupBy(verdicts.filter(isTaint), ({ language }) => language ?? 'unknown');
  return [...byLanguage]
    .filter(([, some]) => some.length >= LEAST_OF_LANGUAGE)
    .map(([language]) => language)
    .sort();
}

function least(measure: Bar['measure'], goal: number, name: string, concerns: Bar['concerns']): Bar {
  return { ...{ name, measure, goal, concerns }, bound: 'at least' };
}

function most(measure: Bar['measure'], goal: number, name: string, concerns: Bar['concerns']): Bar {
  return { ...{ name, measure, goal, concerns }, bound: 'at most' };
}

export function measureBar(bar: Bar, verdicts: readonly QualityVerdict[]): BarResult {
  const value = measured(bar.measure, figuresOf(verdicts.filter(bar.concerns)));
  if (value === null) return { value, met: null, missedBy: 0 };
  const missedBy = Math.max(0, bar.bound === 'at least' ? bar.goal - value : value - bar.goal);
  return { value, met: missedBy === 0, missedBy };
}

function measured(measure: Bar['measure'], figures: Figures): number | null {
  const { gate, decided, noiseRemoved, wrongDismissals, falseDismissals } = figures;
  switch (measure) {
    // Needs review counts as kept: an open question about harmless code costs as much as calling it real.
    case 'TPR−FPR':
      return gate.youden.value;
    case 'decided':
      return decided.value;
    case 'noise removed':
      return noiseRemoved.value;
    case 'dismissals right':
      return wrongDismissals.value === null ? null : 1 - wrongDismissals.value;
    case 'real dismissed':
      return falseDismissals.value;
    case 'wrong dismissals':
      return falseDismissals.count;
  }
}
