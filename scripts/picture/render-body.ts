// GitHub-flavoured Markdown → HTML; a suggestion becomes the small diff that a reviewer sees, with its button.
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { type DrawnLine, drawLines } from './draw-lines.ts';

/** The lines that a suggestion replaces. */
export interface Replaced {
  readonly startLine: number;
  readonly lines: readonly string[];
}

const SUGGESTION = /^(`{3,})suggestion[^\n]*\n([\s\S]*?)^\1 *$/m;
/** Stands for the suggestion while Markdown is read: no comment holds it. */
const PLACE = '<div id="suggestion"></div>';

/** Trusts the Markdown: it is what Assay itself wrote of the demo. */
export function renderBody(markdown: string, replaced: Replaced | null): string {
  const [block, , text = ''] = SUGGESTION.exec(markdown) ?? [];
  const body = block === undefined ? markdown : markdown.replace(block, () => PLACE);
  const html = micromark(body, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
  return html.replace(PLACE, () => (replaced === null ? '' : drawSuggestion(text, replaced)));
}

function drawSuggestion(text: string, { startLine, lines }: Replaced): string {
  const written = text.replace(/\n$/, '').split('\n');
  const rows: DrawnLine[] = [
    ...lines.map((line, index) => ({ kind: 'removed', number: startLine + index, text: line }) as const),
    ...written.map((line, index) => ({ kind: 'added', number: startLine + index, text: line }) as const),
  ];
  const button = '<div class="button-row"><span class="button">Commit suggestion</span></div>';
  return `<div class="suggestion"><div class="title">Suggested change</div>${drawLines(rows)}${button}</div>`;
}
