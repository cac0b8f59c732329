// The last look at a text before it is posted: whatever could be live in it and is not ours keeps it from being sent (security row 12).
//
// Knows only the few Markdown shapes that our renderers write, each line whole in itself, and refuses everything else. It shares nothing
// with the functions that make foreign text inert, so that a mistake there is caught here.
import { hasInvisible } from '#support/invisible-characters.ts';
import { type Allowed, lookAtInline, splitCells } from './last-look-inline.ts';

interface Reading {
  /** Length of the fence that is open, 0 outside. */
  fence: number;
  /** What the line before was; a table reaches to the next blank line, an HTML block too. */
  before: 'blank' | 'table' | 'html' | 'text';
  /** How many folds are open. */
  folds: number;
}

const FENCE = /^(`{3,})(?:suggestion(?::-\d{1,3}\+\d{1,3})?|diff|yaml|sh|text)?$/;
const MARKER = /^<!-- assay:v1 [A-Za-z0-9 =._,-]+ -->$/;
const FOLD = /^<details><summary>([^<>`]+)<\/summary>$/;
/** GitLab's older reader of quick actions knows fences of three backticks only: in a longer one it takes such a line for a command. */
const COMMAND = /^\s*\/[a-z]/i;
const MARKER_START = /^\s*<!--\s*assay:/i;

/**
 * Null when nothing in the text is live but what we write ourselves; else what is, in a few words for the log (no foreign text in it).
 * Links may lead only to addresses below `allowedLinkPrefixes` (or to one of them exactly).
 */
export function lastLook(markdown: string, allowed: Allowed): string | null {
  const lines = markdown.trimEnd().split(/\r\n|\r|\n/);
  const reading: Reading = { fence: 0, before: 'blank', folds: 0 };
  for (const [index, line] of lines.entries()) {
    const isMarker = index === lines.length - 1 && reading.fence === 0 && MARKER.test(line);
    const live = isMarker ? null : lookAtLine(line, reading, allowed);
    if (live !== null) return `line ${index + 1}: ${live}`;
  }
  if (reading.fence > 0) return 'a fence that is not closed';
  return reading.folds === 0 ? null : 'a fold that is not closed';
}

/** The same for a part of a text, where no marker may stand. */
export function lastLookAtPart(markdown: string, allowed: Allowed): string | null {
  return lastLook(`${markdown.trimEnd()}\n\nEnd.`, allowed);
}

function lookAtLine(line: string, reading: Reading, allowed: Allowed): string | null {
  if (hasInvisible(line)) return 'an invisible character';
  if (reading.fence > 0) return lookInsideFence(line, reading);
  if (line.trim() === '') {
    reading.before = 'blank';
    return null;
  }
  if (reading.before === 'html') return 'text right below HTML';
  if (line.startsWith('`') && FENCE.test(line)) {
    reading.fence = FENCE.exec(line)?.[1]?.length ?? 0;
    return null;
  }
  if (line.startsWith('|')) return lookAtRow(line, reading, allowed);
  if (line.startsWith('<details>') || line.startsWith('</details>'))
    return lookAtFold(line, reading, allowed);
  if (reading.before === 'table') return 'text right below a table';
  reading.before = 'text';
  return lookAtText(line, allowed);
}

function lookInsideFence(line: string, reading: Reading): string | null {
  const run = /^ {0,3}(`+)[ \t]*$/.exec(line)?.[1]?.length ?? 0;
  if (run >= reading.fence) {
    reading.fence = 0;
    reading.before = 'text';
    return null;
  }
  if (MARKER_START.test(line)) return 'a marker in a fence';
  return reading.fence > 3 && COMMAND.test(line) ? 'a command in a long fence' : null;
}

function lookAtRow(line: string, reading: Reading, allowed: Allowed): string | null {
  if (reading.before !== 'blank' && reading.before !== 'table') return 'a table right below text';
  reading.before = 'table';
  const cells = splitCells(line);
  if (cells === null) return 'a broken row of a table';
  return firstOf(cells.map((cell) => lookAtInline(cell.replaceAll('\\|', ' '), allowed)));
}

function lookAtFold(line: string, reading: Reading, allowed: Allowed): string | null {
  reading.before = 'html';
  if (line === '</details>') {
    reading.folds -= 1;
    return reading.folds < 0 ? 'a fold that was not opened' : null;
  }
  reading.folds += 1;
  const title = FOLD.exec(line)?.[1];
  return title === undefined ? 'HTML' : lookAtInline(title, { ...allowed, allowedLinkPrefixes: [] });
}

/** What may not begin a line: other blocks than ours, commands to GitLab or to other bots, front matter. */
const BEGINNINGS: readonly (readonly [RegExp, string])[] = [
  [/^\s/, 'an indented line'],
  [/^(?:`{3,}[^`]*$|~{3})/, 'a fence'],
  [/^\//, 'a command'],
  [/^(?:bors|retest|recheck|rebase|merge|approve|lgtm)\b/i, 'a command'],
  [/^>/, 'a quote'],
  [/^[-+*](?:\s|$)/, 'a list'],
  [/^\d+[.)](?:\s|$)/, 'a list'],
  [/^#/, 'a heading'],
  [/^(?::::?|;;;|\+\+\+)/, 'a block of another kind'],
  // A colon alone is a colon.
  [/^(?=.*[-=_*+|])[-=_*+:|\s]+$/, 'a rule or an underline'],
  [/^<[^>]*>\s*$/, 'HTML'],
];

function lookAtText(line: string, allowed: Allowed): string | null {
  // The same reader of GitLab's pairs whatever begins a line with three backticks.
  if (line.startsWith('```')) return 'a fence';
  const text = line.replace(/^(?:#{1,6} |- |\d{1,3}\. )/, '');
  const beginning = BEGINNINGS.find(([pattern]) => pattern.test(text));
  return beginning === undefined ? lookAtInline(text, allowed) : beginning[1];
}

function firstOf(answers: readonly (string | null)[]): string | null {
  return answers.find((answer) => answer !== null) ?? null;
}
