// Makes an incoming result of what a code scanner says in its own format; shared by the readers of native reports.
import type { Level, RawLocation, RawRegion, RawRule, RawSuppression } from '#domain/report.ts';
import type { DraftResult, FormatOutput } from '../formats/report-format.ts';
import { asInteger, asText } from '../json/shape.ts';
import { CAPS } from '../sarif/caps.ts';
import { noObject } from '../sca/unused-entries.ts';

export interface NativeRule extends Partial<Omit<RawRule, 'id'>> {
  /** Null when the report names none. */
  readonly id: string | null;
}

export type NativeEntry = Omit<DraftResult, 'rule' | 'message'> & {
  readonly rule: NativeRule;
  readonly message: string | null;
};

export function nativeResult({ rule, message, ...rest }: NativeEntry): DraftResult {
  const id = rule.id ?? '(no rule id)';
  return {
    ...rest,
    rule: { ...UNSAID, ...rule, id },
    message: message ?? rule.shortDescription ?? rule.name ?? id,
  };
}

const UNSAID: Omit<RawRule, 'id'> = {
  name: null,
  shortDescription: null,
  fullDescription: null,
  help: null,
  helpUri: null,
  tags: [],
  precision: null,
};

/** Lines and columns from 1 on, the end column behind the last character; what is no such number counts as missing. */
export interface NativePlace {
  readonly startLine?: unknown;
  readonly endLine?: unknown;
  readonly startColumn?: unknown;
  readonly endColumn?: unknown;
}

/** Null when it names no file. `path` is a plain path, not a URI. */
export function placeAt(path: unknown, place: NativePlace = {}, message: unknown = null): RawLocation | null {
  const file = asText(path, CAPS.uri);
  if (file === null || file.trim() === '') return null;
  return {
    // Whoever follows it decodes it once.
    uri: file.replaceAll('%', '%25'),
    uriProblem: null,
    region: regionOf(place),
    message: asText(message, CAPS.stepMessage),
    logicalNames: [],
  };
}

function regionOf(place: NativePlace): RawRegion | null {
  const startLine = asInteger(place.startLine, 1);
  if (startLine === null) return null;
  const endLine = asInteger(place.endLine, startLine);
  const startColumn = asInteger(place.startColumn, 1);
  const endColumn = startColumn === null ? null : asInteger(place.endColumn, 1);
  const isBackwards = (endLine ?? startLine) === startLine && (endColumn ?? Infinity) < (startColumn ?? 0);
  return {
    startLine,
    startColumn,
    endLine,
    endColumn: isBackwards ? null : endColumn,
    charOffset: null,
    charLength: null,
    byteOffset: null,
    byteLength: null,
  };
}

/** A word of the tool's for how bad something is → the level of SARIF; any other word is a warning. */
export function levelOfWord(word: string | null): Level {
  return LEVELS.get(word?.toLowerCase() ?? '') ?? 'warning';
}

const LEVELS: ReadonlyMap<string, Level> = new Map([
  ...['critical', 'high', 'error', 'blocker'].map((word) => [word, 'error'] as const),
  ...['medium', 'warning', 'major', 'moderate'].map((word) => [word, 'warning'] as const),
  ...['low', 'info', 'information', 'note', 'style', 'minor', 'weak'].map((word) => [word, 'note'] as const),
]);

/** A tool's word for how sure it is → `precision`, as code scanning sites know it; null for any other word. */
export function precisionOf(value: unknown): string | null {
  return PRECISIONS.get(wordIn(value)?.toLowerCase() ?? '') ?? null;
}

const PRECISIONS: ReadonlyMap<string, string> = new Map([
  ['confirmed', 'very-high'],
  ['high', 'high'],
  ['medium', 'medium'],
  ['low', 'low'],
  ['weak', 'low'],
]);

/** No level is above high: the word would be lost. */
export function scoreOfWord(word: string | null): number | null {
  return word?.toLowerCase() === 'critical' ? CRITICAL_SCORE : null;
}

const CRITICAL_SCORE = 9.5;

/** Set aside by somebody: `inSource` by a comment in the code, `external` elsewhere. */
export function setAside(
  kind: 'inSource' | 'external',
  justification: unknown,
  status: 'accepted' | 'underReview' = 'accepted',
): RawSuppression {
  const text = asText(justification, CAPS.message);
  return { kind, status, justification: text === '' ? null : text, location: null };
}

/** Puts out that a value in a list of results is none. */
export function refuseEntry(value: unknown, output: FormatOutput): void {
  output.rejected({ ruleId: null, uri: null, line: null, why: noObject(value) });
}

/** A name, path or other short text without white space around it; null when it is empty. */
export function wordIn(value: unknown, maximum: number = CAPS.name): string | null {
  const text = asText(value, maximum)?.trim() ?? '';
  return text === '' ? null : text;
}
