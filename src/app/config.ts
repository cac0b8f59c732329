// Reads `assay.yml`: strict YAML, strict keys, every error at once with its line and column, and nothing that can act.
import { AssayError } from '#domain/errors.ts';
import type { Policy } from '#domain/policy.ts';
import { clipMarked } from '../support/mark-outside.ts';
import { EXAMPLES } from './config/examples.ts';
import { explainIssue } from './config/explain-issues.ts';
import { type PolicyDocument, PolicySchema } from './config/policy-schema.ts';
import { type PlacedValues, type Problem, readYaml } from './config/read-yaml.ts';
import { toPolicy } from './config/to-policy.ts';

/** Largest configuration, in bytes; checked before parsing (security row 22). */
export const MAX_CONFIG_BYTES = 256 * 1024;
const SHOWN_PROBLEMS = 20;

/** What holds when there is no configuration: the default rule, enforced; nothing waived, ignored or dismissed by policy. */
export const DEFAULT_POLICY: Policy = toPolicy({ version: 1 });

/**
 * The policy that a configuration file states. `name` stands before every error, for example `assay.yml` or `assay.yml@<sha>`.
 * Throws AssayError `configuration` that lists everything wrong as `name:line:column: …`, with an example in the hint.
 */
export function parsePolicy(content: string | Uint8Array, name: string): Policy {
  const text = decode(content, name);
  const placed = readYaml(text);
  const { document, problems } = check(placed);
  if (document === null || problems.length > 0) throw refusal(problems, placed, text, name);
  return toPolicy(document);
}

function decode(content: string | Uint8Array, name: string): string {
  const bytes = typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength;
  if (bytes > MAX_CONFIG_BYTES) {
    throw new AssayError(
      'configuration',
      `${name} is ${bytes} bytes long; the limit is ${MAX_CONFIG_BYTES}.`,
      {
        hint: 'A policy is a short file. Waivers that no longer match anything can go: the run lists them.',
      },
    );
  }
  const text = typeof content === 'string' ? content : new TextDecoder('utf-8').decode(content);
  // A reader that met bytes that are no UTF-8 (or UTF-16, which is full of NULs) leaves these behind.
  const bad = /[\ufffd\0]/.exec(text);
  if (bad !== null) {
    const line = text.slice(0, bad.index).split(/\r\n|\n|\r/).length;
    throw new AssayError('configuration', `${name}:${line}: the file is not UTF-8 text.`, {
      hint: 'Save it as UTF-8 without control characters.',
    });
  }
  return text.replace(/^\ufeff/, '');
}

function check(placed: PlacedValues): { document: PolicyDocument | null; problems: readonly Problem[] } {
  if (placed.broken) return { document: null, problems: placed.problems };
  if (placed.value === null && placed.problems.length === 0) {
    return {
      document: null,
      problems: [{ offset: 0, text: 'the file is empty: expected at least `version: 1`' }],
    };
  }
  const parsed = PolicySchema.safeParse(placed.value);
  if (parsed.success) return { document: parsed.data, problems: placed.problems };
  // A value that was refused as it stands is missing for the schema, which is not worth a second line.
  const refused = new Set(placed.problems.map((problem) => problem.offset));
  const wrong = parsed.error.issues
    .flatMap((issue) => explainIssue(issue, placed))
    .filter((problem) => !refused.has(problem.offset));
  return { document: null, problems: [...placed.problems, ...wrong] };
}

function refusal(problems: readonly Problem[], placed: PlacedValues, text: string, name: string): AssayError {
  const sorted = [...problems].sort((a, b) => a.offset - b.offset);
  const lines = sorted.slice(0, SHOWN_PROBLEMS).map((problem) => {
    const { line, column } = placed.positionOf(problem.offset);
    return `${name}:${line}:${column}: ${clipMarked(problem.text, 400)}`;
  });
  const rest = sorted.length - lines.length;
  const more = rest > 0 ? [`… and ${rest} more`] : [];
  return new AssayError('configuration', [...lines, ...more].join('\n'), { hint: hintFor(sorted[0], text) });
}

/** An example of the part that the first problem stands in. */
function hintFor(problem: Problem | undefined, text: string): string {
  const lineEnd = text.indexOf('\n', problem?.offset ?? 0);
  const before = lineEnd < 0 ? text : text.slice(0, lineEnd);
  const section = problem?.text.startsWith('version:')
    ? 'version'
    : [...before.matchAll(/^([a-z_]+):/gm)].at(-1)?.[1];
  const example = EXAMPLES.get(section ?? 'version') ?? EXAMPLES.get('gate');
  return `This is right:\n\n${example}\n\ndocs/configuration.md has the whole file.`;
}
