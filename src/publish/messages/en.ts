// What Assay itself says to people, in English; the other catalogues have the same keys by type.

import type { ScopeState } from '#domain/change.ts';
import type { GateEffectKind, Outcome } from '#domain/decision.ts';
import type { Oddity } from '#domain/odd-name.ts';
import type { PatchOrigin } from '#domain/patch.ts';
import type { PolicyOrigin } from '#domain/policy.ts';
import type { Severity } from '#domain/severity.ts';
import type { ModelOpinion, ReasonCode, Verdict, VerdictLabel } from '#domain/verdict.ts';
import { leastPercentOf, percentOf } from './percent.ts';

export interface Messages {
  readonly language: 'en' | 'zh-CN';
  /** What is said of `name`. */
  readonly named: (name: string, text: string) => string;
  /** Goes behind other words. */
  readonly bracketed: (text: string) => string;
  readonly listed: (parts: readonly string[]) => string;
  readonly byAssay: (verdict: string) => string;
  readonly outcome: Readonly<Record<Outcome, string>>;
  readonly headline: (outcome: Outcome, blocking: number, onlyReports: boolean) => string;
  readonly reportMode: string;
  readonly severity: Readonly<Record<Severity, string>>;
  readonly verdict: Readonly<Record<VerdictLabel, string>>;
  readonly verdictMeaning: Readonly<Record<VerdictLabel, string>>;
  /** Of a verdict on a licence. */
  readonly licenceMeaning: Readonly<Record<VerdictLabel, string>>;
  /** Of any other verdict that the policy gives, and in place of how often such are right. */
  readonly policyMeaning: string;
  readonly noEstimate: string;
  /** Of any verdict that rests on a model's checked claims. */
  readonly modelMeaning: string;
  readonly modelPart: Readonly<Record<ModelOpinion['part'], string>>;
  /** A confidence that nobody measured. */
  readonly statedBy: (share: number) => string;
  /** Goes behind the counts of verdicts. */
  readonly byModels: (count: number) => string;
  readonly effect: Readonly<Record<GateEffectKind, string>>;
  /** In place of `effect.blocks` where the gate only reports. */
  readonly wouldBlock: string;
  readonly scopeState: Readonly<Record<ScopeState, string>>;
  readonly reasonMeaning: Readonly<Record<ReasonCode, string>>;
  readonly column: Readonly<
    Record<
      'severity' | 'verdict' | 'place' | 'story' | 'why' | 'input' | 'tools' | 'results' | 'sha256',
      string
    >
  >;
  readonly findingsFrom: (findings: number, results: number) => string;
  readonly labelled: (label: VerdictLabel, count: number) => string;
  readonly outOfScope: (count: number) => string;
  readonly setAside: (counts: { duplicates: number; notFindings: number; rejected: number }) => string;
  /** Of a verdict that decides, the share that was right; of "needs review", the share of such findings that were real. */
  readonly confidence: (share: number, lowerBound: number, decides: boolean) => string;
  /** `question` is finished Markdown. */
  /** Behind `effect.blocks`, for a model's dismissal. */
  readonly untilAgreed: string;
  readonly openQuestion: (question: string) => string;
  readonly hiddenText: string;
  /** Of a name in the code that may not be what it looks like. */
  readonly oddity: Readonly<Record<Oddity, string>>;
  /** Findings with such names. */
  readonly oddNamesIn: (findings: number) => string;
  readonly attention: (count: number) => string;
  readonly nothingMatters: string;
  readonly dismissed: (count: number) => string;
  readonly accepted: (count: number) => string;
  readonly unresolved: (count: number) => string;
  readonly rejectedResults: (count: number) => string;
  readonly notices: (count: number) => string;
  readonly inputs: (count: number) => string;
  readonly times: (count: number) => string;
  readonly moreRows: (count: number) => string;
  readonly sectionsLeftOut: string;
  readonly readFrom: (what: { head: string | null; base: string | null }) => string;
  readonly policyFrom: Readonly<Record<PolicyOrigin['source'], string>>;
  readonly judgedBy: (judge: string, model: string | null) => string;
  readonly scopeAsked: (scope: string) => string;
  readonly verdictBy: Readonly<Record<Verdict['by'], string>>;
  readonly explanation: Readonly<
    Record<
      | 'message'
      | 'confidence'
      | 'rootCause'
      | 'remediation'
      | 'patch'
      | 'reasons'
      | 'flow'
      | 'related'
      | 'tools'
      | 'scope'
      | 'suppression'
      | 'gate'
      | 'documents'
      | 'oddNames'
      | 'fingerprints'
      | 'notJudged'
      | 'unresolved'
      | 'precision'
      | 'model'
      | 'modelSays',
      string
    >
  > & {
    /** `file` beside assay.json. */
    readonly proposedBy: (tool: string, file: string, origin: PatchOrigin) => string;
    /** Why the model proposes it. */
    readonly inItsWords: (why: string) => string;
    readonly refusedPatch: (tool: string, why: string, origin: PatchOrigin) => string;
  };
}

export const en: Messages = {
  language: 'en',
  named: (name, text) => `${name}: ${text}`,
  bracketed: (text) => ` (${text})`,
  listed: (parts) => parts.join(', '),
  byAssay: (verdict) => `Assay, ${verdict}`,
  outcome: { passed: 'passed', failed: 'failed', unfinished: 'unfinished' },
  headline: (outcome, blocking, onlyReports) => {
    if (outcome === 'unfinished') return 'unfinished, so nothing is known for certain';
    if (outcome === 'passed') return 'passed, nothing blocks this change';
    if (onlyReports)
      return `failed, ${blocking === 1 ? 'one finding' : `${blocking} findings`} would block this change, but the gate only reports`;
    return `failed, ${blocking === 1 ? 'one finding blocks' : `${blocking} findings block`} this change`;
  },
  reportMode: 'The gate only reports for now: it does not fail the pipeline.',
  severity: { critical: 'critical', high: 'high', medium: 'medium', low: 'low', none: 'none' },
  verdict: {
    true_positive: 'true positive',
    false_positive: 'false positive',
    needs_review: 'needs review',
  },
  verdictMeaning: {
    true_positive: 'The code itself shows the weakness: the cited lines prove it.',
    false_positive: 'The code itself shows that the report is wrong: the cited lines prove it.',
    needs_review: 'The code alone does not decide; a person has to answer the open question.',
  },
  licenceMeaning: {
    true_positive: "The team's policy does not allow the licence; the cited lines bring the package in.",
    false_positive: "The team's policy allows the licence.",
    needs_review:
      "The team's policy does not allow the licence; no line of the repository brings the package in, so a person has to say whether it counts.",
  },
  policyMeaning: "The team's policy decides it, not the code.",
  noEstimate: 'none is needed: the policy decides, and nothing is estimated',
  modelMeaning: "It rests on a model's claims; those that it cites were checked against the code.",
  modelPart: {
    decided: 'Its checked claims decided.',
    agreed: 'It agrees with the verdict.',
    overruled: 'It was overruled: what could be checked of its claims does not allow its verdict.',
    undecided: 'It could not decide either.',
    explained: 'It was asked for words only.',
    failed: 'It could not help; the verdict stands without it.',
  },
  statedBy: (share) => `${percentOf(share)} %, as the model states it, bounded; not measured`,
  byModels: (count) => `${count} decided by a model's checked claims`,
  effect: {
    blocks: 'blocks',
    allowed: 'allowed',
    waived: 'waived',
    suppressed: 'suppressed',
    out_of_scope: 'out of scope',
  },
  wouldBlock: 'would block',
  untilAgreed: ' until a person agrees',
  scopeState: { new: 'new', changed: 'changed', existing: 'existing' },
  reasonMeaning: {
    'FP.const': 'only constants reach the call',
    'FP.sanitized': 'everything from outside is made harmless first',
    'FP.unreachable': 'the place cannot be reached',
    'FP.safe-api': 'the call is a safe form',
    'FP.wrong-class': 'this weakness cannot exist here',
    'FP.policy': 'the policy sets it aside',
    'FP.sca.absent': 'the vulnerable version is not installed',
    'FP.sca.not-imported': 'nothing imports the package',
    'FP.sca.part-not-imported': 'nothing imports the vulnerable part',
    'FP.sca.not-called': 'nothing calls what is vulnerable in it',
    'FP.model.sanitised': 'a model says it is sanitised, and the sanitizer stands there',
    'FP.model.guarded': 'a model says a check guards it, and the check stands there',
    'FP.model.constant': 'a model says the value is constant, and the constant stands there',
    'FP.model.safe-api': 'a model says the call is a safe form, and the call stands there',
    'FP.model.unreachable': 'a model says it cannot run, and the code agrees',
    'TP.misuse': 'the constant itself is the weakness',
    'TP.flow.remote': 'a remote value reaches the call',
    'TP.sca.called': 'the code uses what is vulnerable',
    'TP.licence': 'the policy does not allow the licence',
    'TP.model': 'a model says it is real, and what it cites stands there',
    'REV.sca.unknown': 'not known whether it is reached',
    'REV.sca.dev-only': 'only development brings it in',
    'REV.sca.symbols': 'the package is used; which part is vulnerable is not known',
    'REV.licence': 'the licence is for a person to judge',
    'REV.language': 'language not known',
    'REV.unresolved': 'place not found in the repository',
    'REV.parse': 'file could not be parsed',
    'REV.no-sink': 'no dangerous call found at the place',
    'REV.unknown': 'a value of unknown origin',
    'REV.param': 'a value that callers decide',
    'REV.too-large': 'too large to analyse',
    'REV.weakness': 'this weakness is not analysed',
    'REV.never-dismiss': 'the policy never dismisses this weakness',
    'REV.conflict': 'the facts contradict each other',
    'REV.model': 'a model was asked, and a person has to decide',
    'REV.error': 'the analysis failed',
  },
  column: {
    severity: 'Severity',
    verdict: 'Verdict',
    place: 'Where and what',
    story: 'Where, what and why',
    why: 'Why',
    input: 'Report',
    tools: 'Tools',
    results: 'Results',
    sha256: 'SHA-256',
  },
  findingsFrom: (findings, results) => `${plural(findings, 'finding')} from ${plural(results, 'result')}`,
  labelled: (label, count) => {
    if (label === 'needs_review') return `${count} ${count === 1 ? 'needs' : 'need'} review`;
    return plural(count, label === 'true_positive' ? 'true positive' : 'false positive');
  },
  outOfScope: (count) => `${count} outside the asked scope`,
  setAside: ({ duplicates, notFindings, rejected }) =>
    [
      duplicates > 0 ? `${plural(duplicates, 'duplicate')} merged` : '',
      notFindings > 0 ? `${plural(notFindings, 'result')} set aside as no finding` : '',
      rejected > 0 ? `${plural(rejected, 'result')} rejected` : '',
    ]
      .filter((part) => part !== '')
      .join(', '),
  confidence: (share, lowerBound, decides) =>
    lowerBound === 0
      ? 'not measured yet'
      : `${percentOf(share)} % of such ${decides ? 'verdicts were right' : 'findings were real'} when measured, at least ${leastPercentOf(lowerBound)} %`,
  openQuestion: (question) => `_Open question:_ ${question}`,
  hiddenText: 'holds invisible characters, look closely',
  oddity: {
    mixed_scripts: 'mixes letters of several scripts',
    look_alike: 'looks like another name of the file',
    direction: 'turns the direction of the text',
    invisible: 'holds characters that nobody sees',
  },
  oddNamesIn: (findings) =>
    `names that may deceive a reader in ${plural(findings, 'finding')} (a note, it decided nothing)`,
  attention: (count) => `What needs attention (${count})`,
  nothingMatters: 'Nothing needs attention.',
  dismissed: (count) => `${count} dismissed as false ${count === 1 ? 'positive' : 'positives'}, and why`,
  accepted: (count) => `${count} waived or suppressed, and why`,
  unresolved: (count) => `${plural(count, 'path')} not found in the repository`,
  rejectedResults: (count) => `${plural(count, 'result')} rejected`,
  notices: (count) => `Please note (${count})`,
  inputs: (count) => `${plural(count, 'report')} read`,
  times: (count) => plural(count, 'finding'),
  moreRows: (count) =>
    `${count} more ${count === 1 ? 'row is' : 'rows are'} not shown here; all are in assay.json.`,
  sectionsLeftOut: 'Some sections are left out for length; everything is in assay.json.',
  readFrom: ({ head, base }) =>
    `sources ${head === null ? 'from the working tree' : `at head ${head}`}, ${base === null ? 'no base' : `base ${base}`}`,
  policyFrom: {
    defaults: 'policy',
    base: 'policy from the base',
    commit: 'policy from the commit',
    file: 'policy from a file given by the operator',
    working_tree: 'policy from the working tree',
  },
  judgedBy: (judge, model) => `judge ${judge}, ${model === null ? 'no model' : `model ${model}`}`,
  scopeAsked: (scope) => `scope ${scope}`,
  verdictBy: { builtin: 'builtin', model: 'model', policy: 'policy', human: 'human' },
  explanation: {
    message: 'Reported',
    confidence: 'Confidence',
    rootCause: 'Root cause',
    remediation: 'How to fix',
    patch: 'Patch',
    proposedBy: (tool, file, origin) =>
      origin === 'upgrade'
        ? `proposed and proved by Assay: git apply ${file}`
        : `proposed by ${origin === 'model' ? 'the model ' : ''}${tool}, proved by Assay: git apply ${file}`,
    inItsWords: (why) => `in its words: ${why}`,
    refusedPatch: (tool, why, origin) =>
      `the ${origin === 'model' ? 'patch of the model' : 'fix of'} ${tool} was refused: ${why}`,
    reasons: 'Reasons',
    flow: 'Data flow',
    related: 'Related places',
    tools: 'Tools',
    scope: 'Scope',
    suppression: 'Suppression',
    gate: 'Gate',
    documents: 'Documents',
    oddNames: 'Look closely',
    fingerprints: 'Fingerprints',
    notJudged: 'Not judged: outside the asked scope.',
    unresolved: 'The place was not found',
    precision: 'precision',
    model: 'Model',
    modelSays: 'says',
  },
};

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
