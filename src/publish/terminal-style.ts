// Colours and signs for the terminal: severity and verdict look the same wherever they are shown.
import { styleText } from 'node:util';
import type { Outcome } from '#domain/decision.ts';
import type { Severity } from '#domain/severity.ts';
import type { VerdictLabel } from '#domain/verdict.ts';

type Style = Parameters<typeof styleText>[0];

/** Wraps a text of ours, or one that is inert already, in a style; without colour it is the text itself. */
export type Paint = (style: Style, text: string) => string;

export function createPaint(color: boolean): Paint {
  return (style, text) => (color ? styleText(style, text, { validateStream: false }) : text);
}

export const SEVERITY_STYLE: Record<Severity, Style> = {
  critical: ['magenta', 'bold'],
  high: ['red', 'bold'],
  medium: ['yellow', 'bold'],
  low: ['cyan', 'bold'],
  none: ['gray', 'bold'],
};
export const VERDICT_STYLE: Record<VerdictLabel, Style> = {
  true_positive: 'red',
  needs_review: 'yellow',
  false_positive: 'green',
};
/** One column wide everywhere, unlike emoji. */
export const VERDICT_SIGN: Record<VerdictLabel, string> = {
  true_positive: '✗',
  needs_review: '?',
  false_positive: '✓',
};
export const OUTCOME_STYLE: Record<Outcome, Style> = {
  passed: ['green', 'bold'],
  failed: ['red', 'bold'],
  unfinished: ['yellow', 'bold'],
};
