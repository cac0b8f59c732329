// The findings that a team accepted as existing: writes them down, reads them back, and tells who is among them.
import * as z from 'zod';
import { AssayError } from '#domain/errors.ts';
import type { Finding } from '#domain/finding.ts';
import { stableJson } from '#support/stable-json.ts';

/** Characters of a baseline file, at most. */
const SIZE_CAP = 256 * 1024 * 1024;
const WITH_PATH = 'assayPath/v1';
const WITHOUT_PATH = 'assay/v1';

interface BaselineEntry {
  /** `assayPath/v1`. */
  readonly withPath: string;
  /** `assay/v1`, which stays when the file moves. */
  readonly withoutPath: string;
}

export interface Baseline {
  /** As the user named it. */
  readonly name: string;
  /** One entry a finding; two equal findings make two equal entries. */
  readonly entries: readonly BaselineEntry[];
}

type BaselineFinding = Pick<Finding, 'ruleId' | 'fingerprints'> & {
  readonly location: Pick<Finding['location'], 'path'>;
};

const fingerprint = z.string().min(1).max(256);
/** What a baseline file and an `assay.json` have in common; the rest is for people. */
const baselineFile = z.object({
  schemaVersion: z.literal(1),
  findings: z
    .array(z.object({ fingerprints: z.object({ [WITH_PATH]: fingerprint, [WITHOUT_PATH]: fingerprint }) }))
    .max(1_000_000),
});

/** A baseline file: JSON, schemaVersion 1, the same bytes for the same findings in any order. */
export function createBaseline(findings: readonly BaselineFinding[]): string {
  const entries = findings.map(({ ruleId, location, fingerprints }) => ({
    path: location.path,
    rule: ruleId,
    fingerprints: {
      [WITH_PATH]: fingerprints[WITH_PATH] ?? '',
      [WITHOUT_PATH]: fingerprints[WITHOUT_PATH] ?? '',
    },
  }));
  // Sorted by place so that a review of the file's diff is readable; the text settles what is left.
  const sorted = entries.map((entry) => ({ entry, key: JSON.stringify(entry) })).sort(byKey);
  return stableJson({ schemaVersion: 1, findings: sorted.map(({ entry }) => entry) });
}

/** Reads a baseline file or an earlier `assay.json`. Throws AssayError `usage` that names the file and what is wrong with it. */
export function parseBaseline(text: string, name: string): Baseline {
  if (text.length > SIZE_CAP) throw refuse(name, `it is larger than ${SIZE_CAP} characters`);
  const parsed = baselineFile.safeParse(parseJson(text, name));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue === undefined || issue.path.length === 0 ? 'the file' : issue.path.join('.');
    throw refuse(name, `${place}: ${issue?.message ?? 'not understood'}`, parsed.error);
  }
  const entries = parsed.data.findings.map(({ fingerprints }) => ({
    withPath: fingerprints[WITH_PATH],
    withoutPath: fingerprints[WITHOUT_PATH],
  }));
  return { name, entries };
}

/**
 * Ids of the findings that are in the baseline. Each entry accepts one finding: of two equal findings with one entry, one is new.
 * The same path goes first; what is left matches without the path, for files that moved.
 */
export function findAccepted(
  baseline: Baseline,
  findings: readonly Pick<Finding, 'id' | 'fingerprints'>[],
): ReadonlySet<string> {
  const accepted = new Set<string>();
  const unused = takeMatches(baseline.entries, findings, {
    ofEntry: (entry) => entry.withPath,
    ofFinding: (finding) => finding.fingerprints[WITH_PATH],
    accepted,
  });
  takeMatches(unused, findings, {
    ofEntry: (entry) => entry.withoutPath,
    ofFinding: (finding) => finding.fingerprints[WITHOUT_PATH],
    accepted,
  });
  return accepted;
}

/** Pairs findings with entries, one to one, in order; returns the entries without a partner. */
function takeMatches<F extends Pick<Finding, 'id'>>(
  entries: readonly BaselineEntry[],
  findings: readonly F[],
  by: {
    ofEntry(entry: BaselineEntry): string;
    ofFinding(finding: F): string | undefined;
    readonly accepted: Set<string>;
  },
): readonly BaselineEntry[] {
  const waiting = Map.groupBy(entries, by.ofEntry);
  for (const finding of findings) {
    const key = by.accepted.has(finding.id) ? undefined : by.ofFinding(finding);
    if (key !== undefined && waiting.get(key)?.pop() !== undefined) by.accepted.add(finding.id);
  }
  return [...waiting.values()].flat();
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw refuse(name, 'it is not JSON', cause);
  }
}

function refuse(name: string, problem: string, cause?: unknown): AssayError {
  return new AssayError('usage', `The baseline ${name} cannot be used: ${problem}.`, {
    hint: 'Give a file that "assay baseline" wrote, or the assay.json of an earlier run.',
    cause,
  });
}

function byKey(a: { readonly key: string }, b: { readonly key: string }): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}
