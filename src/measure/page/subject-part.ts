// The part of the page that is about one judge: what it said, how well, how sure, and where it goes wrong.
import { type Html, html } from '#support/html-template.ts';
import type { SubjectRecord, SubjectTimes } from '../evaluation.ts';
import type { Figures } from '../figures.ts';
import type { Estimate } from '../intervals.ts';
import { joinVerdicts, type LabelledFinding } from '../labelled-finding.ts';
import type { GroupFigures } from '../measure-verdicts.ts';
import { count, decimal, dollars, duration, percent } from '../numbers.ts';
import { drawReliability, drawShare, type Tone } from './draw-figures.ts';

/** Wrong verdicts that are listed; all stand in eval.json. */
const LISTED = 200;

export function subjectPart(
  subject: SubjectRecord,
  context: { readonly findings: readonly LabelledFinding[]; readonly times: SubjectTimes | null },
): Html {
  const { overall, bySet, byCwe, byLanguage, byTool, reliability } = subject.measurement;
  return html`<section>
<h2>${subject.name}</h2>
<div class="cards">
<div class="stack"><div class="card"><h3>What it said</h3>${confusionTable(overall)}</div>${costCard(subject, context.times)}</div>
<div class="card"><h3>How well it tells</h3>${figureTable(overall)}</div>
<div class="card"><h3>How far its confidence can be believed</h3>${drawReliability(reliability)}<p class="soft">On the dashed line a stated 0.9 is right nine times in ten. ECE ${decimal(reliability.ece)}, Brier ${decimal(reliability.brier)}.</p></div>
</div>
${groupCard('Set', bySet)}${groupCard('Weakness', byCwe)}${groupCard('Language', byLanguage)}${groupCard('Tool', byTool)}
${mistakesCard(subject, context.findings)}
</section>`;
}

function confusionTable({ confusion: { real, notReal } }: Figures): Html {
  const cell = (value: number, tone: Tone) => html`<td class="${tone}">${count(value)}</td>`;
  return html`<div class="scroll"><table class="confusion">
<thead><tr><th scope="col">labelled</th><th scope="col">true positive</th><th scope="col">needs review</th><th scope="col">false positive</th></tr></thead>
<tbody><tr><th scope="row">real</th>${cell(real.true_positive, 'good')}${cell(real.needs_review, 'open')}${cell(real.false_positive, 'bad')}</tr>
<tr><th scope="row">not real</th>${cell(notReal.true_positive, 'bad')}${cell(notReal.needs_review, 'open')}${cell(notReal.false_positive, 'good')}</tr></tbody>
</table></div>`;
}

function figureTable({ gate, decided, falseDismissals, noiseRemoved }: Figures): Html {
  const shareRow = (name: string, share: Estimate, tone: Tone) =>
    html`<tr><th scope="row">${name}</th><td>${percent(share.value)}</td><td>${drawShare(share, tone)}</td></tr>`;
  const numberRow = (name: string, estimate: Estimate) =>
    html`<tr><th scope="row">${name}</th><td>${decimal(estimate.value)}</td><td><small>${rangeOf(estimate, decimal)}</small></td></tr>`;
  return html`<div class="scroll"><table>
<caption>Needs review counts as kept. Lines over the bars: 95 % intervals.</caption>
<tbody>${shareRow('False dismissals', falseDismissals, 'bad')}${shareRow('Noise removed', noiseRemoved, 'good')}${shareRow('Decided', decided, 'plain')}${shareRow('Precision', gate.precision, 'plain')}${shareRow('Recall', gate.recall, 'plain')}${numberRow('F1', gate.f1)}${numberRow('MCC', gate.mcc)}${numberRow('TPR−FPR', gate.youden)}</tbody>
</table></div>`;
}

function rangeOf({ low, high }: Estimate, show: (value: number | null) => string): string {
  return low === null || high === null ? '' : `${show(low)} to ${show(high)}`;
}

function costCard({ cost, prompts }: SubjectRecord, times: SubjectTimes | null): Html | null {
  if (cost === null) return null;
  const { tokens } = cost;
  const row = (name: string, value: string) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`;
  const latency = times?.latencyMs ?? null;
  return html`<div class="card"><h3>What it cost</h3><div class="scroll"><table><tbody>
${row('Findings asked about', count(cost.asked))}${row('answered', count(cost.answered))}${cost.notAsked > 0 && row('left out by the budget', count(cost.notAsked))}
${row('Tokens in', count(tokens.input))}${row('of them cached by the provider', count(tokens.cached))}${row('Tokens out', count(tokens.output))}${row('Money', dollars(cost.money))}
${times !== null && [row('Requests in this run', count(times.requests)), row('Latency p50', duration(latency?.p50 ?? null)), row('Latency p95', duration(latency?.p95 ?? null))]}
</tbody></table></div>${prompts.length > 0 && html`<p class="soft">Prompts: <code>${prompts.join(', ')}</code></p>`}</div>`;
}

function groupCard(title: string, groups: readonly GroupFigures[]): Html | null {
  if (groups.length < 2) return null;
  const rows = groups.map(({ name, figures }) => {
    const { findings, real, decided, falseDismissals, noiseRemoved, gate } = figures;
    const share = (value: Estimate, tone: Tone) =>
      html`<td data-value="${value.value ?? -1}"><span class="share">${percent(value.value)}${drawShare(value, tone)}</span></td>`;
    return html`<tr><th scope="row">${name}</th><td data-value="${findings}">${count(findings)}</td><td data-value="${real}">${count(real)}</td><td data-value="${falseDismissals.count}">${falseDismissals.count > 0 ? html`<span class="bad">${count(falseDismissals.count)}</span>` : 0}</td>${share(falseDismissals, 'bad')}${share(noiseRemoved, 'good')}${share(decided, 'plain')}<td data-value="${gate.youden.value ?? -2}">${decimal(gate.youden.value)}</td></tr>`;
  });
  return html`<details class="card"${groups.length <= 12 && html` open`}><summary>By ${title.toLowerCase()}</summary><div class="scroll"><table class="sortable">
<thead><tr><th scope="col">${title}</th><th scope="col">findings</th><th scope="col">real</th><th scope="col">false dismissals</th><th scope="col">of the real ones</th><th scope="col">noise removed</th><th scope="col">decided</th><th scope="col">TPR−FPR</th></tr></thead>
<tbody>${rows}</tbody></table></div></details>`;
}

function mistakesCard({ verdicts }: SubjectRecord, findings: readonly LabelledFinding[]): Html | null {
  const wrong = joinVerdicts(findings, verdicts).filter(
    ({ verdict, isReal }) => verdict !== 'needs_review' && (verdict === 'true_positive') !== isReal,
  );
  if (wrong.length === 0) return null;
  const sorted = [...wrong].sort((a, b) => Number(b.isReal) - Number(a.isReal));
  const rows = sorted
    .slice(0, LISTED)
    .map(
      ({ isReal, path, line, ruleId, set, reason, confidence, by }) =>
        html`<tr><td class="left"><span class="tag ${isReal ? 'bad' : 'open'}">${isReal ? 'real, dismissed' : 'not real, called real'}</span></td><td class="text"><code>${path}:${line}</code></td><td class="text"><code>${ruleId}</code></td><td class="left">${set}</td><td class="left">${reason} <small>${by}</small></td><td>${decimal(confidence)}</td></tr>`,
    );
  const rest = wrong.length - rows.length;
  return html`<details class="card"><summary>Wrong verdicts (${count(wrong.length)})</summary><div class="scroll"><table class="sortable">
<thead><tr><th scope="col">mistake</th><th class="left" scope="col">place</th><th class="left" scope="col">rule</th><th class="left" scope="col">set</th><th class="left" scope="col">reason</th><th scope="col">confidence</th></tr></thead>
<tbody>${rows}</tbody></table></div>${rest > 0 && html`<p class="soft">${count(rest)} more stand in eval.json.</p>`}</details>`;
}
