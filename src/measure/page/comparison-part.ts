// The parts of the page that compare: judges with each other, now with earlier, and with a part left out.
import { type Html, html } from '#support/html-template.ts';
import type { SubjectComparison, VerdictChange } from '../compare-subjects.ts';
import type { Ablation, SubjectRecord, SubjectTimes } from '../evaluation.ts';
import { change, count } from '../numbers.ts';
import { SUBJECT_COLUMNS, subjectCells } from '../subject-columns.ts';

/** Changes that are listed; all stand in eval.json. */
const LISTED = 300;

export function rankingPart(subjects: readonly SubjectRecord[], times: readonly SubjectTimes[]): Html | null {
  if (subjects.length < 2) return null;
  const rows = subjectCells(subjects, times).map(
    (cells, at) =>
      html`<tr><th scope="row">${subjects[at]?.name ?? ''}</th>${cells.map(({ text, isBest }) => html`<td class="${isBest ? 'best' : ''}">${text}</td>`)}</tr>`,
  );
  const heads = SUBJECT_COLUMNS.map(
    ({ title, meaning }) => html`<th scope="col" title="${meaning}">${title}</th>`,
  );
  return html`<h2>Which one to choose</h2><div class="card"><div class="scroll"><table>
<caption>Fewest false dismissals first, then MCC. The best of each column stands out.</caption>
<thead><tr><th scope="col">judge</th>${heads}</tr></thead><tbody>${rows}</tbody></table></div></div>`;
}

export function changePart({ subject, against, common, ...comparison }: SubjectComparison): Html {
  const { changes, differences, regressions } = comparison;
  const better = changes.filter(({ effect }) => effect === 'better').length;
  const sorted = [...changes].sort((a, b) => weight(b) - weight(a));
  const heading = subject === against ? `${subject}, then and now` : `${subject}, compared with ${against}`;
  const end =
    regressions.length === 0
      ? html`<span class="tag good">no regression</span>`
      : html`<span class="tag bad">regression</span> ${regressions.join(' ')}`;
  const rest = changes.length - LISTED;
  return html`<h2>${heading}</h2><div class="card"><p>${end}</p>
<p>${count(common)} findings in both: ${count(better)} better, ${count(changes.length - better)} worse. False dismissals ${change(differences.falseDismissals, 0)}, MCC ${change(differences.mcc)}, F1 ${change(differences.f1)}, decided ${change(differences.decided)}.</p>
${
  changes.length > 0 &&
  html`<div class="scroll"><table class="sortable"><thead><tr><th scope="col">effect</th><th class="left" scope="col">place</th><th class="left" scope="col">rule</th><th class="left" scope="col">label</th><th class="left" scope="col">before</th><th class="left" scope="col">after</th></tr></thead>
<tbody>${sorted.slice(0, LISTED).map(changeRow)}</tbody></table></div>`
}
${rest > 0 && html`<p class="soft">${count(rest)} more stand in eval.json.</p>`}</div>`;
}

function changeRow(one: VerdictChange): Html {
  const words = one.isNewFalseDismissal ? 'real finding dismissed' : one.effect;
  const tone = one.effect === 'better' ? 'good' : 'bad';
  return html`<tr><td class="left"><span class="tag ${tone}">${words}</span></td><td class="text"><code>${one.path}:${one.line}</code></td><td class="text"><code>${one.ruleId}</code></td><td class="left">${one.isReal ? 'real' : 'not real'}</td><td class="left">${one.before.replaceAll('_', ' ')}</td><td class="left">${one.after.replaceAll('_', ' ')}</td></tr>`;
}

/** The worst first. */
function weight({ effect, isNewFalseDismissal }: VerdictChange): number {
  return isNewFalseDismissal ? 2 : effect === 'worse' ? 1 : 0;
}

export function ablationPart({ subject, parts }: Ablation): Html {
  const rows = parts.map(
    ({ part, differences: { falseDismissals, mcc, f1, decided }, changed, better, worse }) =>
      html`<tr><th scope="row"><code>${part}</code></th>${numberCell(falseDismissals, 0, 'lowest')}${numberCell(mcc, 3, 'highest')}${numberCell(f1, 3, 'highest')}${numberCell(decided, 3, null)}<td data-value="${changed}">${count(changed)}</td><td data-value="${better}">${count(better)}</td><td data-value="${worse}">${count(worse)}</td></tr>`,
  );
  return html`<h2>${subject}: what each part is worth</h2><div class="card"><div class="scroll"><table class="sortable">
<caption>Each row is a run without that part: the figures without it, minus those with it.</caption>
<thead><tr><th scope="col">without</th><th scope="col">false dismissals</th><th scope="col">MCC</th><th scope="col">F1</th><th scope="col">decided</th><th scope="col">verdicts changed</th><th scope="col">better</th><th scope="col">worse</th></tr></thead>
<tbody>${rows}</tbody></table></div></div>`;
}

function numberCell(value: number | null, digits: number, best: 'highest' | 'lowest' | null): Html {
  const shown = change(value, digits);
  const isNothing = value === null || best === null || shown === '±0';
  const tone = isNothing ? '' : value > 0 === (best === 'highest') ? 'good' : 'bad';
  return html`<td class="${tone}" data-value="${value ?? -9}">${shown}</td>`;
}
