// The drawings of the evaluation's page, as SVG: shares with their intervals, and the reliability of confidences.
import { type Html, html } from '#support/html-template.ts';
import type { Estimate } from '../intervals.ts';
import { decimal, percent } from '../numbers.ts';
import type { Reliability } from '../reliability.ts';

export type Tone = 'good' | 'bad' | 'open' | 'plain';

const BAR = { width: 88, height: 12 } as const;

/** A bar from 0 to 1 with the 95 % interval as a line over it; read out as text by screen readers. */
export function drawShare({ value, low, high }: Estimate, tone: Tone): Html | null {
  if (value === null) return null;
  const x = (share: number): number => round(Math.max(0, Math.min(1, share)) * BAR.width);
  const middle = BAR.height / 2;
  const label = `${percent(value)}, 95 % interval ${percent(low)} to ${percent(high)}`;
  return html`<svg class="inline" viewBox="0 0 ${BAR.width} ${BAR.height}" width="${BAR.width}" height="${BAR.height}" role="img" aria-label="${label}"><rect class="track" width="${BAR.width}" height="${BAR.height}" rx="3"/><rect class="bar ${tone}" width="${x(value)}" height="${BAR.height}" rx="3"/>${
    low !== null &&
    high !== null &&
    html`<line class="reach" x1="${x(low)}" x2="${x(high)}" y1="${middle}" y2="${middle}"/>`
  }</svg>`;
}

const PLOT = { left: 40, top: 12, size: 250, histogram: 44, gap: 34 } as const;
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1] as const;

/** Confidence against what came true, bin by bin, over the number of verdicts in each bin. */
export function drawReliability({ bins, ece, brier }: Reliability): Html {
  const { left, top, size, histogram, gap } = PLOT;
  const x = (share: number): number => round(left + share * size);
  const y = (share: number): number => round(top + (1 - share) * size);
  const floor = top + size + gap + histogram;
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const total = bins.reduce((sum, { count }) => sum + count, 0);
  const label = `Reliability: expected calibration error ${decimal(ece)}, Brier score ${decimal(brier)}`;
  const grid = TICKS.map(
    (tick) =>
      html`<line class="grid-line" x1="${x(tick)}" x2="${x(tick)}" y1="${y(0)}" y2="${y(1)}"/><line class="grid-line" x1="${x(0)}" x2="${x(1)}" y1="${y(tick)}" y2="${y(tick)}"/><text x="${x(tick)}" y="${y(0) + 15}" text-anchor="middle">${tick}</text><text x="${left - 7}" y="${y(tick) + 4}" text-anchor="end">${tick}</text>`,
  );
  const points = bins.map(({ count, meanConfidence, right, from, to }) => {
    if (meanConfidence === null || right === null) return null;
    const radius = round(3.5 + 6 * Math.sqrt(count / Math.max(1, total)));
    const height = round((count / most) * histogram);
    const title = `${count} verdicts with confidence ${from} to ${to}: stated ${decimal(meanConfidence)}, right ${decimal(right)}`;
    return html`<g><title>${title}</title><line class="gap" x1="${x(meanConfidence)}" x2="${x(meanConfidence)}" y1="${y(meanConfidence)}" y2="${y(right)}"/><circle class="dot" cx="${x(meanConfidence)}" cy="${y(right)}" r="${radius}"/><rect class="bin" x="${x(from) + 1}" width="${round(size / bins.length - 2)}" y="${floor - height}" height="${height}" rx="2"/><text x="${x((from + to) / 2)}" y="${floor - height - 3}" text-anchor="middle">${count}</text></g>`;
  });
  return html`<svg viewBox="0 0 ${left + size + 12} ${floor + 20}" width="${left + size + 12}" height="${floor + 20}" role="img" aria-label="${label}">${grid}<line class="ideal" x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}"/>${points}<line class="grid-line" x1="${left}" x2="${left + size}" y1="${floor}" y2="${floor}"/><text x="${left + size / 2}" y="${floor + 15}" text-anchor="middle">stated confidence, and verdicts in each bin</text><text x="${-(top + size / 2)}" y="10" text-anchor="middle" transform="rotate(-90)">right</text></svg>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
