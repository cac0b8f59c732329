// Reads JSON that nobody may read in two ways: a key that stands twice in an object, or a text too deep, is refused (security rows 20 and 31).

/** As deep as any report may be. */
const MAX_DEPTH = 64;

export type StrictJson =
  | { readonly kind: 'value'; readonly value: unknown }
  /** `why` is a sentence without anything of the text in it. */
  | { readonly kind: 'invalid'; readonly why: string };

/** @param most characters (UTF-16 code units) of the text, white space around it included */
export function parseJsonStrictly(text: string, most: number): StrictJson {
  if (text.length > most) return invalid(`The answer has more than ${most} characters.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return invalid('The answer is not JSON alone.');
  }
  const problem = structureProblem(text);
  return problem === null ? { kind: 'value', value } : invalid(problem);
}

function invalid(why: string): StrictJson {
  return { kind: 'invalid', why };
}

/** Strings whole, so that what stands inside of them is never taken for structure. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]/g;

/** Of a text that `JSON.parse` took. */
function structureProblem(text: string): string | null {
  /** The keys of each open object; null for an array. */
  const open: (Set<string> | null)[] = [];
  let isKey = false;
  for (const [token] of text.matchAll(TOKENS)) {
    const keys = open.at(-1);
    if (token === '{' || token === '[') {
      if (open.length >= MAX_DEPTH) return `The answer is nested deeper than ${MAX_DEPTH} levels.`;
      open.push(token === '{' ? new Set() : null);
      isKey = token === '{';
    } else if (token === '}' || token === ']') {
      open.pop();
      isKey = false;
    } else if (token === ',') isKey = keys instanceof Set;
    else if (isKey && keys instanceof Set) {
      const key: string = JSON.parse(token);
      if (keys.has(key)) return 'An object of the answer has the same key twice.';
      keys.add(key);
      isKey = false;
    }
  }
  return null;
}
