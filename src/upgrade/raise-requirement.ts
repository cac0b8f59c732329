// Puts a raised constraint in the place of the one that stands in a manifest; nothing else of the text is touched.
import type { Place } from '#domain/location.ts';
import type { Requirement } from '#domain/project.ts';
import { versionPlaceOf } from './edit-target.ts';
import { rewriteConstraint } from './rewrite-constraint.ts';

/** UTF-16 offsets; the end is exclusive. */
interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/** Null where the place is no part of one line of the text. */
function spanOf(text: string, { startLine, endLine, startColumn, endColumn }: Place): TextSpan | null {
  if (startColumn === null || endColumn === null || endLine !== startLine) return null;
  let lineStart = 0;
  for (let line = 1; line < startLine; line += 1) {
    const next = text.indexOf('\n', lineStart);
    if (next < 0) return null;
    lineStart = next + 1;
  }
  const lineEnd = text.indexOf('\n', lineStart);
  const [start, end] = [lineStart + startColumn - 1, lineStart + endColumn - 1];
  return start < lineStart || end <= start || end > (lineEnd < 0 ? text.length : lineEnd)
    ? null
    : { start, end };
}

/**
 * The text with every one of the requirements raised to `to`; null when one of them cannot be, or does not stand where it should.
 *
 * @param text without a byte order mark
 */
export function raiseRequirements(
  ecosystem: string,
  text: string,
  requirements: readonly Requirement[],
  to: string,
): string | null {
  const changes = new Map<number, TextSpan & { readonly written: string }>();
  for (const requirement of requirements) {
    const span = spanOf(text, versionPlaceOf(requirement));
    if (span === null || requirement.constraint === null || hasHashes(text, span)) return null;
    const raised = rewriteConstraint(ecosystem, requirement.constraint, to);
    const written = raised === null ? null : asWritten(ecosystem, text, span, requirement.constraint, raised);
    if (written === null) return null;
    changes.set(span.start, { ...span, written });
  }
  let result = '';
  let at = 0;
  for (const { start, end, written } of [...changes.values()].sort((a, b) => a.start - b.start)) {
    if (start < at) return null;
    result += text.slice(at, start) + written;
    at = end;
  }
  return result + text.slice(at);
}

/** Hashes of pip are those of one version: they have to be made anew by whoever made them. */
function hasHashes(text: string, { end }: TextSpan): boolean {
  const lineEnd = text.indexOf('\n', end);
  const rest = text.slice(end, lineEnd < 0 ? text.length : lineEnd).trimEnd();
  return rest.endsWith('\\') || /\s--hash\b/.test(rest);
}

/** Bundler takes one comparator in each text: `'~> 5.2', '>= 5.2.4'` is one constraint. */
function asWritten(
  ecosystem: string,
  text: string,
  { start, end }: TextSpan,
  constraint: string,
  raised: string,
): string | null {
  const standing = text.slice(start, end);
  if (ecosystem !== 'RubyGems') return standing === constraint ? raised : null;
  const quote = text[start - 1] === '"' ? '"' : "'";
  const gap = new RegExp(`${quote}\\s*,\\s*${quote}`).exec(standing)?.[0] ?? `${quote}, ${quote}`;
  return standing.split(gap).join(', ') === constraint ? raised.split(', ').join(gap) : null;
}
