// What a finding's verdict allows to be said in a VEX document: the status, and a justification that is never stronger than the evidence.
import type { DependencyRecord, VulnerabilityRecord } from '#domain/dependency.ts';
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import type { ReasonCode } from '#domain/verdict.ts';
import type { VexJustification, VexStatement, VexStatus } from '#domain/vex.ts';
import { shorten } from '#support/shorten.ts';
import { type VexWords, vexWordsOf } from './vex-words.ts';

/** A finding about a known vulnerability of a package. */
export interface VulnerableFinding extends FindingRecord {
  readonly dependency: DependencyRecord & { readonly vulnerability: VulnerabilityRecord };
}

export interface VexPosition {
  readonly finding: VulnerableFinding;
  readonly status: VexStatus;
  /** Set only for `not_affected`; null also there when whoever decided gave none. */
  readonly justification: VexJustification | null;
  /** Why, or what to do; plain text on one line, never empty. */
  readonly text: string;
  /** Set when somebody else decided it, as he said it. */
  readonly decided: (VexStatement & { readonly source: string }) | null;
}

const LONGEST_TEXT = 4_000;

/** Reason → the justification that it carries (docs/vex.md has the table and why). */
const JUSTIFICATIONS: Readonly<Partial<Record<ReasonCode, VexJustification>>> = {
  'FP.sca.part-not-imported': 'vulnerable_code_not_in_execute_path',
  'FP.sca.not-called': 'vulnerable_code_not_in_execute_path',
};

/**
 * The positions on all findings of kind `sca`, ordered by vulnerability, package, project and id. Where projects of one repository differ on
 * the same vulnerability of the same package, none is cleared: readers of VEX (the next run among them) go by package, not by folder.
 * @param author of the document that is written: what he said earlier is no decision of somebody else
 */
export function vexPositions(document: ResultDocument, author: string): readonly VexPosition[] {
  const words = vexWordsOf(document.run.language);
  const taken = document.findings
    .filter(isVulnerable)
    .map((finding) => positionOn(finding, author, words))
    .sort((a, b) => compareText(keyOf(a), keyOf(b)));
  const open = new Set(taken.filter(({ status }) => !isClearing(status)).map(subjectOf));
  return taken.map((position) =>
    isClearing(position.status) && open.has(subjectOf(position))
      ? { ...position, ...undecided(words.otherProject(position.text)) }
      : position,
  );
}

function isVulnerable(finding: FindingRecord): finding is VulnerableFinding {
  return finding.kind === 'sca' && finding.dependency?.vulnerability != null;
}

function isClearing(status: VexStatus): boolean {
  return status === 'not_affected' || status === 'fixed';
}

function positionOn(finding: VulnerableFinding, author: string, words: VexWords): VexPosition {
  const passedOn = decisionOf(finding, author, words);
  if (passedOn !== null) return passedOn;
  const { verdict } = finding;
  const [reason] = verdict?.reasons ?? [];
  if (verdict === null || reason === undefined) return { finding, ...undecided(words.notJudged) };
  const text = textOf(reason.text, words.notJudged);
  if (verdict.label === 'true_positive') return { finding, ...affected(finding, words) };
  const justification = verdict.label === 'false_positive' ? justificationOf(finding, reason.code) : null;
  // What code alone does not clear, a person has to: a policy, a search that ends at imports, a model.
  if (justification === null || verdict.by !== 'builtin') return { finding, ...undecided(text) };
  return { finding, status: 'not_affected', justification, text, decided: null };
}

/** Null where the evidence is no ground for a statement that others rely on: a dismissal without lines, or one that the record contradicts. */
function justificationOf(
  { verdict, dependency }: VulnerableFinding,
  code: ReasonCode,
): VexJustification | null {
  const { versions, reachability } = dependency;
  const reasons = verdict?.reasons ?? [];
  if (reasons.some((reason) => reason.code !== code || reason.citations.length === 0)) return null;
  if (code === 'FP.sca.absent') {
    // A version that is outside of the range is there, and so is the component.
    return versions.length === 0 && reachability?.level === 'absent'
      ? 'component_not_present'
      : 'vulnerable_code_not_present';
  }
  const levels = ['part_not_imported', 'not_called'] as const;
  return levels.some((level) => level === reachability?.level) ? (JUSTIFICATIONS[code] ?? null) : null;
}

function affected(
  { dependency, remediation }: VulnerableFinding,
  words: VexWords,
): Omit<VexPosition, 'finding'> {
  const { upgrade } = dependency;
  const command = upgrade?.command == null ? '' : ` ${words.command(upgrade.command)}`;
  const text = textOf(`${upgrade?.text ?? remediation ?? words.noFix}${command}`, words.noFix);
  return { status: 'affected', justification: null, text, decided: null };
}

function undecided(text: string): Omit<VexPosition, 'finding'> {
  return { status: 'under_investigation', justification: null, text, decided: null };
}

/** What a person decided and the run honoured is passed on as it was; what this author said in an earlier run is looked at anew. */
function decisionOf(finding: VulnerableFinding, author: string, words: VexWords): VexPosition | null {
  const ruling = finding.dependency.decision;
  if (ruling?.honoured !== true || !isClearing(ruling.statement.status)) return null;
  const { statement, source } = ruling;
  if (statement.author === author || statement.author === OWN_NAME) return null;
  const { status, justification } = statement;
  return {
    finding,
    status,
    justification: status === 'not_affected' ? justification : null,
    text: textOf(statement.statement ?? '', words.noReason),
    decided: { ...statement, source },
  };
}

/** What documents of ours are called that have no other author. */
export const OWN_NAME = 'Assay';

function textOf(text: string, otherwise: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  return line === '' ? otherwise : shorten(line, LONGEST_TEXT);
}

function subjectOf({ finding: { dependency } }: VexPosition): string {
  const { ecosystem, name } = dependency.package;
  return JSON.stringify([dependency.vulnerability.id, ecosystem, name]);
}

function keyOf(position: VexPosition): string {
  return JSON.stringify([subjectOf(position), position.finding.dependency.project, position.finding.id]);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
