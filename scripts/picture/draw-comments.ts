// Draws a comment and the summary comment of the demo's dry run as HTML, as a reviewer sees them on GitHub.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readHistory } from '../demo/history.ts';
import { gitIn } from '../demo/isolated-git.ts';
import { drawLines } from './draw-lines.ts';
import { hunkAbove } from './hunk-above.ts';
import { renderBody } from './render-body.ts';
import { readWrittenComment } from './written-comment.ts';

const STYLE = readFileSync(new URL('github-like.css', import.meta.url), 'utf8');
const WHO = '<b>assay</b> <span class="kind">bot</span> commented';
const FACE = '<div class="face">A</div>';

/**
 * The first comment with a suggestion at a file, or at any, below the lines it is about; `repository` is the demo's, `publication` the
 * folder of its dry run.
 */
export function drawComment(repository: string, publication: string, at: string | null = null): string {
  const files = readdirSync(publication).filter((name) => name.startsWith('comment-'));
  const comments = files.sort().map((name) => readWrittenComment(path.join(publication, name)));
  const comment = comments.find(
    ({ path: file, markdown }) => markdown.includes('```suggestion') && (at === null || at === file),
  );
  if (comment === undefined)
    throw new Error(`No comment of the demo at ${at ?? 'any file'} carries a suggestion.`);
  const { base: from, head: to } = readHistory();
  const git = gitIn(repository);
  const { path: file, startLine, endLine, markdown } = comment;
  const hunk = hunkAbove(git, { from, to, path: file, line: endLine });
  const lines = git('show', `${to}:${file}`)
    .split('\n')
    .slice(startLine - 1, endLine);
  const body = renderBody(markdown, { startLine, lines });
  return page(`<div id="picture"><div class="frame">
<div class="file">${file}</div>${drawLines(hunk)}
<div class="thread"><div class="comment">${FACE}<div class="words"><div class="who">${WHO}</div><div class="body">${body}</div></div></div>
<div class="answer">Reply…</div></div></div></div>`);
}

/** The top of the summary comment. */
export function drawSummary(publication: string): string {
  const body = renderBody(readFileSync(path.join(publication, 'summary.md'), 'utf8'), null);
  return page(`<div id="picture" class="short"><div class="comment">${FACE}<div class="words frame issue-comment">
<div class="who">${WHO}</div><div class="body">${body}</div></div></div></div>`);
}

function page(content: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><style>${STYLE}</style><body>${content}</body></html>`;
}
