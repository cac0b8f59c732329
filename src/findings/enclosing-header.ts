// Finds the line that opens the function around a line by indentation alone, in any language: part of what a fingerprint remembers.
import type { SourceText } from './source-texts.ts';

/** The header of the function around a line, whitespace normalised; '' when there is none to be seen. */
export type HeaderFinder = (line: number) => string;

/** Blocks that are no functions: wrapping code in one of them must not give its findings new ids. */
const CONTROL =
  /^(?:[})\]\s]*)(?:if|else|elif|elsif|elseif|for|foreach|while|until|unless|switch|match|case|when|select|catch|except|rescue|ensure|finally|try|do|with|using|lock|synchronized|begin|return|await|yield|throw|new|loop|unsafe|defer|go)\b/;
/** Headers of languages that may leave the parentheses out. */
const NAMED =
  /^(?:(?:export|public|private|protected|static|async)\s+)*(?:def|fn|func|fun|function|sub|proc)\b/;
/** Comments and preprocessor lines stand at any indentation. */
const NO_CODE = /^(?:\/\/|\/\*|\*|#|--|<!--|;|%)/;
const PUNCTUATION = /^[\s{}()[\];,]*$/;
const TAB_WIDTH = 8;
const MOST_STEPS = 64;

/**
 * Reads the outline of a text in one pass. The header is the nearest line above with less indentation that looks like a
 * function's; consistent re-indentation, and lines inserted anywhere else, leave it the same.
 */
export function createHeaderFinder(text: SourceText): HeaderFinder {
  const { parents, levels } = outline(text);
  return (line) => {
    let current = parents[line] ?? 0;
    for (let step = 0; current > 0 && step < MOST_STEPS; step += 1) {
      const content = text.line(current).trim();
      if ((content.includes('(') && !CONTROL.test(content)) || NAMED.test(content))
        return normaliseSpace(content);
      // A brace on its own line (Allman style) belongs to the header at the same level above it.
      current = (PUNCTUATION.test(content) ? levels[current] : parents[current]) ?? 0;
    }
    return '';
  };
}

/** Whitespace is no part of what a line says: runs become one space, the ends are cut. */
export function normaliseSpace(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

interface Outline {
  /** By line: the nearest line above that is indented less; 0 for none. */
  readonly parents: Int32Array;
  /** By line: the nearest line above that is indented no more; 0 for none. */
  readonly levels: Int32Array;
}

function outline(text: SourceText): Outline {
  const parents = new Int32Array(text.lineCount + 1);
  const levels = new Int32Array(text.lineCount + 1);
  const open: { readonly line: number; readonly indent: number }[] = [];
  for (let line = 1; line <= text.lineCount; line += 1) {
    const content = text.line(line);
    const indent = measureIndent(content);
    let level = 0;
    // For a blank line or a comment the stack is only looked at: it closes no block.
    const isCode = indent < content.length && !NO_CODE.test(content.slice(indent, indent + 4));
    const width = measureWidth(content, indent);
    let top = open.length - 1;
    for (; top >= 0 && (open[top]?.indent ?? 0) >= width; top -= 1) {
      if (level === 0 && open[top]?.indent === width) level = open[top]?.line ?? 0;
    }
    parents[line] = open[top]?.line ?? 0;
    levels[line] = level === 0 ? (parents[line] ?? 0) : level;
    if (!isCode) continue;
    open.length = top + 1;
    open.push({ line, indent: width });
  }
  return { parents, levels };
}

function measureIndent(content: string): number {
  const first = content.search(/\S/);
  return first === -1 ? content.length : first;
}

function measureWidth(content: string, indent: number): number {
  let width = 0;
  for (let at = 0; at < indent; at += 1) width += content[at] === '\t' ? TAB_WIDTH - (width % TAB_WIDTH) : 1;
  return width;
}
