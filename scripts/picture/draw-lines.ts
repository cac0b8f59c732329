// Lines of code as rows with a number, a sign and a colour, as a diff shows them.
import { toHtml } from '../../src/support/escape-html.ts';

export interface DrawnLine {
  readonly kind: 'added' | 'removed' | 'kept';
  readonly number: number | null;
  readonly text: string;
}

const SIGNS = { added: '+', removed: '-', kept: ' ' } as const;

export function drawLines(lines: readonly DrawnLine[]): string {
  const rows = lines.map(
    ({ kind, number, text }) =>
      `<tr class="${kind}"><td class="number">${number ?? ''}</td><td class="sign">${SIGNS[kind]}</td><td>${toHtml(text)}</td></tr>`,
  );
  return `<table class="lines">${rows.join('')}</table>`;
}
