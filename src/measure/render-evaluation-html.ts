// An evaluation as one self-contained page: opens anywhere, asks for nothing, and shows outside text as text.
import { html, htmlPage } from '../support/html-template.ts';
import type { Evaluation, SetRecord, SubjectTimes } from './evaluation.ts';
import { count } from './numbers.ts';
import { ablationPart, changePart, rankingPart } from './page/comparison-part.ts';
import { PAGE_SCRIPT, PAGE_STYLE } from './page/page-style.ts';
import { subjectPart } from './page/subject-part.ts';

export function renderEvaluationHtml(evaluation: Evaluation, times: readonly SubjectTimes[]): string {
  const { sets, subjects, findings, comparison, ablations, notices, tool } = evaluation;
  const timesOf = (name: string) => times.find((one) => one.name === name) ?? null;
  const title = `Assay evaluation: ${sets.map(({ name }) => name).join(', ')}`;
  const body = html`<main>
<header><h1>How good the verdicts are</h1>${sets.map(setLine)}</header>
${rankingPart(subjects, times)}
${(comparison?.subjects ?? []).map(changePart)}
${ablations.map(ablationPart)}
${subjects.map((subject) => subjectPart(subject, { findings, times: timesOf(subject.name) }))}
${notices.length > 0 && html`<h2>Notices</h2><div class="card">${notices.map((notice) => html`<p>${notice}</p>`)}</div>`}
<footer>Assay ${tool.version}. Figures count labelled findings only; what they mean stands in docs/evaluation.md.</footer>
</main>`;
  return htmlPage({ title, language: 'en', style: PAGE_STYLE, script: PAGE_SCRIPT, body });
}

function setLine({ name, labelled, real, unlabelled, missing, reports }: SetRecord) {
  const files = reports.map((report) => report.name).join(', ');
  return html`<p class="soft"><strong>${name}</strong> (${files}): ${count(labelled)} labelled findings, ${count(real)} real, ${count(labelled - real)} not${unlabelled > 0 && `; ${count(unlabelled)} results without a label`}${missing > 0 && `; ${count(missing)} labels without a result`}</p>`;
}
