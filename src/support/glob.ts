// Path globs of the configuration: a small language without regular expressions, so that no path can make matching slow.
//
// Measured: picomatch 4 turns `*a*a*a*a*b` into a backtracking expression that takes 12 s on a 200-character path,
// well inside every length cap. Paths come from the change under review, so matching here is a two-pointer walk, at worst
// pattern × path steps. The tests hold it against picomatch on the language that both share.

/** Longest pattern, in UTF-16 units (security row 37). */
export const MAX_GLOB_LENGTH = 256;
/** Most `**` segments of one pattern (security row 37). */
export const MAX_GLOBSTARS = 20;
/** Most plain patterns that the braces of one pattern may stand for. */
const MAX_BRACE_ALTERNATIVES = 64;

/**
 * Says what is wrong with a pattern, as the end of the sentence "the glob …"; null when it is fine.
 *
 * The language: `*` any characters of one segment, `?` one character, `**` any number of whole segments (at the end: at least
 * one), `{a,b}` alternatives, everything else itself (so `app/[id]/(shop)` names exactly that folder). Case counts, dot files
 * match, and patterns start at the repository root.
 */
export function globProblem(pattern: string): string | null {
  if (pattern.length === 0) return 'is empty';
  if (pattern.length > MAX_GLOB_LENGTH) return `is longer than ${MAX_GLOB_LENGTH} characters`;
  if (pattern.startsWith('!')) return 'starts with "!": negation is not supported, list what should match';
  if (pattern.includes('\\')) return 'holds a backslash: write "/" between folders, nothing can be escaped';
  if (/\p{Cc}/u.test(pattern)) return 'holds a control character';
  const alternatives = expandBraces(pattern);
  if (alternatives === null) return 'has braces that do not pair up';
  if (alternatives.length > MAX_BRACE_ALTERNATIVES) {
    return `has braces that stand for more than ${MAX_BRACE_ALTERNATIVES} patterns`;
  }
  if (alternatives.includes('')) return 'has braces that stand for nothing';
  for (const alternative of alternatives) {
    const problem = segmentsProblem(alternative.split('/'));
    if (problem !== null) return problem;
  }
  return null;
}

function segmentsProblem(segments: readonly string[]): string | null {
  if (segments[0] === '') return 'starts with "/": patterns start at the repository root without it';
  if (segments.at(-1) === '') return 'ends with "/": write "folder/**" for everything below a folder';
  if (segments.includes('')) return 'holds "//"';
  if (segments.some((segment) => segment === '.' || segment === '..')) return 'holds a "." or ".." segment';
  if (segments.some((segment) => segment !== '**' && segment.includes('**'))) {
    return 'holds "**" beside other characters: "**" must stand alone between slashes';
  }
  if (segments.filter((segment) => segment === '**').length > MAX_GLOBSTARS) {
    return `holds more than ${MAX_GLOBSTARS} "**"`;
  }
  return null;
}

/**
 * One predicate for a list of patterns: true when any of them matches the whole path (relative to the repository root, `/`
 * between segments). Throws RangeError for a pattern that `globProblem` refuses; the configuration is checked before.
 */
export function compileGlobs(patterns: readonly string[]): (path: string) => boolean {
  const compiled = patterns.flatMap(compile);
  return (path) => {
    const segments = path.split('/').map(toCharacters);
    return compiled.some((pattern) => matchesSegments(pattern, segments));
  };
}

type Segment = '**' | readonly string[];

function compile(pattern: string): Segment[][] {
  const problem = globProblem(pattern);
  if (problem !== null) throw new RangeError(`the glob ${JSON.stringify(pattern)} ${problem}`);
  return (expandBraces(pattern) ?? []).map((alternative) => {
    const segments = alternative.split('/');
    // A closing `**` wants something below the folder: `src/**` is not the file `src`.
    if (segments.at(-1) === '**') segments.push('*');
    return segments.map((segment) => (segment === '**' ? '**' : toCharacters(segment)));
  });
}

/** Code points, so that `?` is one character also beyond U+FFFF. */
function toCharacters(text: string): readonly string[] {
  return [...text];
}

function matchesSegments(pattern: readonly Segment[], path: readonly (readonly string[])[]): boolean {
  return matchesWild(pattern, path, {
    isWild: (segment) => segment === '**',
    fits: (segment, actual) => segment !== '**' && matchesCharacters(segment, actual),
  });
}

function matchesCharacters(pattern: readonly string[], text: readonly string[]): boolean {
  return matchesWild(pattern, text, {
    isWild: (character) => character === '*',
    fits: (character, actual) => character === '?' || character === actual,
  });
}

/**
 * The greedy wildcard walk: only the last wildcard is ever tried again, which suffices because an earlier one could only
 * have skipped less. At worst pattern × items steps.
 */
function matchesWild<P, I>(
  pattern: readonly P[],
  items: readonly I[],
  kind: { isWild(part: P): boolean; fits(part: P, item: I): boolean },
): boolean {
  let at = 0;
  let wildAt = -1;
  let resumeAt = 0;
  for (let index = 0; index < items.length; ) {
    const part = pattern[at];
    if (part !== undefined && kind.isWild(part)) {
      wildAt = at;
      resumeAt = index;
      at += 1;
    } else if (part !== undefined && kind.fits(part, items[index] as I)) {
      at += 1;
      index += 1;
    } else if (wildAt >= 0) {
      resumeAt += 1;
      index = resumeAt;
      at = wildAt + 1;
    } else {
      return false;
    }
  }
  return pattern.slice(at).every(kind.isWild);
}

/** The patterns that a pattern with braces stands for (nesting allowed); null when they do not pair up. Stops just past the cap. */
function expandBraces(pattern: string): string[] | null {
  const done: string[] = [];
  const todo = [pattern];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const open = next.indexOf('{');
    const close = next.indexOf('}');
    if (open < 0 && close < 0) {
      done.push(next);
    } else {
      const choices = innermostChoices(next);
      if (choices === null) return null;
      todo.push(...choices);
    }
    if (done.length + todo.length > MAX_BRACE_ALTERNATIVES) return [...done, ...todo];
  }
  return done;
}

/** Replaces the first innermost `{a,b}` by each of its choices. */
function innermostChoices(pattern: string): string[] | null {
  const close = pattern.indexOf('}');
  const open = pattern.lastIndexOf('{', close);
  if (close < 0 || open < 0) return null;
  const choices = pattern.slice(open + 1, close).split(',');
  return choices.map((choice) => pattern.slice(0, open) + choice + pattern.slice(close + 1));
}
