// What a comment about one finding says, in English; the other catalogues have the same keys by type. Finished Markdown, all of it inert.
import type { PatchOrigin } from '#domain/patch.ts';
import type { Severity } from '#domain/severity.ts';
import type { ModelOpinion, ReasonCode, VerdictLabel } from '#domain/verdict.ts';
import type { ClaimCounts } from '../model-part.ts';
import { leastPercentOf, percentOf } from './percent.ts';

export interface CommentMessages {
  /** The first word of a comment. */
  readonly verdict: Readonly<Record<VerdictLabel, string>>;
  readonly severity: Readonly<Record<Severity, string>>;
  /** A weakness by its name and number. */
  readonly weakness: (name: string, cwe: number) => string;
  /** `share` and `lowerBound` 0–1; of a verdict that does not decide, the share of such findings that were real. */
  readonly measured: (share: number, lowerBound: number, decides: boolean) => string;
  readonly notMeasured: string;
  /** For a verdict that is no estimate. */
  readonly byPolicy: string;
  /** For a finding about a package. */
  readonly byPackagePolicy: Readonly<Record<'sca' | 'licence', string>>;
  readonly byPerson: string;
  /** `model` is finished Markdown; `share` as the model states it, bounded. */
  readonly byModel: (said: ClaimCounts & { readonly model: string; readonly share: number }) => string;
  readonly blocks: string;
  /** Behind it, for a model's dismissal. */
  readonly untilAgreed: string;
  /** Where the gate only reports. */
  readonly wouldBlock: string;
  readonly hiddenText: string;
  /** `since` is a link to the commit at which it is reported again; `was` null when it was closed for a reason of the policy's. */
  readonly back: (
    since: string,
    was: { readonly why: 'fixed' | 'gone'; readonly commit: string } | null,
  ) => string;
  /** `place` is a link; `why` ends the sentence, null when it is not known. */
  readonly about: (place: string, why: string | null) => string;
  /** For a thread whose line is gone. */
  readonly nowAt: (place: string) => string;
  readonly aboutFile: string;
  readonly notFound: (place: string) => string;
  readonly toAnswer: string;
  /** What is asked when the reason itself is no question; null where it says all. */
  readonly question: Readonly<Partial<Record<ReasonCode, string>>>;
  readonly howToFix: string;
  readonly ifReal: string;
  /** Finished links to documents of the team, one or two. */
  readonly documents: (links: readonly string[]) => string;
  /** `tool` is finished Markdown; null where it has no name. Ends so that `checked` can follow. */
  readonly proposedBy: (tool: string | null, origin: PatchOrigin) => string;
  /** What was seen of a change that was applied; what was not is said too. */
  readonly checked: (seen: { readonly parses: boolean; readonly gone: boolean }) => string;
  /** The same of a manifest whose version of one package was raised. */
  readonly checkedUpgrade: string;
  /** What nobody looked at; follows `checked`, '' for nothing. */
  readonly notRun: (skipped: { readonly builds: boolean; readonly tests: boolean }) => string;
  readonly foldTitle: string;
  readonly reportedBy: (tools: string) => string;
  readonly andMore: (count: number) => string;
  readonly inItsWords: (message: string) => string;
  /** `names` are finished Markdown. */
  readonly oddNames: (names: string) => string;
  readonly gate: (effect: string, why: string) => string;
  readonly finding: (id: string, fingerprint: string | null, weaknesses: string) => string;
  /** `model`, `prompt` and `failure` are finished Markdown. */
  readonly modelPart: (
    said: ClaimCounts & {
      readonly model: string;
      readonly prompt: string;
      readonly part: ModelOpinion['part'];
      readonly label: string | null;
      readonly failure: string | null;
    },
  ) => string;
  readonly howToAnswer: string;
  readonly explain: (command: string) => string;
  readonly resolve: string;
  readonly waive: string;
  /** In place of it, where a model's dismissal waits for a person. */
  readonly agree: string;
  /** Stand in the waiver until somebody fills them in; `agreed` is the reason of one that agrees. */
  readonly waiver: { readonly reason: string; readonly agreed: string; readonly owner: string };
  readonly closed: {
    readonly fixed: (commit: string) => string;
    readonly gone: (commit: string) => string;
    readonly waived: (why: string | null) => string;
    readonly dismissed: (why: string | null) => string;
    readonly outOfChange: string;
    readonly listed: string;
    /** The text of a link. */
    readonly moved: string;
    readonly saidBefore: string;
  };
  readonly opening: (count: number) => string;
  /** Stands in a review whose comments were second copies; `link` makes a link to the first one of the words it is given. */
  readonly repeated: (link: (words: string) => string) => string;
}

export const commentEn: CommentMessages = {
  verdict: { true_positive: 'Real', needs_review: 'Needs review', false_positive: 'False positive' },
  severity: { critical: 'critical', high: 'high', medium: 'medium', low: 'low', none: 'no severity' },
  weakness: (name, cwe) => `${name} (CWE-${cwe})`,
  measured: (share, lowerBound, decides) =>
    `${percentOf(share)} % of such ${decides ? 'verdicts were right' : 'findings were real'} when measured, at least ${leastPercentOf(lowerBound)} %`,
  notMeasured: 'how often this is right was not measured yet',
  byPolicy: "the team's policy lists this path",
  byPackagePolicy: {
    sca: "the team's policy leaves out what only development brings in",
    licence: "the team's policy decides on licences",
  },
  byPerson: 'a person decided',
  byModel: ({ model, share, claims, confirmed }) =>
    `says the model ${model} (${confirmed} of ${claims} claims checked), ${percentOf(share)} % sure`,
  blocks: '⛔ blocks this change',
  untilAgreed: ' until a person agrees',
  wouldBlock: '⛔ would block this change; the gate only reports for now',
  hiddenText: '⚠️ holds invisible characters, look closely',
  back: (since, was) => {
    const before = { fixed: 'it was fixed in', gone: 'it was not reported at' };
    return `↩️ **Back since ${since}**${was === null ? '' : `: ${before[was.why]} ${was.commit}`}.`;
  },
  about: (place, why) => `About ${place}${why === null ? '' : `: ${why}`}.`,
  nowAt: (place) => `The line of this comment is gone; the code is at ${place} now.`,
  aboutFile: 'About the file as a whole.',
  notFound: (place) => `The report names ${place}, which is not in the repository.`,
  toAnswer: '**Please answer:**',
  question: {
    'REV.language': 'Is this code vulnerable?',
    'REV.unresolved': 'Which code is meant?',
    'REV.parse': 'Is this code vulnerable?',
    'REV.no-sink': 'Which call is meant, and is it a dangerous one?',
    'REV.unknown': 'Can someone from outside choose what arrives here?',
    'REV.param': 'Can a caller pass on what someone from outside chose?',
    'REV.too-large': 'Is this code vulnerable?',
    'REV.weakness': 'Is this code vulnerable?',
    'REV.never-dismiss': 'Do you agree that this is no weakness?',
    'REV.conflict': 'Which of the two holds?',
    'REV.sca.unknown': 'Is the vulnerable code reached?',
    'REV.sca.dev-only': 'Does anything that runs in production use it?',
    'REV.sca.symbols': 'Does this project use what is vulnerable in it?',
    'REV.licence': 'May this licence be used here?',
    'REV.model': 'Is this code vulnerable?',
    'REV.error': 'Is this code vulnerable?',
  },
  howToFix: '**How to fix:**',
  ifReal: '**If it is real:**',
  documents: (links) => `From your documents: ${links.join(', ')}`,
  proposedBy: (tool, origin) => {
    if (origin === 'upgrade') return '**Proposed by Assay.** ';
    return origin === 'model'
      ? `**Proposed by the model${tool === null ? '' : ` ${tool}`}.** `
      : `**Proposed by ${tool ?? 'the scanner'}.** `;
  },
  checkedUpgrade:
    'It was applied, and the manifest, read again, asks for another version of this package and for nothing else new. The lock file is not written again.',
  checked: ({ parses, gone }) => {
    if (parses && gone) return 'It was applied, the file parses, and what proved the weakness is gone.';
    if (parses) return 'It was applied, and the file parses; whether the weakness is gone was not checked.';
    return gone
      ? 'It was applied, and what proved the weakness is gone; its syntax was not checked.'
      : 'It was applied; its syntax was not checked, nor was whether the weakness is gone.';
  },
  notRun: ({ builds, tests }) => {
    if (builds && tests) return ' Not built, not tested.';
    if (builds) return ' Not built.';
    return tests ? ' Not tested.' : '';
  },
  foldTitle: 'Where this comes from, and how to answer',
  reportedBy: (tools) => `Reported by ${tools}`,
  andMore: (count) => `${count} more`,
  inItsWords: (message) => `In the words of the scanner: ${message}`,
  oddNames: (names) =>
    `Look closely, this may not be what it looks like (a note, it decides nothing): ${names}`,
  gate: (effect, why) => `The gate: ${effect}. ${why}`,
  finding: (id, fingerprint, weaknesses) =>
    [`Finding ${id}`, weaknesses, fingerprint === null ? '' : `fingerprint ${fingerprint}`]
      .filter((part) => part !== '')
      .join(', '),
  modelPart: ({ model, prompt, part, label, claims, confirmed, failure }) => {
    const asked = `The model ${model} (prompt ${prompt})`;
    if (failure !== null) return `${asked} could not help: ${failure}`;
    const did = {
      decided: 'decided',
      agreed: 'agreed',
      overruled: 'was overruled',
      undecided: 'could not decide',
      explained: 'was asked for words only',
      failed: 'could not help',
    }[part];
    const says = label === null ? '' : `, it says: ${label}`;
    return `${asked} ${did}${says}; claims: ${confirmed} ✓, ${claims - confirmed} ✗`;
  },
  howToAnswer: '**How to answer**',
  explain: (command) =>
    `To see all that is known: ${command}, in the folder that holds the result of the run`,
  resolve: 'To set it aside: resolve this thread, and it stays resolved; the gate keeps its answer',
  waive:
    'To accept it for a time, in the gate too: add this to `assay.yml` on the base branch (a new file starts with `version: 1`)',
  agree:
    'To agree that it is a false positive, so that it blocks no longer: add this waiver to `assay.yml` on the base branch (a new file starts with `version: 1`); the gate lets it pass from the next run on',
  waiver: {
    reason: 'why it may stay',
    agreed: 'agreed that this is a false positive, because …',
    owner: 'who answers for it',
  },
  closed: {
    fixed: (commit) => `✅ **Fixed in ${commit}**`,
    gone: (commit) => `✅ **No longer reported at ${commit}**`,
    waived: (why) => `☑️ **Accepted for now**${why === null ? '' : `: ${why}`}`,
    dismissed: (why) => `☑️ **Dismissed as a false positive**${why === null ? '' : `: ${why}`}`,
    outOfChange: '☑️ **No longer part of this change**',
    listed: '☑️ **Now listed in the summary only**',
    moved: '➡️ **Moved to another line**',
    saidBefore: 'What was said before',
  },
  opening: (count) =>
    count === 1
      ? 'One place in this change needs your attention; the comment says why, and how to fix it.'
      : `${count} places in this change need your attention; each comment says why, and how to fix it.`,
  repeated: (link) => `Two runs said the same at the same time; it stands in ${link('the earlier review')}.`,
};
