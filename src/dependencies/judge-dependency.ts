// A dependency finding and what the search of the sources found → its verdict, within what the facts allow (pure).
import type { Finding } from '#domain/finding.ts';
import type { Citation } from '#domain/location.ts';
import { type Phrase, type PhraseBook, phrase, say } from '#domain/phrase.ts';
import type { Reached } from '#domain/reachability.ts';
import type { Reason, ReasonCode, Verdict, VerdictLabel } from '#domain/verdict.ts';
import { markOutside } from '#support/mark-outside.ts';

/** Whether the installed versions are affected at all, by advisories that were checked here. */
export interface AffectedCheck {
  /** `disputed`: the advisories say not affected of the very version that a report calls affected. */
  readonly answer: 'affected' | 'not_affected' | 'disputed' | 'unknown';
  /** Ids of the advisories that say so. */
  readonly by: readonly string[];
}

export interface JudgeDependencyContext {
  /** Null where no project of the repository has the package: nothing could be searched. */
  readonly reached: Reached | null;
  readonly affected: AffectedCheck;
  /** Whether the policy says that what only development brings in does not count. */
  readonly dismissDev: boolean;
  /** CWEs that the policy never lets a machine dismiss. */
  isNeverDismissed(cwe: readonly number[]): boolean;
  confidenceOf(code: ReasonCode): Pick<Verdict, 'confidence' | 'confidenceLowerBound'>;
  /** The lines of manifest and lock file. */
  readonly citations: readonly Citation[];
  /** Folders of other projects that a report may mean as well; they were searched, too. */
  readonly otherProjects: readonly string[];
  readonly book: PhraseBook | null;
}

/** Projects that are named; further ones are an ellipsis. */
const MOST_NAMED = 5;

export interface JudgedDependency {
  readonly verdict: Verdict;
  readonly rootCause: string;
}

/** What each level alone says; `imported`, `unknown` and `dev_only` leave it to a person. */
const BY_LEVEL: Readonly<Record<Reached['level'], readonly [VerdictLabel, ReasonCode]>> = {
  absent: ['false_positive', 'FP.sca.absent'],
  dev_only: ['needs_review', 'REV.sca.dev-only'],
  not_imported: ['false_positive', 'FP.sca.not-imported'],
  part_not_imported: ['false_positive', 'FP.sca.part-not-imported'],
  not_called: ['false_positive', 'FP.sca.not-called'],
  unknown: ['needs_review', 'REV.sca.unknown'],
  imported: ['needs_review', 'REV.sca.symbols'],
  called: ['true_positive', 'TP.sca.called'],
};

export function judgeDependency(finding: Finding, context: JudgeDependencyContext): JudgedDependency {
  const verdict =
    finding.kind === 'licence' ? judgeLicence(finding, context) : judgeVulnerability(finding, context);
  const reasons = [...verdict.reasons, ...whoseItIs(verdict, context)];
  return { verdict: { ...verdict, reasons }, rootCause: say(rootCauseOf(finding), context.book) };
}

/** Where reports leave open which project they mean. */
function whoseItIs({ reasons }: Verdict, { otherProjects, book }: JudgeDependencyContext): readonly Reason[] {
  const [first] = reasons;
  if (first === undefined || otherProjects.length === 0) return [];
  const folders = otherProjects.map((folder) => markOutside(folder === '' ? '.' : folder, 120));
  const more = folders.length > MOST_NAMED ? ['…'] : [];
  const list = [...folders.slice(0, MOST_NAMED), ...more].join(', ');
  const text = say(
    phrase`The report does not say which project it is about. These have the package as well, and were looked at too: ${list}. Give each project a report of its own, in its folder.`,
    book,
  );
  return [{ code: first.code, text, citations: [] }];
}

/** What the policy says of a licence is no estimate. */
function judgeLicence(finding: Finding, { citations, book }: JudgeDependencyContext): Verdict {
  const text = finding.dependency?.licence?.why ?? say(phrase`the policy does not allow this licence`, book);
  const [label, code]: [VerdictLabel, ReasonCode] =
    citations.length > 0 ? ['true_positive', 'TP.licence'] : ['needs_review', 'REV.licence'];
  return {
    label,
    confidence: 1,
    confidenceLowerBound: 1,
    by: 'policy',
    reasons: [{ code, text, citations }],
  };
}

function judgeVulnerability(finding: Finding, context: JudgeDependencyContext): Verdict {
  const { reached, affected, book } = context;
  if (affected.answer === 'not_affected' && context.citations.length > 0) {
    const text = say(
      phrase`The installed version is outside of what ${markOutside(affected.by.join(', '))} calls affected.`,
      book,
    );
    return verdictOf(
      finding,
      ['false_positive', 'FP.sca.absent'],
      [{ text, citations: context.citations }],
      context,
    );
  }
  if (reached === null) {
    const text = say(
      phrase`Is the vulnerable code reached? No manifest or lock file of the repository has the package, so its use could not be searched.`,
      book,
    );
    return verdictOf(
      finding,
      ['needs_review', 'REV.sca.unknown'],
      [{ text, citations: context.citations }],
      context,
    );
  }
  const found = { text: reached.text, citations: reached.citations };
  const [doubt, ...further] = reached.doubts;
  // Why it is not known comes first: that is what a person has to look at.
  const search =
    reached.level === 'unknown' && doubt !== undefined
      ? [doubt, found, ...further]
      : [found, ...reached.doubts];
  const reasons = [...search, ...contradictions(finding, context)];
  if (reached.level === 'dev_only' && context.dismissDev && reached.citations.length > 0) {
    const verdict = verdictOf(finding, ['false_positive', 'FP.policy'], reasons, context);
    return { ...verdict, confidence: 1, confidenceLowerBound: 1, by: 'policy' };
  }
  const [label, code] = BY_LEVEL[reached.level];
  // A dismissal stands on lines and on a search without a gap.
  if (label === 'false_positive' && contradictions(finding, context).length > 0) {
    return verdictOf(finding, ['needs_review', 'REV.conflict'], reasons, context);
  }
  if (label === 'false_positive' && (reached.citations.length === 0 || reached.doubts.length > 0)) {
    return verdictOf(finding, ['needs_review', 'REV.sca.unknown'], reasons, context);
  }
  return verdictOf(finding, [label, code], reasons, context);
}

/** What was reported that does not fit a dismissal: a person has to see both. */
function contradictions(
  { dependency }: Finding,
  { affected, book }: JudgeDependencyContext,
): readonly Omit<Reason, 'code'>[] {
  const told = (dependency?.callsTold ?? []).filter(({ isCalled }) => isCalled);
  return [
    ...(affected.answer === 'disputed'
      ? [
          phrase`A report calls this version affected; ${markOutside(affected.by.join(', '))}, as it was given, does not.`,
        ]
      : []),
    ...told.map(({ tool, trace }) =>
      trace.length === 0
        ? phrase`${markOutside(tool)} says that the vulnerable code is called.`
        : phrase`${markOutside(tool)} says that the vulnerable code is called: ${markOutside(trace.join(' → '), 200)}.`,
    ),
  ].map((one) => ({ text: say(one, book), citations: [] }));
}

function verdictOf(
  finding: Finding,
  [label, code]: readonly [VerdictLabel, ReasonCode],
  reasons: readonly Omit<Reason, 'code'>[],
  context: JudgeDependencyContext,
): Verdict {
  if (label === 'false_positive' && context.isNeverDismissed(finding.cwe)) {
    const refusal = phrase`This would clear the finding, but the configuration keeps this weakness from being dismissed: a person decides.`;
    const first = { code: 'REV.never-dismiss' as const, text: say(refusal, context.book), citations: [] };
    const others = reasons.map((reason): Reason => ({ code: 'REV.never-dismiss', ...reason }));
    return {
      ...{ label: 'needs_review', ...context.confidenceOf('REV.never-dismiss'), by: 'builtin' },
      reasons: [first, ...others],
    };
  }
  return {
    ...{ label, ...context.confidenceOf(code), by: 'builtin' },
    reasons: reasons.map((reason): Reason => ({ code, ...reason })),
  };
}

/** Which package, how it came in, what is wrong with it. */
function rootCauseOf({ dependency }: Finding): Phrase {
  const { package: named, versions = [], vulnerability, paths = [], direct } = dependency ?? {};
  const what = markOutside(`${named?.name ?? ''} ${versions.join(', ')}`.trim(), 120);
  const through = (paths[0] ?? []).slice(0, -1).join(' → ');
  const how =
    direct === true
      ? phrase`${what} is a dependency of the project itself.`
      : through === ''
        ? phrase`${what} is part of what is installed.`
        : phrase`${what} is brought in by ${markOutside(through, 200)}.`;
  if (vulnerability === null || vulnerability === undefined) return how;
  const [fixed] = vulnerability.fixedIn;
  const known = phrase`It has the known vulnerability ${markOutside(vulnerability.id)}`;
  return fixed === undefined
    ? phrase`${how} ${known}, for which no mended version is known.`
    : phrase`${how} ${known}, which is mended in ${markOutside(vulnerability.fixedIn.join(', '), 120)}.`;
}
